"""Incidents of the fictional services: opened for an alert, led by a team member, updated, ended."""

from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.developer.issue_tracker import team_of
from mock_apis.operations.monitoring import ALERTS, AlertId, Level, ServiceName, require_short, stamp

incidents = Domain("incidents", category="operations", description="Incidents of the fictional services of 'tidepool'.")

IncidentId = Annotated[str, Field(pattern=r"^INC-[0-9A-F]{6}$"), Entity("incident.id")]


class Update(Record):
    at: IsoDateTime
    author: PersonName
    text: str


class Incident(Record):
    incident_id: IncidentId
    title: str
    service: ServiceName
    level: Level
    lead: EmailAddress
    started_at: IsoDateTime
    ended_at: IsoDateTime | None
    alert_id: AlertId | None
    updates: list[Update]


class IncidentHead(Record):
    incident_id: IncidentId
    title: str
    service: ServiceName
    level: Level
    ended_at: IsoDateTime | None


class IncidentList(Record):
    total: int
    incidents: list[IncidentHead]


def seed_incidents(w: World) -> list[Incident]:
    """One that is over."""
    draw = w.draw("incidents")
    start = draw.between(3000, 20000)
    return [
        Incident(
            incident_id=f"INC-{draw.bits() % 0x1000000:06X}", title="Login did not work", service="web-frontend",
            level="major", lead=draw.pick(team_of(w)).email, started_at=stamp(w, -start), ended_at=stamp(w, 90 - start),
            alert_id=None, updates=[],
        )
    ]  # fmt: skip


INCIDENTS = Table("incidents", key="incident_id", seed_rows=seed_incidents)


@incidents.tool(
    example={
        "title": "Requests fail",
        "alert_id": "@monitoring_alerts.alerts[0].alert_id",
        "lead": "@monitoring_on_call.email",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def open_(w: World, title: str, alert_id: AlertId, lead: EmailAddress) -> Incident:
    """Open an incident for an alert, led by a team member.

    title: One line of at most 200 characters.
    alert_id: The alert, as given by monitoring_alerts; service and level are taken from it.
    lead: Address of a team member, as given by monitoring_on_call.
    """
    alert = ALERTS.get(w, alert_id)
    require_short("title", title)
    if lead not in [person.email for person in team_of(w)]:
        raise NotFound(f"no team member with lead '{lead[:60]}'; see monitoring_on_call")
    if any(row.alert_id == alert_id and row.ended_at is None for row in INCIDENTS.all(w)):
        raise Conflict(f"alert_id {alert_id} has an open incident already; see incidents_list")
    row = Incident(
        incident_id=w.new_id("INC"), title=title, service=alert.service, level=alert.level, lead=lead,
        started_at=alert.since, ended_at=None, alert_id=alert_id, updates=[],
    )  # fmt: skip
    return INCIDENTS.put(w, row)


@incidents.tool(example={}, kind="stateful")
def list_(w: World, open_only: bool = False, limit: Limit = 5) -> IncidentList:
    """List incidents of all services, the latest first.

    open_only: Whether incidents that are over are left out.
    limit: At most this many incidents.
    """
    rows = [row for row in INCIDENTS.all(w) if not (open_only and row.ended_at)]
    rows.sort(key=lambda row: row.started_at, reverse=True)
    heads = [IncidentHead(**row.model_dump(include=set(IncidentHead.model_fields))) for row in rows[:limit]]
    return IncidentList(total=len(rows), incidents=heads)


@incidents.tool(
    example={"incident_id": "@incidents_open.incident_id", "text": "A restart helped.", "ended": True},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def update(w: World, incident_id: IncidentId, text: str, ended: bool = False) -> Incident:
    """Add an update to an open incident, and end it if it is over.

    incident_id: An open incident, as given by incidents_list.
    text: What is known or was done, at most 200 characters.
    ended: Whether the incident is over.
    """
    row = INCIDENTS.get(w, incident_id)
    require_short("text", text)
    if row.ended_at is not None:
        raise FailedPrecondition(f"incident_id {incident_id} ended at {row.ended_at}")
    if len(row.updates) >= 10:
        raise ResourceExhausted(f"incident_id {incident_id} has ten updates, the most that fit")
    updates = [*row.updates, Update(at=stamp(w), author=persona(w).name, text=text)]
    return INCIDENTS.put(w, row.model_copy(update={"updates": updates, "ended_at": stamp(w) if ended else None}))


@incidents.tool(example={"incident_id": "@incidents_list.incidents[0].incident_id"}, errors=[NotFound], kind="stateful")
def get(w: World, incident_id: IncidentId) -> Incident:
    """Show an incident with its lead, its alert and all updates.

    incident_id: The incident, as given by incidents_list.
    """
    return INCIDENTS.get(w, incident_id)
