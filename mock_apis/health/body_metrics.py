"""Published estimates of body composition and energy need of adults; no medical advice."""

import math
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.health.measures import AdultAge, DailyEnergy, DailyEnergyValue, Height, Pulse, Sex, Weight, WeightValue

body_metrics = Domain(
    "body_metrics", category="health", description="Body composition, energy need and heart rate of adults by formula."
)

FatPercent = Annotated[float, Field(ge=2, le=70), Entity("body.fat_percent")]
FatPercentValue = Annotated[float, Entity("body.fat_percent")]
RestingEnergy = Annotated[float, Field(ge=300, le=6000), Entity("energy.resting_kcal_per_day")]
RestingEnergyValue = Annotated[float, Entity("energy.resting_kcal_per_day")]
MaxPulse = Annotated[int, Field(ge=100, le=230), Entity("person.max_heart_rate_bpm")]
MaxPulseValue = Annotated[int, Entity("person.max_heart_rate_bpm")]
Girth = Annotated[float, Field(ge=20, le=250)]
Percent = Annotated[int, Field(ge=5, le=80)]
Activity = Literal["sedentary", "light", "moderate", "active", "very_active"]
BmiClass = Literal["underweight", "normal", "overweight", "obese class 1", "obese class 2", "obese class 3"]

ACTIVITY_FACTORS: dict[Activity, float] = {
    "sedentary": 1.2, "light": 1.375, "moderate": 1.55, "active": 1.725, "very_active": 1.9,
}  # fmt: skip
BMI_CLASSES: tuple[tuple[float, BmiClass], ...] = (
    (18.5, "underweight"), (25, "normal"), (30, "overweight"), (35, "obese class 1"), (40, "obese class 2"),
)  # fmt: skip
"""WHO classes for adults, each with the value it ends below."""


class Bmi(Record):
    bmi: float
    who_class: BmiClass


class HealthyWeight(Record):
    from_kg: WeightValue
    to_kg: WeightValue
    """At a body mass index of 25."""


class RestingRate(Record):
    resting_kcal_per_day: RestingEnergyValue


class DailyNeed(Record):
    kcal_per_day: DailyEnergyValue
    activity_factor: float


class Macros(Record):
    protein_g: float
    fat_g: float
    carbs_g: float


class BodyFat(Record):
    fat_percent: FatPercentValue


class LeanMass(Record):
    lean_kg: float
    fat_kg: float
    resting_kcal_per_day: RestingEnergyValue
    """By Katch and McArdle: 370 + 21.6 a kilogram of lean mass."""


class SurfaceArea(Record):
    mosteller_m2: float
    du_bois_m2: float


class WaistRatios(Record):
    waist_to_height: float
    waist_to_hip: float | None


class MaxHeartRate(Record):
    tanaka_bpm: MaxPulseValue
    """208 minus 0.7 a year"""
    fox_bpm: int
    """220 minus the age"""


class Zone(Record):
    zone: int
    low_bpm: int
    high_bpm: int


class Zones(Record):
    zones: list[Zone]


@body_metrics.tool(example={"weight_kg": 70.0, "height_cm": 175.0}, kind="computation")
def bmi(w: World, weight_kg: Weight, height_cm: Height) -> Bmi:
    """Work out the body mass index of an adult with its WHO class.

    weight_kg: Body weight in kilograms, 25 to 350.
    height_cm: Standing height in centimetres, 100 to 240.
    """
    value = weight_kg / (height_cm / 100) ** 2
    found = next((name for limit, name in BMI_CLASSES if value < limit), "obese class 3")
    return Bmi.model_validate({"bmi": round(value, 1), "who_class": found})


@body_metrics.tool(example={"height_cm": 180.0}, kind="computation")
def healthy_weight(w: World, height_cm: Height) -> HealthyWeight:
    """Give the weights of an adult whose body mass index is 18.5 to 25.

    height_cm: Standing height in centimetres, 100 to 240.
    """
    square = (height_cm / 100) ** 2
    return HealthyWeight(from_kg=round(18.5 * square, 1), to_kg=round(25 * square, 1))


