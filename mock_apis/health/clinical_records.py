"""What the clinical formulas take and give."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

EgfrValue = Annotated[float, Entity("kidney.egfr")]
Egfr = Annotated[float, Field(ge=0, le=250), Entity("kidney.egfr")]
QtValue = Annotated[int, Entity("heart.qt_ms")]
QtInterval = Annotated[int, Field(ge=200, le=700), Entity("heart.qt_ms")]
Condition = Literal["heart_failure", "hypertension", "diabetes", "stroke_or_tia", "vascular_disease"]
Ascites = Literal["none", "slight", "moderate_or_severe"]
Encephalopathy = Literal["none", "grade_1_or_2", "grade_3_or_4"]
GfrStage = Literal["G1", "G2", "G3a", "G3b", "G4", "G5"]

G_STAGES: tuple[tuple[float, GfrStage], ...] = ((90, "G1"), (60, "G2"), (45, "G3a"), (30, "G3b"), (15, "G4"))
"""KDIGO 2012: each with its least rate."""


class Filtration(Record):
    egfr: EgfrValue
    """mL/min per 1.73 m2"""


class KidneyStage(Record):
    gfr_stage: GfrStage
    albuminuria_stage: Literal["A1", "A2", "A3"] | None


class Clearance(Record):
    ml_per_minute: float


class CorrectedQt(Record):
    bazett_ms: int
    fridericia_ms: int
    framingham_ms: int
    hodges_ms: int


class ArterialPressure(Record):
    mean_mmhg: float
    pulse_pressure_mmhg: int


class AnionGap(Record):
    gap_mmol_l: int
    albumin_corrected_mmol_l: float | None


class CorrectedCalcium(Record):
    corrected_mg_dl: float


class Meld(Record):
    meld: int
    meld_na: int


class ChildPugh(Record):
    points: int
    grade: Literal["A", "B", "C"]


class StrokeScore(Record):
    points: int
    """0 to 9"""


class ComaScale(Record):
    points: int
    severity: Literal["mild", "moderate", "severe"]


class AverageGlucose(Record):
    mg_dl: float
    mmol_l: float
    ifcc_mmol_mol: int


class Ldl(Record):
    ldl_mg_dl: int
