"""Hours that the persona spends on projects; at most one entry runs at a time."""

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.productivity.tasks import TaskId, get_open
from mock_apis.productivity.time_sheet import ENTRIES, TIME_PROJECTS, Entry, EntryId, Project, ProjectId, show
from mock_apis.time.dates import CalendarDay, Moment

time_tracking = Domain("time_tracking", category="productivity", description="The user's time sheet, by project.")

MinutesSpent = Annotated[int, Field(ge=1, le=1440)]


class ProjectList(Record):
    total: int
    projects: list[Project]


class EntryList(Record):
    total: int
    minutes: int
    """Of all of them, shown or not; a running one counts as 0."""
    entries: list[Entry]


class ProjectTime(Record):
    project_id: ProjectId
    name: str
    minutes: int
    entries: int


class Summary(Record):
    first_day: CalendarDay
    last_day: CalendarDay
    minutes: int
    projects: list[ProjectTime]


class DayTime(Record):
    date: CalendarDay
    minutes: int


class WeekSheet(Record):
    minutes: int
    days: list[DayTime]


@time_tracking.tool(example={}, kind="stateful")
def projects(w: World, limit: Limit = 10) -> ProjectList:
    """List the projects of the time sheet by name.

    limit: At most this many projects.
    """
    rows = sorted(TIME_PROJECTS.all(w), key=lambda row: (row.name, row.project_id))
    return ProjectList(total=len(rows), projects=rows[:limit])


@time_tracking.tool(example={"name": "Garden plan"}, errors=[Conflict], writes=True, kind="stateful")
def create_project(w: World, name: str) -> Project:
    """Add a project on which time can be booked.

    name: Name that no other project has; case does not matter.
    """
    if not name.strip():
        raise InvalidArgument("name: it is empty")
    for row in TIME_PROJECTS.all(w):
        if row.name.casefold() == name.strip().casefold():
            raise Conflict(f"name '{name}' is taken by {row.project_id}")
    return TIME_PROJECTS.put(w, Project(project_id=w.new_id("TTP"), name=name.strip()))


