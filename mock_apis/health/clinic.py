"""Doctors of a fictional clinic group in real cities, the persona's appointments and waiting list."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import (
    CityName,
    Entity,
    IsoDate,
    IsoDateTime,
    Limit,
    PersonName,
    PhoneNumber,
    StreetAddress,
)
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.core.persona import HOMES, STREETS, draw_person, persona
from mock_apis.health.icd10 import IcdCode, code_of

clinic = Domain("clinic", category="health", description="Fictional doctors, the user's appointments and waiting list.")

ProviderId = Annotated[str, Field(pattern=r"^PRV-[0-9A-F]{6}$"), Entity("clinic_provider.id")]
AppointmentId = Annotated[str, Field(pattern=r"^APT-[0-9A-F]{6}$"), Entity("clinic_appointment.id")]
WaitId = Annotated[str, Field(pattern=r"^WTL-[0-9A-F]{6}$"), Entity("clinic_wait.id")]
Slot = Annotated[IsoDateTime, Entity("clinic_slot.start")]
Specialty = Literal["general practice", "cardiology", "dermatology", "orthopaedics", "ophthalmology", "physiotherapy"]
SPECIALTIES: tuple[Specialty, ...] = (
    "general practice", "cardiology", "dermatology", "orthopaedics", "ophthalmology", "physiotherapy",
)  # fmt: skip
SLOTS = 16
"""Half hours from 09:00 to 16:30, on weekdays."""


class Provider(Record):
    provider_id: ProviderId
    name: PersonName
    specialty: Specialty
    city: CityName
    street: StreetAddress
    phone: PhoneNumber


class ProviderList(Record):
    total: int
    providers: list[Provider]


class Slots(Record):
    provider_id: ProviderId
    total: int
    starts: list[Slot]


class Appointment(Record):
    appointment_id: AppointmentId
    provider_id: ProviderId
    provider: PersonName
    start: Slot
    reason: IcdCode | None
    status: Literal["booked", "cancelled"]


class AppointmentList(Record):
    total: int
    appointments: list[Appointment]


class Wait(Record):
    wait_id: WaitId
    provider_id: ProviderId
    before: IsoDate
    position: int
    """At the time of joining."""


class WaitList(Record):
    total: int
    entries: list[Wait]


def seed_providers(w: World) -> list[Provider]:
    """One doctor of each specialty and a second general practitioner in every city of HOMES."""
    draw = w.draw("clinic.providers")
    return [
        Provider(
            provider_id=f"PRV-{draw.bits() % 0x1000000:06X}",
            name=(person := draw_person(draw, dial)).name,
            specialty=specialty,
            city=city,
            street=f"{draw.between(1, 120)} {draw.pick(STREETS)}",
            phone=person.phone,
        )
        for city, _, _, _, dial in HOMES
        for specialty in (*SPECIALTIES, SPECIALTIES[0])
    ]


PROVIDERS = Table("clinic_providers", key="provider_id", seed_rows=seed_providers)
APPOINTMENTS = Table[Appointment]("clinic_appointments", key="appointment_id", seed_rows=lambda w: ())
WAITS = Table[Wait]("clinic_waits", key="wait_id", seed_rows=lambda w: ())


@clinic.tool(example={"city": "Dublin", "specialty": "dermatology"}, kind="stateful")
def search_providers(
    w: World, city: CityName | None = None, specialty: Specialty | None = None, limit: Limit = 5
) -> ProviderList:
    """Find doctors of the clinic group by city and specialty, by name in order.

    city: English name of the city; the user's home city if left out.
    specialty: Only doctors of this specialty.
    limit: At most this many doctors.
    """
    place = (city or persona(w).city).strip().casefold()
    rows = [row for row in PROVIDERS.all(w) if row.city.casefold() == place and specialty in (None, row.specialty)]
    rows.sort(key=lambda row: (row.name, row.provider_id))
    return ProviderList(total=len(rows), providers=rows[:limit])


@clinic.tool(
    example={"provider_id": "@clinic_search_providers.providers[0].provider_id", "day": "2025-12-12"},
    errors=[NotFound],
    kind="stateful",
)
def availability(w: World, provider_id: ProviderId, day: IsoDate) -> Slots:
    """List the free half hours of a doctor on one day; none at weekends.

    provider_id: The doctor, as given by clinic_search_providers.
    day: The day, YYYY-MM-DD.
    """
    PROVIDERS.get(w, provider_id)
    starts = free_slots(w, provider_id, date.fromisoformat(day))
    return Slots(provider_id=provider_id, total=len(starts), starts=starts)


@clinic.tool(
    example={
        "provider_id": "@clinic_availability.provider_id",
        "start": "@clinic_availability.starts[0]",
        "reason": "L20.9",
    },
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def book(w: World, provider_id: ProviderId, start: Slot, reason: IcdCode | None = None) -> Appointment:
    """Book a free half hour with a doctor, optionally with the reason.

    provider_id: The doctor, as given by clinic_search_providers.
    start: Local time, YYYY-MM-DDTHH:MM, as given by clinic_availability.
    reason: ICD-10-CM code of the complaint, as given by icd10_search; none if left out.
    """
    doctor = PROVIDERS.get(w, provider_id)
    if reason is not None:
        code_of("reason", reason)
    check_free(w, provider_id, start)
    row = Appointment(
        appointment_id=w.new_id("APT"),
        provider_id=provider_id,
        provider=doctor.name,
        start=start,
        reason=reason,
        status="booked",
    )
    return APPOINTMENTS.put(w, row)


@clinic.tool(example={}, kind="stateful")
def list_appointments(w: World, include_cancelled: bool = False, limit: Limit = 5) -> AppointmentList:
    """List the user's appointments with doctors, earliest first.

    include_cancelled: Whether cancelled appointments are listed too.
    limit: At most this many appointments.
    """
    rows = [row for row in APPOINTMENTS.all(w) if include_cancelled or row.status == "booked"]
    rows.sort(key=lambda row: (row.start, row.appointment_id))
    return AppointmentList(total=len(rows), appointments=rows[:limit])


@clinic.tool(
    example={"appointment_id": "@clinic_book.appointment_id", "start": "@clinic_availability.starts[1]"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def reschedule(w: World, appointment_id: AppointmentId, start: Slot) -> Appointment:
    """Move an appointment to another free half hour of the same doctor.

    appointment_id: The appointment, as given by clinic_book or clinic_list_appointments.
    start: New local time, YYYY-MM-DDTHH:MM, as given by clinic_availability.
    """
    row = open_appointment(w, appointment_id)
    check_free(w, row.provider_id, start)
    return APPOINTMENTS.put(w, row.model_copy(update={"start": start}))


@clinic.tool(
    example={"appointment_id": "@clinic_book.appointment_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel(w: World, appointment_id: AppointmentId) -> Appointment:
    """Cancel an appointment with a doctor, which frees its time again.

    appointment_id: The appointment, as given by clinic_book or clinic_list_appointments.
    """
    row = open_appointment(w, appointment_id)
    return APPOINTMENTS.put(w, row.model_copy(update={"status": "cancelled"}))


@clinic.tool(
    example={"provider_id": "@clinic_search_providers.providers[0].provider_id", "before": "2025-12-20"},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def join_waitlist(w: World, provider_id: ProviderId, before: IsoDate) -> Wait:
    """Join a doctor's waiting list for a time that comes free before a day.

    provider_id: The doctor, as given by clinic_search_providers.
    before: Last day that would still help, YYYY-MM-DD.
    """
    PROVIDERS.get(w, provider_id)
    if any(row.provider_id == provider_id for row in WAITS.all(w)):
        raise Conflict(f"provider_id {provider_id}: the user is on that waiting list already; see clinic_waitlist")
    if before <= w.today.isoformat():
        raise Conflict(f"before {before} is not after today, {w.today}")
    position = w.draw("clinic.wait", provider_id).between(2, 9)
    return WAITS.put(w, Wait(wait_id=w.new_id("WTL"), provider_id=provider_id, before=before, position=position))


@clinic.tool(example={}, kind="stateful")
def waitlist(w: World) -> WaitList:
    """List the doctors' waiting lists that the user is on, oldest first."""
    rows = WAITS.all(w)
    return WaitList(total=len(rows), entries=rows[:20])


