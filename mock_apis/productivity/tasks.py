"""To-do tasks of the persona."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound

tasks = Domain("tasks", category="productivity", description="The user's to-do list.")

TaskId = Annotated[str, Field(pattern=r"^TASK-[0-9A-F]{6}$"), Entity("task.id")]
Priority = Literal["low", "normal", "high"]


class Task(Record):
    task_id: TaskId
    title: str
    due: IsoDate | None
    priority: Priority
    done: bool


class TaskList(Record):
    total: int
    tasks: list[Task]


TITLES = ("Renew passport", "Water the plants", "Pay the electricity bill", "Book the dentist", "Clean the garage")


def seed_tasks(w: World) -> list[Task]:
    """Five open tasks, due between three days ago and three weeks from now."""
    draw = w.draw("tasks")
    return [
        Task(
            task_id=f"TASK-{draw.bits() % 0x1000000:06X}",
            title=title,
            due=(w.today + timedelta(days=draw.between(-3, 21))).isoformat(),
            priority=draw.pick(("low", "normal", "high")),
            done=False,
        )
        for title in TITLES
    ]


TASKS = Table("tasks", key="task_id", seed_rows=seed_tasks)


@tasks.tool(example={"title": "Buy stamps", "due": "2025-12-01"}, writes=True, kind="stateful")
def create(w: World, title: str, due: IsoDate | None = None, priority: Priority = "normal") -> Task:
    """Add a task to the user's to-do list.

    title: What is to be done.
    due: Day by which it is to be done, YYYY-MM-DD; no such day if left out.
    priority: How much it matters.
    """
    return TASKS.put(w, Task(task_id=w.new_id("TASK"), title=title, due=due, priority=priority, done=False))


@tasks.tool(example={}, kind="stateful")
def list_(w: World, priority: Priority | None = None, due_by: IsoDate | None = None, limit: Limit = 5) -> TaskList:
    """List the open tasks, soonest first and those without a due date last.

    priority: Only tasks of this priority.
    due_by: Only tasks due on or before this day, YYYY-MM-DD.
    limit: At most this many.
    """
    found = [task for task in TASKS.all(w) if not task.done and priority in (None, task.priority)]
    if due_by is not None:
        found = [task for task in found if task.due and task.due <= due_by]
    found.sort(key=lambda task: (task.due is None, task.due or "", task.task_id))
    return TaskList(total=len(found), tasks=found[:limit])


@tasks.tool(example={"task_id": "@tasks_create.task_id"}, errors=[NotFound], kind="stateful")
def get(w: World, task_id: TaskId) -> Task:
    """Show one task, whether open or done.

    task_id: The task, as given when it was created or listed.
    """
    return TASKS.get(w, task_id)


@tasks.tool(
    example={"task_id": "@tasks_create.task_id", "due": "2025-12-15"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def set_due_date(w: World, task_id: TaskId, due: IsoDate) -> Task:
    """Change the day by which an open task is to be done.

    task_id: A task that is not done yet.
    due: The new day, YYYY-MM-DD.
    """
    return TASKS.put(w, get_open(w, task_id).model_copy(update={"due": due}))


@tasks.tool(
    example={"task_id": "@tasks_create.task_id"}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful"
)
def complete(w: World, task_id: TaskId) -> Task:
    """Mark an open task of the to-do list as done.

    task_id: The task, as given when it was created or listed.
    """
    return TASKS.put(w, get_open(w, task_id).model_copy(update={"done": True}))


@tasks.tool(example={"task_id": "@tasks_create.task_id"}, errors=[NotFound], writes=True, kind="stateful")
def delete(w: World, task_id: TaskId) -> Task:
    """Remove a task, open or done, and return what was removed.

    task_id: The task, as given when it was created or listed.
    """
    return TASKS.remove(w, task_id)


def get_open(w: World, task_id: str) -> Task:
    """The task. Raises NotFound, or FailedPrecondition if it is done."""
    task = TASKS.get(w, task_id)
    if task.done:
        raise FailedPrecondition(f"task_id {task_id} is done already")
    return task