@time_tracking.tool(
    example={"project_id": "@time_tracking_projects.projects[0].project_id", "task_id": "@tasks_create.task_id"},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def start(w: World, project_id: ProjectId, note: str = "", task_id: TaskId | None = None) -> Entry:
    """Start to record time on a project from now on; only one entry may run.

    project_id: The project, as given by time_tracking_projects.
    note: What is being done.
    task_id: Open task of the to-do list that is worked on.
    """
    TIME_PROJECTS.get(w, project_id)
    if task_id is not None:
        get_open(w, task_id)
    for row in ENTRIES.all(w):
        if row.minutes is None:
            raise Conflict(f"entry {row.entry_id} is running since {row.start}; stop it first")
    return add_entry(w, project_id, show(w.now), None, note, task_id)


@time_tracking.tool(
    example={"entry_id": "@time_tracking_start.entry_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def stop(w: World, entry_id: EntryId) -> Entry:
    """Stop a running time entry; its minutes up to now are booked.

    entry_id: The entry, as given by time_tracking_start.
    """
    row = ENTRIES.get(w, entry_id)
    if row.minutes is not None:
        raise FailedPrecondition(f"entry_id {entry_id} was stopped after {row.minutes} minutes")
    spent = int((w.now - datetime.fromisoformat(row.start)).total_seconds()) // 60
    return ENTRIES.put(w, row.model_copy(update={"minutes": spent}))


@time_tracking.tool(
    example={
        "project_id": "@time_tracking_create_project.project_id",
        "start": "2024-01-05T09:00",
        "minutes": 90,
        "note": "Sketches",
    },
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def log(w: World, project_id: ProjectId, start: Moment, minutes: MinutesSpent, note: str = "") -> Entry:
    """Book time on a project afterwards, where no other entry lies.

    project_id: The project, as given by time_tracking_projects.
    start: Local start in the past, YYYY-MM-DDTHH:MM.
    minutes: How long it took, 1 to 1440.
    note: What was done.
    """
    TIME_PROJECTS.get(w, project_id)
    try:
        end = datetime.fromisoformat(start) + timedelta(minutes=minutes)
    except OverflowError:
        end = datetime.max
    if end > w.now:
        raise InvalidArgument(f"start {start} and {minutes} minutes end after now ({show(w.now)})")
    for row in ENTRIES.all(w):
        if row.start < show(end) and start < end_of(w, row):
            raise Conflict(f"start {start}: entry {row.entry_id} lies from {row.start} to {end_of(w, row)}")
    return add_entry(w, project_id, start, minutes, note, None)


@time_tracking.tool(example={}, errors=[NotFound], kind="stateful")
def entries(
    w: World,
    project_id: ProjectId | None = None,
    first_day: CalendarDay | None = None,
    last_day: CalendarDay | None = None,
    limit: Limit = 5,
) -> EntryList:
    """List time entries, newest first, with their total of minutes.

    project_id: Only entries of this project.
    first_day: Only entries that start on or after this day, YYYY-MM-DD.
    last_day: Only entries that start on or before this day, YYYY-MM-DD.
    limit: At most this many entries.
    """
    if project_id is not None:
        TIME_PROJECTS.get(w, project_id)
    found = between(w, first_day or "0001-01-01", last_day or "9999-12-31")
    found = [row for row in found if project_id in (None, row.project_id)]
    found.sort(key=lambda row: (row.start, row.entry_id), reverse=True)
    return EntryList(total=len(found), minutes=total_minutes(found), entries=found[:limit])


@time_tracking.tool(example={"first_day": "2024-01-01", "last_day": "2026-12-31"}, kind="stateful")
def summary(w: World, first_day: CalendarDay, last_day: CalendarDay) -> Summary:
    """Sum up the time booked on each project within a period.

    first_day: First day that counts, YYYY-MM-DD.
    last_day: Last day that counts, YYYY-MM-DD.
    """
    if last_day < first_day:
        raise InvalidArgument(f"last_day {last_day} is before first_day {first_day}")
    found = between(w, first_day, last_day)
    rows = [_sum_up(project, found) for project in TIME_PROJECTS.all(w)]
    rows = [row for row in rows if row.entries]
    rows.sort(key=lambda row: (-row.minutes, row.project_id))
    return Summary(first_day=first_day, last_day=last_day, minutes=total_minutes(found), projects=rows[:20])


@time_tracking.tool(example={"day": "@dates_iso_week.monday"}, kind="stateful")
def week(w: World, day: CalendarDay) -> WeekSheet:
    """Show the minutes booked on each day of the week that holds a date.

    day: Any day of the week, Monday to Sunday, YYYY-MM-DD.
    """
    ordinal = date.fromisoformat(day).toordinal()
    monday = ordinal - date.fromisoformat(day).weekday()
    days = [date.fromordinal(number).isoformat() for number in range(monday, min(monday + 7, date.max.toordinal() + 1))]
    rows = [DayTime(date=each, minutes=total_minutes(between(w, each, each))) for each in days]
    return WeekSheet(minutes=sum(row.minutes for row in rows), days=rows)


@time_tracking.tool(
    example={"entry_id": "@time_tracking_log.entry_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete_entry(w: World, entry_id: EntryId) -> Entry:
    """Remove a time entry, running or finished, and return what was removed.

    entry_id: The entry, as given when it was started, booked or listed.
    """
    return ENTRIES.remove(w, entry_id)


def add_entry(w: World, project_id: str, start: str, minutes: int | None, note: str, task_id: str | None) -> Entry:
    """A new row."""
    entry_id = w.new_id("TTE")
    row = Entry(entry_id=entry_id, project_id=project_id, start=start, minutes=minutes, note=note, task_id=task_id)
    return ENTRIES.put(w, row)


def between(w: World, first_day: str, last_day: str) -> list[Entry]:
    """The entries that start on these days."""
    return [row for row in ENTRIES.all(w) if first_day <= row.start[:10] <= last_day]


def total_minutes(rows: list[Entry]) -> int:
    """Their booked minutes."""
    return sum(row.minutes or 0 for row in rows)


def end_of(w: World, row: Entry) -> str:
    """When the entry ended; now if it runs."""
    if row.minutes is None:
        return show(w.now)
    return show(datetime.fromisoformat(row.start) + timedelta(minutes=row.minutes))


def _sum_up(project: Project, found: list[Entry]) -> ProjectTime:
    own = [row for row in found if row.project_id == project.project_id]
    return ProjectTime(**project.model_dump(), minutes=total_minutes(own), entries=len(own))
