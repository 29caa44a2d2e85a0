"""Formulas of the health domains against textbook values, and what the clinic, medicines and logs promise."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.health.body_metrics import body_metrics
from mock_apis.health.clinic import clinic
from mock_apis.health.clinical_scores import clinical_scores
from mock_apis.health.fitness import fitness
from mock_apis.health.icd10 import icd10
from mock_apis.health.medications import medications
from mock_apis.health.running import running
from mock_apis.health.sleep_log import sleep_log

DAY = "2025-12-12"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_body_metrics_give_textbook_values(w: World) -> None:
    assert call(w, body_metrics, "bmi", weight_kg=70, height_cm=175) == {"bmi": 22.9, "who_class": "normal"}
    rest = call(w, body_metrics, "resting_energy", weight_kg=70, height_cm=175, age_years=30, sex="male")
    assert rest == {"resting_kcal_per_day": 1648.8}
    assert call(w, body_metrics, "max_heart_rate", age_years=40) == {"tanaka_bpm": 180, "fox_bpm": 180}
    assert call(w, body_metrics, "surface_area", weight_kg=80, height_cm=180)["mosteller_m2"] == 2.0
    zones = call(w, body_metrics, "heart_zones", max_bpm=180, resting_bpm=60)["zones"]
    assert zones[0] == {"zone": 1, "low_bpm": 120, "high_bpm": 132}


def test_macro_shares_over_a_hundred_percent_are_refused(w: World) -> None:
    with pytest.raises(FailedPrecondition, match="exceed 100"):
        call(w, body_metrics, "macro_split", kcal_per_day=2000, protein_percent=60, fat_percent=50)


def test_clinical_formulas_give_published_values(w: World) -> None:
    egfr = call(w, clinical_scores, "egfr", creatinine_mg_dl=1.0, age_years=50, sex="male")["egfr"]
    assert egfr == pytest.approx(92, abs=0.6)
    women = call(w, clinical_scores, "egfr", creatinine_mg_dl=1.0, age_years=50, sex="female")["egfr"]
    assert women == pytest.approx(69, abs=0.6)
    clearance = call(
        w, clinical_scores, "creatinine_clearance", creatinine_mg_dl=1, age_years=40, weight_kg=72, sex="male"
    )
    assert clearance == {"ml_per_minute": 100}
    assert set(call(w, clinical_scores, "qtc", qt_ms=400, heart_rate_bpm=60).values()) == {400}
    assert call(w, clinical_scores, "mean_arterial_pressure", systolic_mmhg=120, diastolic_mmhg=80)["mean_mmhg"] == 93.3
    gap = call(w, clinical_scores, "anion_gap", sodium_mmol_l=140, chloride_mmol_l=104, bicarbonate_mmol_l=24)
    assert gap["gap_mmol_l"] == 12
    assert call(w, clinical_scores, "average_glucose", hba1c_percent=7)["ifcc_mmol_mol"] == 53
    ldl = call(w, clinical_scores, "ldl_cholesterol", total_mg_dl=200, hdl_mg_dl=50, triglycerides_mg_dl=150)
    assert ldl == {"ldl_mg_dl": 120}


def test_scores_count_their_points(w: World) -> None:
    least = call(w, clinical_scores, "meld", creatinine_mg_dl=0.7, bilirubin_mg_dl=0.5, inr=1.0, sodium_mmol_l=140)
    assert least == {"meld": 6, "meld_na": 6}
    conditions = ["heart_failure", "hypertension", "diabetes", "stroke_or_tia", "vascular_disease"]
    most = call(w, clinical_scores, "cha2ds2_vasc", age_years=80, sex="female", conditions=conditions)
    assert most == {"points": 9}
    assert call(w, clinical_scores, "glasgow_coma", eye=1, verbal=1, motor=1) == {"points": 3, "severity": "severe"}
    assert call(w, clinical_scores, "kidney_stage", egfr=44.9, albumin_creatinine_mg_g=30) == {
        "gfr_stage": "G3b",
        "albuminuria_stage": "A2",
    }


def test_icd10_knows_common_codes_and_where_they_lie(w: World) -> None:
    assert call(w, icd10, "get", code="E11.9")["name"] == "Type 2 diabetes mellitus without complications"
    hypertension = call(w, icd10, "get", code="I10")
    assert hypertension["name"] == "Essential (primary) hypertension"
    assert hypertension["billable"]
    assert hypertension["chapter"] == 9
    found = call(w, icd10, "search", query="low back pain", level="billable")["codes"]
    assert "M54.50" in [row["code"] for row in found]
    above = call(w, icd10, "ancestors", code="J45.909")
    assert [row["code"] for row in above["codes"]] == ["J45", "J45.9", "J45.90"]
    assert above["chapter_name"].startswith("Diseases of the respiratory system")
    assert call(w, icd10, "categories", block="B99-B99")["codes"][0]["code"] == "B99"
    with pytest.raises(NotFound, match=r"Z99\.ZZZZ"):
        call(w, icd10, "get", code="Z99.ZZZZ")


def test_an_appointment_takes_its_time_until_it_is_moved_or_cancelled(w: World) -> None:
    doctor = call(w, clinic, "search_providers", city="Dublin")["providers"][0]["provider_id"]
    free = call(w, clinic, "availability", provider_id=doctor, day=DAY)["starts"]
    made = call(w, clinic, "book", provider_id=doctor, start=free[0], reason="J06.9")
    with pytest.raises(Conflict, match=free[0]):
        call(w, clinic, "book", provider_id=doctor, start=free[0])
    with pytest.raises(NotFound, match="reason"):
        call(w, clinic, "book", provider_id=doctor, start=free[1], reason="A99.99")
    call(w, clinic, "reschedule", appointment_id=made["appointment_id"], start=free[1])
    assert free[0] in call(w, clinic, "availability", provider_id=doctor, day=DAY)["starts"]
    call(w, clinic, "cancel", appointment_id=made["appointment_id"])
    assert call(w, clinic, "availability", provider_id=doctor, day=DAY)["starts"] == free
    with pytest.raises(FailedPrecondition, match="cancelled"):
        call(w, clinic, "cancel", appointment_id=made["appointment_id"])
    assert call(w, clinic, "availability", provider_id=doctor, day="2025-12-13")["total"] == 0


def test_a_waiting_list_is_joined_once(w: World) -> None:
    doctor = call(w, clinic, "search_providers", city="Tokyo")["providers"][0]["provider_id"]
    entry = call(w, clinic, "join_waitlist", provider_id=doctor, before=DAY)
    with pytest.raises(Conflict, match=doctor):
        call(w, clinic, "join_waitlist", provider_id=doctor, before=DAY)
    call(w, clinic, "leave_waitlist", wait_id=entry["wait_id"])
    assert call(w, clinic, "waitlist")["total"] == 0


def test_doses_come_out_of_the_stock_and_go_back(w: World) -> None:
    drug = call(w, medications, "add", name="Ibuprofen 400 mg", times=["20:00", "08:00"], stock=2)
    key = drug["medication_id"]
    assert drug["times"] == ["08:00", "20:00"]
    dose = call(w, medications, "log_dose", medication_id=key, units=2)
    assert dose["stock"] == 0
    with pytest.raises(FailedPrecondition, match="0 units"):
        call(w, medications, "log_dose", medication_id=key)
    assert call(w, medications, "undo_dose", dose_id=dose["dose_id"])["stock"] == 2
    assert call(w, medications, "refill", medication_id=key, units=7)["lasts_full_days"] == 4
    call(w, medications, "stop", medication_id=key)
    with pytest.raises(FailedPrecondition, match="stopped"):
        call(w, medications, "stop", medication_id=key)


def test_running_formulas_give_known_values(w: World) -> None:
    assert call(w, running, "pace", distance_km=10, minutes=50)["pace"] == "5:00"
    assert call(w, running, "vdot", distance_km=5, minutes=20)["vdot"] == pytest.approx(49.8, abs=0.1)
    assert call(w, running, "finish_time", distance_km=42.195, pace="5:00")["clock"] == "3:30:59"
    half = call(w, running, "predict_race", distance_km=10, minutes=50, target_km=21.0975)
    assert half["clock"] == "1:50:19"
    marks = call(w, running, "splits", distance_km=10, pace="5:00", every_km=4)["splits"]
    assert [(mark["km"], mark["clock"]) for mark in marks] == [(4, "0:20:00"), (8, "0:40:00"), (10, "0:50:00")]


def test_workouts_count_for_the_goal_of_the_week(w: World) -> None:
    call(w, fitness, "set_goal", activity="yoga", metric="minutes", weekly_target=30)
    before = call(w, fitness, "goal_progress")["goals"][0]["done"]
    call(w, fitness, "log_workout", activity="yoga", minutes=45)
    assert call(w, fitness, "goal_progress")["goals"][0]["done"] == before + 45
    with pytest.raises(InvalidArgument, match="yoga has no distance"):
        call(w, fitness, "log_workout", activity="yoga", minutes=45, distance_km=2)


def test_nights_do_not_overlap(w: World) -> None:
    night = call(w, sleep_log, "log", asleep="2024-01-01T23:15", awake="2024-01-02T07:00", quality=4)
    assert night["hours"] == 7.75
    with pytest.raises(Conflict, match=night["night_id"]):
        call(w, sleep_log, "log", asleep="2024-01-02T06:00", awake="2024-01-02T09:00", quality=3)
    assert call(w, sleep_log, "bedtime_for", wake_at="2025-12-12T06:30", hours=7.5)["asleep_by"] == "2025-12-11T23:00"
