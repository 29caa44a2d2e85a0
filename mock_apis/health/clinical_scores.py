"""Published clinical formulas and scores for adults; results are no medical advice."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition
from mock_apis.health.clinical_records import (
    G_STAGES,
    AnionGap,
    ArterialPressure,
    Ascites,
    AverageGlucose,
    ChildPugh,
    Clearance,
    ComaScale,
    Condition,
    CorrectedCalcium,
    CorrectedQt,
    Egfr,
    Encephalopathy,
    Filtration,
    KidneyStage,
    Ldl,
    Meld,
    QtInterval,
    StrokeScore,
)
from mock_apis.health.measures import (
    AdultAge,
    Albumin,
    Bicarbonate,
    Bilirubin,
    Calcium,
    Chloride,
    Cholesterol,
    Creatinine,
    Diastolic,
    Hba1c,
    Hdl,
    Inr,
    Pulse,
    Sex,
    Sodium,
    Systolic,
    Triglycerides,
    Weight,
)

clinical_scores = Domain(
    "clinical_scores", category="health", description="Published clinical formulas for adults, without advice."
)


@clinical_scores.tool(example={"creatinine_mg_dl": 1.0, "age_years": 50, "sex": "male"}, kind="computation")
def egfr(w: World, creatinine_mg_dl: Creatinine, age_years: AdultAge, sex: Sex) -> Filtration:
    """Estimate the glomerular filtration rate by CKD-EPI 2021 from creatinine.

    creatinine_mg_dl: Serum creatinine in mg/dL, 0.1 to 30.
    age_years: Age in completed years, 18 to 110.
    sex: Sex that the equation is for.
    """
    kappa, alpha = (0.7, -0.241) if sex == "female" else (0.9, -0.302)
    ratio = creatinine_mg_dl / kappa
    rate = 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938**age_years
    return Filtration(egfr=round(rate * (1.012 if sex == "female" else 1), 1))


@clinical_scores.tool(example={"egfr": "@clinical_scores_egfr.egfr"}, kind="computation")
def kidney_stage(
    w: World, egfr: Egfr, albumin_creatinine_mg_g: Annotated[float, Field(ge=0, le=20000)] | None = None
) -> KidneyStage:
    """Name the KDIGO stages of filtration rate and of urine albumin.

    egfr: Filtration rate in mL/min per 1.73 m2, as given by clinical_scores_egfr.
    albumin_creatinine_mg_g: Ratio of albumin to creatinine in urine in mg/g; no albumin stage if left out.
    """
    ratio = albumin_creatinine_mg_g
    albumin = None if ratio is None else "A1" if ratio < 30 else "A2" if ratio <= 300 else "A3"
    stage = next((name for least, name in G_STAGES if egfr >= least), "G5")
    return KidneyStage.model_validate({"gfr_stage": stage, "albuminuria_stage": albumin})


@clinical_scores.tool(
    example={"creatinine_mg_dl": 1.0, "age_years": 50, "weight_kg": 72.0, "sex": "male"}, kind="computation"
)
def creatinine_clearance(
    w: World, creatinine_mg_dl: Creatinine, age_years: AdultAge, weight_kg: Weight, sex: Sex
) -> Clearance:
    """Estimate the creatinine clearance by the Cockcroft-Gault formula.

    creatinine_mg_dl: Serum creatinine in mg/dL, 0.1 to 30.
    age_years: Age in completed years, 18 to 110.
    weight_kg: Body weight in kilograms, 25 to 350.
    sex: Sex that the formula is for; women get 0.85 of the value.
    """
    clearance = (140 - age_years) * weight_kg / (72 * creatinine_mg_dl) * (0.85 if sex == "female" else 1)
    return Clearance(ml_per_minute=round(clearance, 1))


@clinical_scores.tool(example={"qt_ms": 400, "heart_rate_bpm": 60}, kind="computation")
def qtc(w: World, qt_ms: QtInterval, heart_rate_bpm: Pulse) -> CorrectedQt:
    """Correct a QT interval for the heart rate by four published formulas.

    qt_ms: Measured QT interval in milliseconds, 200 to 700.
    heart_rate_bpm: Heart rate in beats a minute while it was measured.
    """
    rr = 60 / heart_rate_bpm
    return CorrectedQt(
        bazett_ms=round(qt_ms / math.sqrt(rr)),
        fridericia_ms=round(qt_ms / rr ** (1 / 3)),
        framingham_ms=round(qt_ms + 154 * (1 - rr)),
        hodges_ms=round(qt_ms + 1.75 * (heart_rate_bpm - 60)),
    )


@clinical_scores.tool(
    example={"systolic_mmhg": 120, "diastolic_mmhg": 80}, errors=[FailedPrecondition], kind="computation"
)
def mean_arterial_pressure(w: World, systolic_mmhg: Systolic, diastolic_mmhg: Diastolic) -> ArterialPressure:
    """Work out mean arterial pressure and pulse pressure of a blood pressure.

    systolic_mmhg: Upper value in mmHg.
    diastolic_mmhg: Lower value in mmHg, below the upper one.
    """
    pulse = systolic_mmhg - diastolic_mmhg
    if pulse <= 0:
        raise FailedPrecondition(f"diastolic_mmhg {diastolic_mmhg} is not below systolic_mmhg {systolic_mmhg}")
    return ArterialPressure(mean_mmhg=round(diastolic_mmhg + pulse / 3, 1), pulse_pressure_mmhg=pulse)


@clinical_scores.tool(
    example={"sodium_mmol_l": 140, "chloride_mmol_l": 104, "bicarbonate_mmol_l": 24}, kind="computation"
)
def anion_gap(
    w: World,
    sodium_mmol_l: Sodium,
    chloride_mmol_l: Chloride,
    bicarbonate_mmol_l: Bicarbonate,
    albumin_g_dl: Albumin | None = None,
) -> AnionGap:
    """Work out the serum anion gap without potassium, also corrected for albumin.

    sodium_mmol_l: Sodium in mmol/L.
    chloride_mmol_l: Chloride in mmol/L.
    bicarbonate_mmol_l: Bicarbonate in mmol/L.
    albumin_g_dl: Albumin in g/dL; 2.5 is added for each g/dL below 4. No correction if left out.
    """
    gap = sodium_mmol_l - chloride_mmol_l - bicarbonate_mmol_l
    corrected = None if albumin_g_dl is None else round(gap + 2.5 * (4 - albumin_g_dl), 1)
    return AnionGap(gap_mmol_l=gap, albumin_corrected_mmol_l=corrected)


@clinical_scores.tool(example={"calcium_mg_dl": 8.0, "albumin_g_dl": 3.0}, kind="computation")
def corrected_calcium(w: World, calcium_mg_dl: Calcium, albumin_g_dl: Albumin) -> CorrectedCalcium:
    """Correct total serum calcium for albumin: 0.8 for each g/dL below 4 (Payne).

    calcium_mg_dl: Total calcium in mg/dL, 2 to 25.
    albumin_g_dl: Albumin in g/dL, 0.5 to 7.
    """
    return CorrectedCalcium(corrected_mg_dl=round(calcium_mg_dl + 0.8 * (4 - albumin_g_dl), 2))


@clinical_scores.tool(
    example={"creatinine_mg_dl": 1.9, "bilirubin_mg_dl": 4.2, "inr": 1.2, "sodium_mmol_l": 133}, kind="computation"
)
def meld(
    w: World,
    creatinine_mg_dl: Creatinine,
    bilirubin_mg_dl: Bilirubin,
    inr: Inr,
    sodium_mmol_l: Sodium,
    on_dialysis: bool = False,
) -> Meld:
    """Work out MELD and MELD-Na of liver disease as OPTN did from 2016 to 2023.

    creatinine_mg_dl: Serum creatinine in mg/dL; taken as at least 1 and at most 4.
    bilirubin_mg_dl: Bilirubin in mg/dL; taken as at least 1.
    inr: International normalised ratio; taken as at least 1.
    sodium_mmol_l: Sodium in mmol/L; taken as at least 125 and at most 137.
    on_dialysis: Whether dialysed twice or more in the past week; creatinine then counts as 4.
    """
    creatinine = 4.0 if on_dialysis else min(max(creatinine_mg_dl, 1), 4)
    logs = 0.957 * math.log(creatinine) + 0.378 * math.log(max(bilirubin_mg_dl, 1)) + 1.12 * math.log(max(inr, 1))
    first = round(logs + 0.643, 1) * 10
    low = 137 - min(max(sodium_mmol_l, 125), 137)
    second = first + 1.32 * low - 0.033 * first * low if first > 11 else first
    return Meld(meld=min(round(first), 40), meld_na=min(round(second), 40))


@clinical_scores.tool(
    example={"bilirubin_mg_dl": 1.2, "albumin_g_dl": 3.6, "inr": 1.1, "ascites": "none", "encephalopathy": "none"},
    kind="computation",
)
def child_pugh(
    w: World,
    bilirubin_mg_dl: Bilirubin,
    albumin_g_dl: Albumin,
    inr: Inr,
    ascites: Ascites,
    encephalopathy: Encephalopathy,
) -> ChildPugh:
    """Grade cirrhosis of the liver by the five criteria of Child and Pugh.

    bilirubin_mg_dl: Bilirubin in mg/dL; limits 2 and 3.
    albumin_g_dl: Albumin in g/dL; limits 3.5 and 2.8.
    inr: International normalised ratio; limits 1.7 and 2.3.
    ascites: Fluid in the abdomen.
    encephalopathy: Disturbance of the brain by the liver.
    """
    points = 1 if bilirubin_mg_dl < 2 else 2 if bilirubin_mg_dl <= 3 else 3
    points += 1 if albumin_g_dl > 3.5 else 2 if albumin_g_dl >= 2.8 else 3
    points += 1 if inr < 1.7 else 2 if inr <= 2.3 else 3
    points += {"none": 1, "slight": 2, "moderate_or_severe": 3}[ascites]
    points += {"none": 1, "grade_1_or_2": 2, "grade_3_or_4": 3}[encephalopathy]
    return ChildPugh(points=points, grade="A" if points <= 6 else "B" if points <= 9 else "C")


@clinical_scores.tool(
    example={"age_years": 76, "sex": "female", "conditions": ["hypertension", "diabetes"]}, kind="computation"
)
def cha2ds2_vasc(
    w: World, age_years: AdultAge, sex: Sex, conditions: Annotated[list[Condition], Field(max_length=5)]
) -> StrokeScore:
    """Add up the CHA2DS2-VASc points for stroke risk in atrial fibrillation.

    age_years: Age in completed years; 1 point from 65, 2 from 75.
    sex: Female counts 1 point.
    conditions: Those present, empty if none; stroke_or_tia counts 2 points, the others 1.
    """
    points = 2 if age_years >= 75 else 1 if age_years >= 65 else 0
    points += 1 if sex == "female" else 0
    present = dict.fromkeys(conditions)
    return StrokeScore(points=points + len(present) + ("stroke_or_tia" in present))


@clinical_scores.tool(example={"eye": 4, "verbal": 5, "motor": 6}, kind="computation")
def glasgow_coma(
    w: World,
    eye: Annotated[int, Field(ge=1, le=4)],
    verbal: Annotated[int, Field(ge=1, le=5)],
    motor: Annotated[int, Field(ge=1, le=6)],
) -> ComaScale:
    """Add up the Glasgow coma scale and name the severity of a head injury.

    eye: Best eye response, 1 none to 4 spontaneous.
    verbal: Best verbal response, 1 none to 5 oriented.
    motor: Best motor response, 1 none to 6 obeys commands.
    """
    points = eye + verbal + motor
    return ComaScale(points=points, severity="mild" if points >= 13 else "moderate" if points >= 9 else "severe")


@clinical_scores.tool(example={"hba1c_percent": 7.0}, kind="computation")
def average_glucose(w: World, hba1c_percent: Hba1c) -> AverageGlucose:
    """Turn HbA1c into estimated average glucose (ADAG study) and IFCC units.

    hba1c_percent: HbA1c in percent (NGSP), 4 to 20.
    """
    return AverageGlucose(
        mg_dl=round(28.7 * hba1c_percent - 46.7, 1),
        mmol_l=round(1.59 * hba1c_percent - 2.59, 1),
        ifcc_mmol_mol=round(10.93 * hba1c_percent - 23.5),
    )


@clinical_scores.tool(
    example={"total_mg_dl": 200, "hdl_mg_dl": 50, "triglycerides_mg_dl": 150},
    errors=[FailedPrecondition],
    kind="computation",
)
def ldl_cholesterol(w: World, total_mg_dl: Cholesterol, hdl_mg_dl: Hdl, triglycerides_mg_dl: Triglycerides) -> Ldl:
    """Estimate LDL cholesterol from a fasting lipid panel by Friedewald's formula.

    total_mg_dl: Total cholesterol in mg/dL.
    hdl_mg_dl: HDL cholesterol in mg/dL.
    triglycerides_mg_dl: Triglycerides in mg/dL, below 400.
    """
    if triglycerides_mg_dl >= 400:
        raise FailedPrecondition(f"triglycerides_mg_dl {triglycerides_mg_dl}: the formula holds below 400 only")
    ldl = round(total_mg_dl - hdl_mg_dl - triglycerides_mg_dl / 5)
    if ldl < 0:
        raise FailedPrecondition(f"total_mg_dl {total_mg_dl} is less than its parts")
    return Ldl(ldl_mg_dl=ldl)
