"""Services of the fictional project 'tidepool' in operation: alerts, silences, on-call duty."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime, Limit, PersonName, PhoneNumber
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona
from mock_apis.developer.git_rules import RepositoryName
from mock_apis.developer.issue_tracker import team_of

monitoring = Domain(
    "monitoring",
    category="operations",
    description="Fictional running services of the team of 'tidepool', and their alerts.",
)

ServiceName = Annotated[str, Field(pattern=r"^[a-z0-9-]+$"), Entity("service.name")]
AlertId = Annotated[str, Field(pattern=r"^ALRT-[0-9A-F]{6}$"), Entity("alert.id")]
SilenceId = Annotated[str, Field(pattern=r"^SLNC-[0-9A-F]{6}$"), Entity("silence.id")]
MetricName = Literal["latency_ms", "error_percent", "requests_per_minute"]
AlertStatus = Literal["firing", "acknowledged", "resolved"]
Level = Literal["minor", "major", "critical"]
SERVICES = (
    ("api-gateway", "harbor-api"),
    ("table-store", "harbor-api"),
    ("web-frontend", "lagoon-web"),
    ("upload-worker", "reef-cli"),
)


class Service(Record):
    service: ServiceName
    repository: RepositoryName
    healthy: bool
    """No alert that is firing or acknowledged."""
    open_alerts: int


class ServiceList(Record):
    total: int
    services: list[Service]


class Sample(Record):
    at: IsoDateTime
    value: float


class Series(Record):
    service: ServiceName
    metric: MetricName
    mean: float
    samples: list[Sample]
    """One an hour, oldest first."""


class Alert(Record):
    alert_id: AlertId
    service: ServiceName
    summary: str
    level: Level
    status: AlertStatus
    since: IsoDateTime
    handled_by: PersonName | None


class AlertList(Record):
    total: int
    alerts: list[Alert]


class Silence(Record):
    silence_id: SilenceId
    service: ServiceName
    until: IsoDateTime
    reason: str


class SilenceList(Record):
    total: int
    silences: list[Silence]


class OnCall(Record):
    name: PersonName
    email: EmailAddress
    phone: PhoneNumber
    until: IsoDateTime


PROBLEMS: tuple[tuple[str, str, Level], ...] = (
    ("api-gateway", "5 percent of requests fail", "critical"),
    ("table-store", "Disk is 85 percent full", "minor"),
    ("upload-worker", "Queue is older than ten minutes", "major"),
)


def stamp(w: World, minutes: int = 0) -> str:
    """Now, or so many minutes from now."""
    return (w.now + timedelta(minutes=minutes)).isoformat(timespec="minutes")


def seed_alerts(w: World) -> list[Alert]:
    """Three alerts that fire since some hours."""
    draw = w.draw("alerts")
    return [
        Alert(
            alert_id=f"ALRT-{draw.bits() % 0x1000000:06X}", service=service, summary=summary, level=level,
            status="firing",
            since=stamp(w, -draw.between(5, 300)), handled_by=None,
        )
        for service, summary, level in PROBLEMS
    ]  # fmt: skip


def seed_nothing(w: World) -> list[Silence]:
    """No silence is set at first."""
    return []


ALERTS = Table("monitoring_alerts", key="alert_id", seed_rows=seed_alerts)
SILENCES = Table("monitoring_silences", key="silence_id", seed_rows=seed_nothing)
ALERT = {"alert_id": "@monitoring_alerts.alerts[0].alert_id"}


@monitoring.tool(example={}, kind="stateful")
def services(w: World) -> ServiceList:
    """List the running services with their repository and health."""
    rows = []
    for service, project in SERVICES:
        count = sum(row.service == service and row.status != "resolved" for row in ALERTS.all(w))
        rows.append(Service(service=service, repository=f"tidepool/{project}", healthy=not count, open_alerts=count))
    return ServiceList(total=len(rows), services=rows)


@monitoring.tool(example={"service": "api-gateway", "metric": "latency_ms"}, errors=[NotFound], kind="stateful")
def metric(w: World, service: ServiceName, metric: MetricName, hours: Annotated[int, Field(ge=1, le=24)] = 6) -> Series:
    """Show a service's latency, error rate or traffic hour by hour.

    service: The service, as given by monitoring_services.
    metric: What is measured.
    hours: How many past full hours, 1 to 24.
    """
    require_service(service)
    low, high = {"latency_ms": (20, 400), "error_percent": (0, 6), "requests_per_minute": (30, 900)}[metric]
    full = w.now.replace(minute=0)
    samples = []
    for back in range(hours, 0, -1):
        at = (full - timedelta(hours=back)).isoformat(timespec="minutes")
        samples.append(Sample(at=at, value=w.draw("metric", service, metric, at).amount(low, high)))
    mean = round(sum(sample.value for sample in samples) / len(samples), 2)
    return Series(service=service, metric=metric, mean=mean, samples=samples)


@monitoring.tool(example={}, errors=[NotFound], kind="stateful")
def alerts(w: World, service: ServiceName | None = None, status: AlertStatus = "firing", limit: Limit = 5) -> AlertList:
    """List alerts, the latest first; those of silenced services are left out.

    service: Only alerts of this service.
    status: Whether firing, acknowledged or resolved alerts are listed.
    limit: At most this many alerts.
    """
    if service is not None:
        require_service(service)
    quiet = [row.service for row in SILENCES.all(w) if row.until > stamp(w)] if status == "firing" else []
    rows = [row for row in ALERTS.all(w) if row.status == status and service in (None, row.service)]
    rows = sorted((row for row in rows if row.service not in quiet), key=lambda row: row.since, reverse=True)
    return AlertList(total=len(rows), alerts=rows[:limit])


@monitoring.tool(example=ALERT, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful")
def acknowledge(w: World, alert_id: AlertId) -> Alert:
    """Take a firing alert over, so that the others know the user is at it.

    alert_id: A firing alert, as given by monitoring_alerts.
    """
    row = ALERTS.get(w, alert_id)
    if row.status != "firing":
        raise FailedPrecondition(f"alert_id {alert_id} is {row.status} already")
    return ALERTS.put(w, row.model_copy(update={"status": "acknowledged", "handled_by": persona(w).name}))


@monitoring.tool(example=ALERT, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful")
def resolve(w: World, alert_id: AlertId) -> Alert:
    """Mark an alert as resolved by the user.

    alert_id: An alert that is firing or acknowledged.
    """
    row = ALERTS.get(w, alert_id)
    if row.status == "resolved":
        raise FailedPrecondition(f"alert_id {alert_id} is resolved already")
    return ALERTS.put(w, row.model_copy(update={"status": "resolved", "handled_by": persona(w).name}))


@monitoring.tool(
    example={"service": "table-store", "hours": 2, "reason": "Disk is being replaced"},
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def silence(w: World, service: ServiceName, hours: Annotated[int, Field(ge=1, le=48)], reason: str) -> Silence:
    """Keep the alerts of a service quiet for some hours.

    service: The service, as given by monitoring_services.
    hours: For how long, 1 to 48 hours.
    reason: Why, at most 200 characters.
    """
    require_service(service)
    require_short("reason", reason)
    if any(row.service == service and row.until > stamp(w) for row in SILENCES.all(w)):
        raise Conflict(f"service '{service}' is silenced already; see monitoring_silences")
    row = Silence(silence_id=w.new_id("SLNC"), service=service, until=stamp(w, 60 * hours), reason=reason)
    return SILENCES.put(w, row)


@monitoring.tool(example={}, kind="stateful")
def silences(w: World) -> SilenceList:
    """List the silences that are in force now."""
    rows = [row for row in SILENCES.all(w) if row.until > stamp(w)]
    return SilenceList(total=len(rows), silences=rows)


@monitoring.tool(
    example={"silence_id": "@monitoring_silence.silence_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def end_silence(w: World, silence_id: SilenceId) -> Silence:
    """End a silence before its time.

    silence_id: The silence, as given by monitoring_silences.
    """
    return SILENCES.remove(w, silence_id)


@monitoring.tool(example={"service": "api-gateway"}, errors=[NotFound], kind="stateful")
def on_call(w: World, service: ServiceName) -> OnCall:
    """Tell who is on call for a service until the coming midnight.

    service: The service, as given by monitoring_services.
    """
    require_service(service)
    team = team_of(w)
    person = team[(w.today.toordinal() + [name for name, _ in SERVICES].index(service)) % len(team)]
    until = w.now.replace(hour=0, minute=0) + timedelta(days=1)
    return OnCall(name=person.name, email=person.email, phone=person.phone, until=until.isoformat(timespec="minutes"))


def require_service(service: str) -> None:
    """Raises NotFound."""
    if service not in dict(SERVICES):
        raise NotFound(f"no service '{service[:60]}'; see monitoring_services")


def require_short(name: str, text: str) -> None:
    """Raises ResourceExhausted."""
    if len(text) > 200:
        raise ResourceExhausted(f"{name}: {len(text)} characters are over 200")
