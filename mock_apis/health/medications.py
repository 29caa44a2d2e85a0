"""The persona's medicines: schedule, doses taken, stock and reason. Names are free text."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, IsoDateTime, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.health.clinic import PROVIDERS, ProviderId
from mock_apis.health.icd10 import IcdCode, code_of

medications = Domain(
    "medications", category="health", description="The user's medicines: schedule, doses taken and stock."
)

MedicationId = Annotated[str, Field(pattern=r"^MED-[0-9A-F]{6}$"), Entity("medication.id")]
DoseId = Annotated[str, Field(pattern=r"^DOSE-[0-9A-F]{6}$"), Entity("medication_dose.id")]
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Units = Annotated[int, Field(ge=1, le=500)]


class Medication(Record):
    medication_id: MedicationId
    name: str
    units_per_dose: int
    times: list[ClockTime]
    stock: int
    """Units left."""
    since: IsoDate
    reason: IcdCode | None
    prescribed_by: ProviderId | None
    active: bool


class MedicationList(Record):
    total: int
    medications: list[Medication]


class Dose(Record):
    dose_id: DoseId
    medication_id: MedicationId
    taken: IsoDateTime
    units: int


class LoggedDose(Dose):
    stock: int


class DoseList(Record):
    total: int
    doses: list[Dose]


class DueDose(Record):
    medication_id: MedicationId
    name: str
    due: IsoDateTime
    units: int


class DueList(Record):
    total: int
    doses: list[DueDose]


class Supply(Record):
    medication_id: MedicationId
    stock: int
    units_per_day: int
    lasts_full_days: int


def seed_medications(w: World) -> list[Medication]:
    """Two daily medicines without a stated reason."""
    draw = w.draw("medications")
    return [
        Medication(
            medication_id=f"MED-{draw.bits() % 0x1000000:06X}",
            name=name,
            units_per_dose=1,
            times=times,
            stock=draw.between(10, 60),
            since=(w.today - timedelta(days=draw.between(20, 300))).isoformat(),
            reason=None,
            prescribed_by=None,
            active=True,
        )
        for name, times in (("Vitamin D3 tablet", ["08:00"]), ("Cetirizine 10 mg tablet", ["21:00"]))
    ]


MEDICATIONS = Table("medications", key="medication_id", seed_rows=seed_medications)
DOSES = Table[Dose]("medication_doses", key="dose_id", seed_rows=lambda w: ())


@medications.tool(
    example={"name": "Ibuprofen 400 mg tablet", "times": ["08:00", "20:00"], "stock": 30, "reason": "M54.50"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def add(
    w: World,
    name: str,
    times: Annotated[list[ClockTime], Field(min_length=1, max_length=8)],
    stock: Annotated[int, Field(ge=0, le=5000)],
    reason: IcdCode | None = None,
    prescribed_by: ProviderId | None = None,
) -> Medication:
    """Add a medicine that the user takes every day, one unit at each time.

    name: Name with strength and form, as on the package.
    times: Times of day, HH:MM, at which one unit is taken.
    stock: Tablets or other units at hand.
    reason: ICD-10-CM code it is taken for, as given by icd10_search; none if left out.
    prescribed_by: The doctor, as given by clinic_search_providers; none if left out.
    """
    if not name.strip():
        raise InvalidArgument("name: give the name of the medicine")
    if reason is not None:
        code_of("reason", reason)
    if prescribed_by is not None:
        PROVIDERS.get(w, prescribed_by)
    row = Medication(
        medication_id=w.new_id("MED"),
        name=name,
        units_per_dose=1,
        times=sorted(set(times)),
        stock=stock,
        since=w.today.isoformat(),
        reason=reason,
        prescribed_by=prescribed_by,
        active=True,
    )
    return MEDICATIONS.put(w, row)


@medications.tool(example={}, kind="stateful")
def list_(w: World, include_stopped: bool = False, limit: Limit = 5) -> MedicationList:
    """List the medicines that the user takes, by name in order.

    include_stopped: Whether medicines that were stopped are listed too.
    limit: At most this many medicines.
    """
    rows = [row for row in MEDICATIONS.all(w) if row.active or include_stopped]
    rows.sort(key=lambda row: (row.name, row.medication_id))
    return MedicationList(total=len(rows), medications=rows[:limit])


@medications.tool(
    example={"medication_id": "@medications_list.medications[0].medication_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def log_dose(w: World, medication_id: MedicationId, units: Annotated[int, Field(ge=1, le=20)] = 1) -> LoggedDose:
    """Record that the user takes a medicine now, which lowers its stock.

    medication_id: The medicine, as given by medications_list.
    units: Tablets or other units taken, 1 to 20.
    """
    row = taken(w, medication_id)
    if row.stock < units:
        raise FailedPrecondition(f"medication_id {medication_id}: {row.stock} units are left; see medications_refill")
    MEDICATIONS.put(w, row.model_copy(update={"stock": row.stock - units}))
    now = w.now.isoformat(timespec="minutes")
    dose = DOSES.put(w, Dose(dose_id=w.new_id("DOSE"), medication_id=medication_id, taken=now, units=units))
    return LoggedDose(**dose.model_dump(), stock=row.stock - units)


@medications.tool(example={"dose_id": "@medications_log_dose.dose_id"}, errors=[NotFound], writes=True, kind="stateful")
def undo_dose(w: World, dose_id: DoseId) -> Medication:
    """Delete a dose recorded by mistake and put its units back into stock.

    dose_id: The dose, as given by medications_log_dose or medications_history.
    """
    dose = DOSES.remove(w, dose_id)
    row = MEDICATIONS.get(w, dose.medication_id)
    return MEDICATIONS.put(w, row.model_copy(update={"stock": row.stock + dose.units}))


@medications.tool(
    example={"medication_id": "@medications_list.medications[0].medication_id"}, errors=[NotFound], kind="stateful"
)
def history(w: World, medication_id: MedicationId, limit: Limit = 5) -> DoseList:
    """List the recorded doses of one medicine, latest first.

    medication_id: The medicine, as given by medications_list.
    limit: At most this many doses.
    """
    MEDICATIONS.get(w, medication_id)
    rows = [row for row in DOSES.all(w) if row.medication_id == medication_id][::-1]
    return DoseList(total=len(rows), doses=rows[:limit])


@medications.tool(example={"hours": 24}, kind="stateful")
def due(w: World, hours: Annotated[int, Field(ge=1, le=48)] = 24) -> DueList:
    """List the doses that the schedule asks for in the coming hours, soonest first.

    hours: How many hours ahead to look, 1 to 48.
    """
    now, end = w.now, w.now + timedelta(hours=hours)
    rows = []
    for row in (row for row in MEDICATIONS.all(w) if row.active):
        for day in range(4):
            for clock in row.times:
                at = at_clock(w.today + timedelta(days=day), clock)
                if now <= at < end:
                    text = at.isoformat(timespec="minutes")
                    rows.append(
                        DueDose(medication_id=row.medication_id, name=row.name, due=text, units=row.units_per_dose)
                    )
    rows.sort(key=lambda row: (row.due, row.name))
    return DueList(total=len(rows), doses=rows[:20])


@medications.tool(
    example={"medication_id": "@medications_list.medications[0].medication_id", "units": 30},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def refill(w: World, medication_id: MedicationId, units: Units) -> Supply:
    """Add units to the stock of a medicine and show how long it now lasts.

    medication_id: The medicine, as given by medications_list.
    units: Tablets or other units bought, 1 to 500.
    """
    row = taken(w, medication_id)
    row = MEDICATIONS.put(w, row.model_copy(update={"stock": row.stock + units}))
    daily = row.units_per_dose * len(row.times)
    return Supply(medication_id=medication_id, stock=row.stock, units_per_day=daily, lasts_full_days=row.stock // daily)


@medications.tool(
    example={"medication_id": "@medications_list.medications[0].medication_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def stop(w: World, medication_id: MedicationId) -> Medication:
    """Mark a medicine as no longer taken; its history is kept.

    medication_id: The medicine, as given by medications_list.
    """
    return MEDICATIONS.put(w, taken(w, medication_id).model_copy(update={"active": False}))


def taken(w: World, medication_id: str) -> Medication:
    """A medicine that the user still takes. Raises NotFound, FailedPrecondition."""
    row = MEDICATIONS.get(w, medication_id)
    if not row.active:
        raise FailedPrecondition(f"medication_id {medication_id} was stopped")
    return row


def at_clock(day: date, clock: str) -> datetime:
    """That time of that day."""
    return datetime(day.year, day.month, day.day, int(clock[:2]), int(clock[3:]))