@body_metrics.tool(example={"weight_kg": 70.0, "height_cm": 175.0, "age_years": 30, "sex": "male"}, kind="computation")
def resting_energy(w: World, weight_kg: Weight, height_cm: Height, age_years: AdultAge, sex: Sex) -> RestingRate:
    """Estimate the energy burnt at rest by the Mifflin-St Jeor formula.

    weight_kg: Body weight in kilograms, 25 to 350.
    height_cm: Standing height in centimetres, 100 to 240.
    age_years: Age in completed years, 18 to 110.
    sex: Sex that the formula is for.
    """
    kcal = 10 * weight_kg + 6.25 * height_cm - 5 * age_years + (5 if sex == "male" else -161)
    if kcal < 300:
        raise InvalidArgument(f"weight_kg {weight_kg} is outside what the formula was made for ({kcal:.0f} kcal)")
    return RestingRate(resting_kcal_per_day=round(kcal, 1))


@body_metrics.tool(
    example={"resting_kcal_per_day": "@body_metrics_resting_energy.resting_kcal_per_day", "activity": "moderate"},
    kind="computation",
)
def daily_energy(w: World, resting_kcal_per_day: RestingEnergy, activity: Activity) -> DailyNeed:
    """Estimate total energy a day from energy at rest and an activity level.

    resting_kcal_per_day: Energy at rest in kcal a day, as given by body_metrics_resting_energy.
    activity: From sedentary (factor 1.2) to very_active (factor 1.9).
    """
    factor = ACTIVITY_FACTORS[activity]
    return DailyNeed(kcal_per_day=round(resting_kcal_per_day * factor, 1), activity_factor=factor)


@body_metrics.tool(
    example={"kcal_per_day": "@body_metrics_daily_energy.kcal_per_day", "protein_percent": 25, "fat_percent": 30},
    errors=[FailedPrecondition],
    kind="computation",
)
def macro_split(w: World, kcal_per_day: DailyEnergy, protein_percent: Percent, fat_percent: Percent) -> Macros:
    """Turn daily energy into grams of protein, fat and carbohydrate.

    kcal_per_day: Energy a day in kcal, 500 to 10000.
    protein_percent: Share of the energy from protein (4 kcal a gram), 5 to 80.
    fat_percent: Share of the energy from fat (9 kcal a gram), 5 to 80; the rest is carbohydrate.
    """
    rest = 100 - protein_percent - fat_percent
    if rest < 0:
        raise FailedPrecondition(f"protein_percent {protein_percent} and fat_percent {fat_percent} exceed 100")
    shares = {"protein_g": (protein_percent, 4), "fat_g": (fat_percent, 9), "carbs_g": (rest, 4)}
    return Macros(**{name: round(kcal_per_day * part / 100 / per_g, 1) for name, (part, per_g) in shares.items()})