@clinic.tool(example={"wait_id": "@clinic_join_waitlist.wait_id"}, errors=[NotFound], writes=True, kind="stateful")
def leave_waitlist(w: World, wait_id: WaitId) -> Wait:
    """Take the user off a doctor's waiting list.

    wait_id: The place on the list, as given by clinic_join_waitlist or clinic_waitlist.
    """
    return WAITS.remove(w, wait_id)


def open_appointment(w: World, appointment_id: str) -> Appointment:
    """An appointment that is still to come. Raises NotFound, FailedPrecondition."""
    row = APPOINTMENTS.get(w, appointment_id)
    if row.status == "cancelled" or row.start < w.now.isoformat(timespec="minutes"):
        raise FailedPrecondition(f"appointment_id {appointment_id} is {row.status} for {row.start}")
    return row


def check_free(w: World, provider_id: str, start: str) -> None:
    """Raises Conflict unless the doctor is free and the user has no other appointment then."""
    if start not in free_slots(w, provider_id, date.fromisoformat(start[:10])):
        raise Conflict(f"start {start} is not free with {provider_id}; see clinic_availability")
    if any(row.start == start and row.status == "booked" for row in APPOINTMENTS.all(w)):
        raise Conflict(f"start {start}: the user has another appointment then; see clinic_list_appointments")


def free_slots(w: World, provider_id: str, day: date) -> list[str]:
    """Times to come that neither other patients nor the user hold; others leave at least three a day."""
    if day.weekday() >= 5:
        return []
    draw = w.draw("clinic.slots", provider_id, day.isoformat())
    first = datetime(day.year, day.month, day.day, 9)
    free = sorted(draw.sample(range(SLOTS), draw.between(3, 10)))
    mine = {row.start for row in APPOINTMENTS.all(w) if row.provider_id == provider_id and row.status == "booked"}
    starts = [(first + timedelta(minutes=30 * number)).isoformat(timespec="minutes") for number in free]
    return [start for start in starts if start not in mine and start >= w.now.isoformat(timespec="minutes")]
