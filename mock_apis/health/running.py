"""Pace, race prediction and training speeds of runners by published formulas."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition

running = Domain("running", category="health", description="Pace, splits, race prediction and treadmill by formula.")

DistanceValue = Annotated[float, Entity("run.distance_km")]
Distance = Annotated[float, Field(ge=0.1, le=500), Entity("run.distance_km")]
MinutesValue = Annotated[float, Entity("run.minutes")]
Minutes = Annotated[float, Field(ge=0.2, le=10000), Entity("run.minutes")]
Pace = Annotated[str, Field(pattern=r"^[0-9]{1,2}:[0-5][0-9]$"), Entity("run.pace_per_km")]
"""Minutes and seconds a kilometre: 5:30."""
VdotValue = Annotated[float, Entity("run.vdot")]
Vdot = Annotated[float, Field(ge=15, le=90), Entity("run.vdot")]
SpeedValue = Annotated[float, Entity("run.speed_kmh")]
Speed = Annotated[float, Field(ge=1, le=40), Entity("run.speed_kmh")]

INTENSITIES = {"easy": (59, 74), "marathon": (75, 84), "threshold": (83, 88), "interval": (95, 100)}
"""Percent of VO2max, as in Daniels' Running Formula."""


class PaceFacts(Record):
    pace: Pace
    speed_kmh: SpeedValue
    mile_pace: Annotated[str, Field(pattern=r"^[0-9]{1,3}:[0-5][0-9]$")]


class Finish(Record):
    minutes: MinutesValue
    clock: str
    """h:mm:ss"""


class Fitness(Record):
    vdot: VdotValue
    vo2_ml_kg_min: float
    """Oxygen that the speed of the race costs."""
    percent_of_max: float
    """Share of VO2max that can be held that long."""


class Intensity(Record):
    name: str
    percent_low: int
    percent_high: int
    slow: Pace
    fast: Pace


class TrainingPaces(Record):
    vdot: VdotValue
    intensities: list[Intensity]


class Split(Record):
    km: float
    clock: str


class Splits(Record):
    total: int
    splits: list[Split]


class Treadmill(Record):
    vo2_ml_kg_min: float
    flat_speed_kmh: SpeedValue
    """Speed without incline that costs as much."""


@running.tool(example={"distance_km": 10.0, "minutes": 50.0}, errors=[FailedPrecondition], kind="computation")
def pace(w: World, distance_km: Distance, minutes: Minutes) -> PaceFacts:
    """Work out pace per kilometre and mile and the speed of a run.

    distance_km: Distance in kilometres.
    minutes: Time in minutes, with decimals for seconds.
    """
    seconds = minutes * 60 / distance_km
    if not 60 <= seconds < 3600:
        raise FailedPrecondition(f"minutes {minutes}: {seconds:.0f} s a kilometre is no running or walking pace")
    return PaceFacts(
        pace=short_clock(seconds), speed_kmh=round(3600 / seconds, 2), mile_pace=short_clock(seconds * 1.609344)
    )


@running.tool(
    example={"distance_km": 21.0975, "pace": "@running_pace.pace"}, errors=[FailedPrecondition], kind="computation"
)
def finish_time(w: World, distance_km: Distance, pace: Pace) -> Finish:
    """Work out how long a distance takes at an even pace.

    distance_km: Distance in kilometres; a marathon is 42.195.
    pace: Minutes and seconds a kilometre, for example 5:30.
    """
    return finish(seconds_of(pace) * distance_km)


@running.tool(example={"distance_km": 10.0, "minutes": 50.0, "target_km": 21.0975}, kind="computation")
def predict_race(w: World, distance_km: Distance, minutes: Minutes, target_km: Distance) -> Finish:
    """Predict the time for another distance by Riegel's formula, exponent 1.06.

    distance_km: Distance of a race that was run, in kilometres.
    minutes: Time of that race in minutes.
    target_km: Distance to predict, in kilometres.
    """
    return finish(minutes * 60 * (target_km / distance_km) ** 1.06)