@body_metrics.tool(
    example={"sex": "male", "height_cm": 178.0, "neck_cm": 38.0, "waist_cm": 86.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def body_fat(
    w: World, sex: Sex, height_cm: Height, neck_cm: Girth, waist_cm: Girth, hip_cm: Girth | None = None
) -> BodyFat:
    """Estimate the body fat percentage from girths by the US Navy method.

    sex: Sex that the formula is for.
    height_cm: Standing height in centimetres, 100 to 240.
    neck_cm: Girth of the neck in centimetres.
    waist_cm: Girth of the waist in centimetres.
    hip_cm: Girth of the hips in centimetres; needed for women, not used for men.
    """
    if sex == "female" and hip_cm is None:
        raise FailedPrecondition("hip_cm is needed for sex 'female'")
    girth = waist_cm - neck_cm + (hip_cm or 0 if sex == "female" else 0)
    if girth < 1:
        raise FailedPrecondition(f"waist_cm {waist_cm} is too small for neck_cm {neck_cm}")
    tall = math.log10(height_cm)
    if sex == "male":
        density = 1.0324 - 0.19077 * math.log10(girth) + 0.15456 * tall
    else:
        density = 1.29579 - 0.35004 * math.log10(girth) + 0.22100 * tall
    percent = 495 / density - 450
    if not 2 <= percent <= 70:
        raise FailedPrecondition(f"waist_cm {waist_cm}, neck_cm {neck_cm}: the formula gives no plausible share")
    return BodyFat(fat_percent=round(percent, 1))


@body_metrics.tool(example={"weight_kg": 80.0, "fat_percent": "@body_metrics_body_fat.fat_percent"}, kind="computation")
def lean_mass(w: World, weight_kg: Weight, fat_percent: FatPercent) -> LeanMass:
    """Split body weight into fat and lean mass, with energy burnt at rest.

    weight_kg: Body weight in kilograms, 25 to 350.
    fat_percent: Body fat in percent of the weight, 2 to 70, as given by body_metrics_body_fat.
    """
    fat = weight_kg * fat_percent / 100
    resting = 370 + 21.6 * (weight_kg - fat)
    return LeanMass(lean_kg=round(weight_kg - fat, 2), fat_kg=round(fat, 2), resting_kcal_per_day=round(resting, 1))


@body_metrics.tool(example={"weight_kg": 70.0, "height_cm": 175.0}, kind="computation")
def surface_area(w: World, weight_kg: Weight, height_cm: Height) -> SurfaceArea:
    """Estimate the body surface area by Mosteller's and by Du Bois' formula.

    weight_kg: Body weight in kilograms, 25 to 350.
    height_cm: Standing height in centimetres, 100 to 240.
    """
    mosteller = math.sqrt(height_cm * weight_kg / 3600)
    du_bois = 0.007184 * weight_kg**0.425 * height_cm**0.725
    return SurfaceArea(mosteller_m2=round(mosteller, 3), du_bois_m2=round(du_bois, 3))


@body_metrics.tool(example={"waist_cm": 80.0, "height_cm": 175.0, "hip_cm": 100.0}, kind="computation")
def waist_ratios(w: World, waist_cm: Girth, height_cm: Height, hip_cm: Girth | None = None) -> WaistRatios:
    """Compare the girth of the waist with height and, if given, with the hips.

    waist_cm: Girth of the waist in centimetres.
    height_cm: Standing height in centimetres, 100 to 240.
    hip_cm: Girth of the hips in centimetres; no ratio to them if left out.
    """
    to_hip = None if hip_cm is None else round(waist_cm / hip_cm, 3)
    return WaistRatios(waist_to_height=round(waist_cm / height_cm, 3), waist_to_hip=to_hip)


@body_metrics.tool(example={"age_years": 40}, kind="computation")
def max_heart_rate(w: World, age_years: AdultAge) -> MaxHeartRate:
    """Estimate the highest heart rate of an adult from the age.

    age_years: Age in completed years, 18 to 110.
    """
    return MaxHeartRate(tanaka_bpm=round(208 - 0.7 * age_years), fox_bpm=220 - age_years)


@body_metrics.tool(
    example={"max_bpm": "@body_metrics_max_heart_rate.tanaka_bpm", "resting_bpm": 60},
    errors=[FailedPrecondition],
    kind="computation",
)
def heart_zones(w: World, max_bpm: MaxPulse, resting_bpm: Pulse) -> Zones:
    """Give five training zones at 50 to 100 % of the heart rate reserve (Karvonen).

    max_bpm: Highest heart rate in beats a minute, as given by body_metrics_max_heart_rate.
    resting_bpm: Heart rate at rest in beats a minute.
    """
    reserve = max_bpm - resting_bpm
    if reserve < 20:
        raise FailedPrecondition(f"resting_bpm {resting_bpm} is too close to max_bpm {max_bpm}")
    edges = [math.floor(resting_bpm + reserve * percent / 100 + 0.5) for percent in (50, 60, 70, 80, 90, 100)]
    pairs = enumerate(pairwise(edges), start=1)
    return Zones(zones=[Zone(zone=number, low_bpm=low, high_bpm=high) for number, (low, high) in pairs])
