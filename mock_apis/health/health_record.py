"""What a fictional health record holds of the persona: vital signs and blood values at the last check-up."""

from datetime import timedelta

from mock_apis.core import Domain, Draw, Record, Table, World
from mock_apis.core.entities import IsoDate, PersonName
from mock_apis.core.persona import persona
from mock_apis.health.clinical_records import QtValue
from mock_apis.health.measures import (
    AgeValue,
    AlbuminValue,
    BicarbonateValue,
    BilirubinValue,
    CalciumValue,
    ChlorideValue,
    CholesterolValue,
    CreatinineValue,
    DiastolicValue,
    Hba1cValue,
    HdlValue,
    HeightValue,
    InrValue,
    PulseValue,
    Sex,
    SodiumValue,
    SystolicValue,
    TriglyceridesValue,
    WeightValue,
)

health_record = Domain(
    "health_record", category="health", description="Fictional health record: the user's vital signs and blood values."
)


class Vitals(Record):
    name: PersonName
    sex: Sex
    age_years: AgeValue
    measured: IsoDate
    height_cm: HeightValue
    weight_kg: WeightValue
    resting_heart_rate_bpm: PulseValue
    systolic_mmhg: SystolicValue
    diastolic_mmhg: DiastolicValue
    qt_ms: QtValue


class Labs(Record):
    taken: IsoDate
    creatinine_mg_dl: CreatinineValue
    sodium_mmol_l: SodiumValue
    chloride_mmol_l: ChlorideValue
    bicarbonate_mmol_l: BicarbonateValue
    calcium_mg_dl: CalciumValue
    albumin_g_dl: AlbuminValue
    bilirubin_mg_dl: BilirubinValue
    inr: InrValue
    hba1c_percent: Hba1cValue
    total_cholesterol_mg_dl: CholesterolValue
    hdl_mg_dl: HdlValue
    triglycerides_mg_dl: TriglyceridesValue


def last_visit(w: World, draw: Draw) -> str:
    """A day of the last half year."""
    return (w.today - timedelta(days=draw.between(5, 180))).isoformat()


def seed_vitals(w: World) -> list[Vitals]:
    """The one row of the user's vital signs."""
    draw = w.draw("health_record.vitals")
    height = draw.between(158, 192)
    diastolic = draw.between(66, 92)
    row = Vitals(
        name=persona(w).name,
        sex=draw.pick(("female", "male")),
        age_years=draw.between(24, 71),
        measured=last_visit(w, draw),
        height_cm=height,
        weight_kg=round(draw.between(200, 310) / 10 * (height / 100) ** 2, 1),
        resting_heart_rate_bpm=draw.between(54, 82),
        systolic_mmhg=diastolic + draw.between(34, 56),
        diastolic_mmhg=diastolic,
        qt_ms=draw.between(360, 420),
    )
    return [row]


def seed_labs(w: World) -> list[Labs]:
    """The one row of the user's blood values."""
    draw = w.draw("health_record.labs")
    row = Labs(
        taken=last_visit(w, draw),
        creatinine_mg_dl=draw.between(6, 16) / 10,
        sodium_mmol_l=draw.between(134, 145),
        chloride_mmol_l=draw.between(98, 107),
        bicarbonate_mmol_l=draw.between(21, 28),
        calcium_mg_dl=draw.between(84, 103) / 10,
        albumin_g_dl=draw.between(34, 49) / 10,
        bilirubin_mg_dl=draw.between(3, 15) / 10,
        inr=draw.between(9, 12) / 10,
        hba1c_percent=draw.between(48, 69) / 10,
        total_cholesterol_mg_dl=draw.between(160, 250),
        hdl_mg_dl=draw.between(36, 72),
        triglycerides_mg_dl=draw.between(70, 240),
    )
    return [row]


VITALS = Table("health_record_vitals", key="measured", seed_rows=seed_vitals)
LABS = Table("health_record_labs", key="taken", seed_rows=seed_labs)


@health_record.tool(example={}, kind="generated")
def vitals(w: World) -> Vitals:
    """Show the user's age, height, weight, pulse, blood pressure and QT interval."""
    return VITALS.all(w)[0]


@health_record.tool(example={}, kind="generated")
def blood_values(w: World) -> Labs:
    """Show the user's latest blood values: kidney, liver, salts, HbA1c and lipids."""
    return LABS.all(w)[0]
