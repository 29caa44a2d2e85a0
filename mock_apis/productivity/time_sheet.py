"""The rows behind the time sheet: projects and entries."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.core import Record, Table, World
from mock_apis.core.entities import Entity
from mock_apis.productivity.tasks import TaskId
from mock_apis.time.dates import Moment

ProjectId = Annotated[str, Field(pattern=r"^TTP-[0-9A-F]{6}$"), Entity("time_project.id")]
EntryId = Annotated[str, Field(pattern=r"^TTE-[0-9A-F]{6}$"), Entity("time_entry.id")]

PROJECTS = ("Website relaunch", "Customer survey", "Internal training", "Tax return")
NOTES = ("Planning", "Writing", "Review", "Call", "Research")


class Project(Record):
    project_id: ProjectId
    name: str


class Entry(Record):
    entry_id: EntryId
    project_id: ProjectId
    start: Moment
    minutes: int | None
    """Null while it runs."""
    note: str
    task_id: TaskId | None


def seed_projects(w: World) -> list[Project]:
    """Four projects."""
    draw = w.draw("time_projects")
    return [Project(project_id=f"TTP-{draw.bits() % 0x1000000:06X}", name=name) for name in PROJECTS]


def seed_entries(w: World) -> list[Entry]:
    """One or two finished entries on each of the ten days before today."""
    draw, projects = w.draw("time_entries"), TIME_PROJECTS.all(w)
    rows = []
    for back in range(10, 0, -1):
        for hour in (9, 14)[: draw.between(1, 2)]:
            day = w.today - timedelta(days=back)
            start = datetime(day.year, day.month, day.day, hour, draw.between(0, 40))
            row = Entry(
                entry_id=f"TTE-{draw.bits() % 0x1000000:06X}",
                project_id=draw.pick(projects).project_id,
                start=show(start),
                minutes=draw.between(3, 24) * 10,
                note=draw.pick(NOTES),
                task_id=None,
            )
            rows.append(row)
    return rows


TIME_PROJECTS = Table("time_projects", key="project_id", seed_rows=seed_projects)
ENTRIES = Table("time_entries", key="entry_id", seed_rows=seed_entries)


def show(moment: datetime) -> str:
    """The time to the minute as text."""
    return moment.isoformat(timespec="minutes")