@running.tool(example={"distance_km": 5.0, "minutes": 20.0}, errors=[FailedPrecondition], kind="computation")
def vdot(w: World, distance_km: Distance, minutes: Minutes) -> Fitness:
    """Rate a race as VDOT, the effective VO2max of Daniels and Gilbert.

    distance_km: Distance of the race in kilometres.
    minutes: Time of the race in minutes, 3.5 to 240.
    """
    if not 3.5 <= minutes <= 240:
        raise FailedPrecondition(f"minutes {minutes}: the formula holds for races of 3.5 to 240 minutes")
    speed = distance_km * 1000 / minutes
    oxygen = -4.6 + 0.182258 * speed + 0.000104 * speed**2
    share = 0.8 + 0.1894393 * math.exp(-0.012778 * minutes) + 0.2989558 * math.exp(-0.1932605 * minutes)
    value = oxygen / share
    if not 15 <= value <= 90:
        raise FailedPrecondition(
            f"minutes {minutes} for {distance_km} km gives VDOT {value:.0f}, which is not 15 to 90"
        )
    return Fitness(vdot=round(value, 1), vo2_ml_kg_min=round(oxygen, 1), percent_of_max=round(share * 100, 1))


@running.tool(example={"vdot": "@running_vdot.vdot"}, kind="computation")
def training_paces(w: World, vdot: Vdot) -> TrainingPaces:
    """Give the paces at Daniels' four intensities of training for a VDOT.

    vdot: Effective VO2max, 15 to 90, as given by running_vdot.
    """
    rows = [
        Intensity(
            name=name,
            percent_low=low,
            percent_high=high,
            slow=short_clock(60000 / speed_for(vdot * low / 100)),
            fast=short_clock(60000 / speed_for(vdot * high / 100)),
        )
        for name, (low, high) in INTENSITIES.items()
    ]
    return TrainingPaces(vdot=vdot, intensities=rows)


@running.tool(
    example={"distance_km": 10.0, "pace": "@running_pace.pace", "every_km": 2.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def splits(
    w: World, distance_km: Distance, pace: Pace, every_km: Annotated[float, Field(ge=0.1, le=100)] = 5.0
) -> Splits:
    """List the clock at regular marks of a run at an even pace, the finish included.

    distance_km: Distance in kilometres.
    pace: Minutes and seconds a kilometre, for example 5:30.
    every_km: Distance between marks in kilometres; at most 60 marks.
    """
    count = math.ceil(distance_km / every_km - 1e-9)
    if count > 60:
        raise FailedPrecondition(f"every_km {every_km} gives {count} marks, over 60")
    marks = [round(min(every_km * number, distance_km), 4) for number in range(1, count + 1)]
    rows = [Split(km=mark, clock=clock(seconds_of(pace) * mark)) for mark in marks]
    return Splits(total=len(rows), splits=rows)


@running.tool(example={"speed_kmh": 10.0, "incline_percent": 2.0}, kind="computation")
def treadmill(w: World, speed_kmh: Speed, incline_percent: Annotated[float, Field(ge=0, le=20)]) -> Treadmill:
    """Find the flat running speed that costs as much oxygen as an incline (ACSM).

    speed_kmh: Speed of the belt in km/h, as given by running_pace; a run, so best over 8.
    incline_percent: Incline in percent, 0 to 20.
    """
    metres = speed_kmh * 1000 / 60
    oxygen = 3.5 + 0.2 * metres + 0.9 * metres * incline_percent / 100
    return Treadmill(vo2_ml_kg_min=round(oxygen, 1), flat_speed_kmh=round((oxygen - 3.5) / 0.2 * 0.06, 2))


def speed_for(oxygen: float) -> float:
    """Metres a minute at which running costs that much oxygen: Daniels' equation solved."""
    root = math.sqrt(0.182258**2 + 4 * 0.000104 * (oxygen + 4.6))
    return (root - 0.182258) / (2 * 0.000104)


def seconds_of(pace: str) -> int:
    """Seconds a kilometre. Raises FailedPrecondition if there are none."""
    minutes, seconds = map(int, pace.split(":"))
    if minutes * 60 + seconds < 60:
        raise FailedPrecondition(f"pace {pace} is faster than a minute a kilometre")
    return minutes * 60 + seconds


def finish(seconds: float) -> Finish:
    """A time as minutes and as a clock."""
    return Finish(minutes=round(seconds / 60, 3), clock=clock(seconds))


def short_clock(seconds: float) -> str:
    """m:ss"""
    whole = math.floor(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"


def clock(seconds: float) -> str:
    """h:mm:ss"""
    whole = math.floor(seconds + 0.5)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
