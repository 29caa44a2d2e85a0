"""Measurements of a person that several health domains give and take, with the ranges that are accepted."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core.entities import Entity

Sex = Literal["female", "male"]

AgeValue = Annotated[int, Entity("person.age_years")]
WeightValue = Annotated[float, Entity("person.weight_kg")]
HeightValue = Annotated[float, Entity("person.height_cm")]
PulseValue = Annotated[int, Entity("person.resting_heart_rate_bpm")]
SystolicValue = Annotated[int, Entity("blood_pressure.systolic_mmhg")]
DiastolicValue = Annotated[int, Entity("blood_pressure.diastolic_mmhg")]
DailyEnergyValue = Annotated[float, Entity("energy.kcal_per_day")]

AdultAge = Annotated[int, Field(ge=18, le=110), Entity("person.age_years")]
Weight = Annotated[float, Field(ge=25, le=350), Entity("person.weight_kg")]
Height = Annotated[float, Field(ge=100, le=240), Entity("person.height_cm")]
Pulse = Annotated[int, Field(ge=25, le=250), Entity("person.resting_heart_rate_bpm")]
Systolic = Annotated[int, Field(ge=40, le=300), Entity("blood_pressure.systolic_mmhg")]
Diastolic = Annotated[int, Field(ge=20, le=200), Entity("blood_pressure.diastolic_mmhg")]
DailyEnergy = Annotated[float, Field(ge=500, le=10000), Entity("energy.kcal_per_day")]

CreatinineValue = Annotated[float, Entity("lab.creatinine_mg_dl")]
SodiumValue = Annotated[int, Entity("lab.sodium_mmol_l")]
ChlorideValue = Annotated[int, Entity("lab.chloride_mmol_l")]
BicarbonateValue = Annotated[int, Entity("lab.bicarbonate_mmol_l")]
CalciumValue = Annotated[float, Entity("lab.calcium_mg_dl")]
AlbuminValue = Annotated[float, Entity("lab.albumin_g_dl")]
BilirubinValue = Annotated[float, Entity("lab.bilirubin_mg_dl")]
InrValue = Annotated[float, Entity("lab.inr")]
Hba1cValue = Annotated[float, Entity("lab.hba1c_percent")]
CholesterolValue = Annotated[int, Entity("lab.total_cholesterol_mg_dl")]
HdlValue = Annotated[int, Entity("lab.hdl_cholesterol_mg_dl")]
TriglyceridesValue = Annotated[int, Entity("lab.triglycerides_mg_dl")]

Creatinine = Annotated[float, Field(ge=0.1, le=30), Entity("lab.creatinine_mg_dl")]
Sodium = Annotated[int, Field(ge=90, le=200), Entity("lab.sodium_mmol_l")]
Chloride = Annotated[int, Field(ge=50, le=160), Entity("lab.chloride_mmol_l")]
Bicarbonate = Annotated[int, Field(ge=1, le=60), Entity("lab.bicarbonate_mmol_l")]
Calcium = Annotated[float, Field(ge=2, le=25), Entity("lab.calcium_mg_dl")]
Albumin = Annotated[float, Field(ge=0.5, le=7), Entity("lab.albumin_g_dl")]
Bilirubin = Annotated[float, Field(ge=0.1, le=80), Entity("lab.bilirubin_mg_dl")]
Inr = Annotated[float, Field(ge=0.5, le=20), Entity("lab.inr")]
Hba1c = Annotated[float, Field(ge=4, le=20), Entity("lab.hba1c_percent")]
Cholesterol = Annotated[int, Field(ge=50, le=1000), Entity("lab.total_cholesterol_mg_dl")]
Hdl = Annotated[int, Field(ge=5, le=200), Entity("lab.hdl_cholesterol_mg_dl")]
Triglycerides = Annotated[int, Field(ge=20, le=5000), Entity("lab.triglycerides_mg_dl")]
