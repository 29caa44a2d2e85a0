"""Reminders, alarms, timers and time sheets follow the world's clock."""

from datetime import timedelta
from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument
from mock_apis.productivity.calendar import calendar
from mock_apis.productivity.clock import clock
from mock_apis.productivity.reminders import reminders
from mock_apis.productivity.tasks import tasks
from mock_apis.productivity.time_tracking import time_tracking

DOMAINS = (calendar, clock, reminders, tasks, time_tracking)
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}


def run(world: World, tool: str, **arguments: Any) -> Any:
    return TOOLS[tool].run(world, arguments)


def test_reminders_are_set_ahead_and_completed_once() -> None:
    world = World(1)
    with pytest.raises(InvalidArgument):
        run(world, "reminders_create", text="Too late", at="2020-01-01T09:00")
    row = run(world, "reminders_create", text="Call", at="2027-01-01T09:00")
    run(world, "reminders_complete", reminder_id=row["reminder_id"])
    with pytest.raises(FailedPrecondition):
        run(world, "reminders_snooze", reminder_id=row["reminder_id"])


def test_a_reminder_of_an_event_comes_up_before_it() -> None:
    world = World(1)
    event = run(world, "calendar_create_event", title="Dinner", start="2027-05-01T19:00")
    row = run(world, "reminders_create_before_event", event_id=event["event_id"], minutes_before=45)
    assert (row["at"], row["text"]) == ("2027-05-01T18:15", "Dinner")


def test_exactly_the_past_reminder_is_due() -> None:
    world = World(1)
    due = run(world, "reminders_list", only_due=True)
    assert due["total"] == 1
    run(world, "reminders_snooze", reminder_id=due["reminders"][0]["reminder_id"], minutes=60)
    assert run(world, "reminders_list", only_due=True)["total"] == 0


def test_a_single_alarm_rings_within_a_day_and_a_weekly_one_on_its_days() -> None:
    world = World(1)
    once = run(world, "clock_set_alarm", time="06:10")
    assert world.now.isoformat() < once["rings_at"] <= (world.now + timedelta(days=1)).isoformat()
    weekly = run(world, "clock_set_alarm", time="06:10", days=["sunday"])
    assert weekly["rings_at"].endswith("T06:10")
    with pytest.raises(Conflict):
        run(world, "clock_set_alarm", time="06:10", days=["sunday"])
    assert run(world, "clock_switch_alarm", alarm_id=weekly["alarm_id"], enabled=False)["rings_at"] is None


def test_a_paused_timer_keeps_its_minutes() -> None:
    world = World(1)
    timer = run(world, "clock_start_timer", minutes=30)["timer_id"]
    left = run(world, "clock_pause_timer", timer_id=timer)["minutes_left"]
    for _ in range(5):
        run(world, "tasks_create", title="Something else")
    assert run(world, "clock_list_timers", state="paused")["timers"][0]["minutes_left"] == left
    with pytest.raises(FailedPrecondition):
        run(world, "clock_pause_timer", timer_id=timer)


def test_a_timer_finishes_as_the_clock_moves() -> None:
    world = World(1)
    timer = run(world, "clock_start_timer", minutes=3)["timer_id"]
    for _ in range(5):
        run(world, "tasks_create", title="Something else")
    assert run(world, "clock_list_timers", state="finished")["timers"][0]["timer_id"] == timer


def test_one_time_entry_runs_at_a_time_and_stops_once() -> None:
    world = World(1)
    project = run(world, "time_tracking_projects")["projects"][0]["project_id"]
    entry = run(world, "time_tracking_start", project_id=project)["entry_id"]
    with pytest.raises(Conflict):
        run(world, "time_tracking_start", project_id=project)
    assert run(world, "time_tracking_stop", entry_id=entry)["minutes"] >= 1
    with pytest.raises(FailedPrecondition):
        run(world, "time_tracking_stop", entry_id=entry)


def test_booked_time_adds_up_and_does_not_overlap() -> None:
    world = World(1)
    project = run(world, "time_tracking_create_project", name="Garden plan")["project_id"]
    for start in ("2024-01-03T09:00", "2024-01-03T13:00"):
        run(world, "time_tracking_log", project_id=project, start=start, minutes=90)
    with pytest.raises(Conflict):
        run(world, "time_tracking_log", project_id=project, start="2024-01-03T10:00", minutes=60)
    assert run(world, "time_tracking_week", day="2024-01-05")["days"][2]["minutes"] == 180
    total = run(world, "time_tracking_summary", first_day="2024-01-01", last_day="2024-01-07")
    assert total["projects"] == [{"project_id": project, "name": "Garden plan", "minutes": 180, "entries": 2}]
