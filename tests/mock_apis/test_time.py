"""Dates, holidays, working days, schedules and calendars against values known independently."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.time.business_days import business_days
from mock_apis.time.cron_schedules import cron_schedules
from mock_apis.time.dates import dates
from mock_apis.time.holidays import holidays
from mock_apis.time.recurrence import recurrence
from mock_apis.time.world_calendars import world_calendars

DOMAINS = (business_days, cron_schedules, dates, holidays, recurrence, world_calendars)
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}


def run(name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(World(1), arguments)


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    assert run("dates_add", date="2025-01-31", months=1) == {"date": "2025-02-28", "weekday": "friday"}
    with pytest.raises(InvalidArgument):
        run("dates_add", date="9999-12-31", days=1)


def test_days_between_the_moon_landing_and_the_fall_of_the_wall() -> None:
    apart = run("dates_difference", first="1969-07-20", second="1989-11-09")
    assert apart == {"days": 7417, "years": 20, "months": 3, "rest_days": 20}


def test_a_date_is_described_with_its_iso_week() -> None:
    day = run("dates_describe", date="2024-12-30")
    assert (day["weekday"], day["iso_year"], day["iso_week"], day["day_of_year"]) == ("monday", 2025, 1, 365)
    assert day["leap_year"]


@pytest.mark.parametrize(
    ("year", "rite", "day"),
    [(2025, "western", "2025-04-20"), (2024, "western", "2024-03-31"), (2024, "orthodox", "2024-05-05")],
)
def test_easter(year: int, rite: str, day: str) -> None:
    assert run("dates_easter", year=year, rite=rite)["date"] == day


def test_thanksgiving_and_a_fifth_friday_that_does_not_exist() -> None:
    assert run("dates_nth_weekday", year=2025, month=11, weekday="thursday", nth=4)["date"] == "2025-11-27"
    with pytest.raises(NotFound):
        run("dates_nth_weekday", year=2025, month=11, weekday="friday", nth=5)


def test_the_billionth_second_of_unix_time() -> None:
    there = run("dates_from_unix", unix_seconds=1_000_000_000, timezone="America/New_York")
    assert (there["utc"], there["local"]) == ("2001-09-09T01:46", "2001-09-08T21:46")
    assert run("dates_to_unix", at="2001-09-08T21:46", timezone="America/New_York")["unix_seconds"] == 999_999_960


def test_holidays_have_english_names_and_follow_the_part_of_the_country() -> None:
    assert run("holidays_check", country="US", date="2025-07-04")["names"] == ["Independence Day"]
    assert run("holidays_check", country="FR", date="2025-07-14")["holiday"]
    assert not run("holidays_check", country="DE", date="2025-01-06")["holiday"]
    assert run("holidays_check", country="DE", date="2025-01-06", subdivision="BY")["names"] == ["Epiphany"]


def test_the_holidays_that_ireland_and_france_share() -> None:
    shared = run("holidays_shared", first="IE", second="FR", year=2025)["holidays"]
    assert [day["date"] for day in shared] == ["2025-01-01", "2025-04-21", "2025-12-25"]


def test_easter_is_a_long_weekend_in_germany() -> None:
    stretches = run("holidays_long_weekends", country="DE", year=2025)["long_weekends"]
    assert {"first_day": "2025-04-18", "last_day": "2025-04-21", "days": 4} in [
        {key: row[key] for key in ("first_day", "last_day", "days")} for row in stretches
    ]


def test_working_days_skip_easter_and_the_weekend_of_the_country() -> None:
    assert run("business_days_add", country="DE", start="2025-04-17", days=1)["date"] == "2025-04-22"
    assert run("business_days_add", country="US", start="2025-07-03", days=-1)["date"] == "2025-07-02"
    assert not run("business_days_check", country="SA", date="2025-03-14")["business_day"]
    count = run("business_days_count", country="US", first="2025-11-01", last="2025-11-30")
    assert count == {"business_days": 18, "weekend_days": 10, "holidays": 2}


def test_eight_working_hours_go_on_after_easter() -> None:
    due = run("business_days_deadline", country="DE", start="2025-04-17T15:30", hours=8)["due"]
    assert due == "2025-04-22T15:30"
    assert run("business_days_nth_of_month", country="GB", year=2025, month=8, nth=-1)["date"] == "2025-08-29"


def test_cron_runs_forwards_and_backwards() -> None:
    runs = run("cron_schedules_next_runs", expression="30 9 * * 1-5", after="2025-03-14T12:00", count=2)["runs"]
    assert runs == ["2025-03-17T09:30", "2025-03-18T09:30"]
    back = run("cron_schedules_previous_runs", expression="0 0 29 2 *", before="2025-01-01T00:00", count=2)["runs"]
    assert back == ["2024-02-29T00:00", "2020-02-29T00:00"]


def test_cron_days_of_month_and_weekdays_add_up() -> None:
    total = run(
        "cron_schedules_count_runs", expression="0 8 13 * fri", start="2025-06-01T00:00", end="2025-07-01T00:00"
    )
    assert total["total"] == 4
    assert run("cron_schedules_explain", expression="*/20 0 1 * *")["minutes"] == "0,20,40"


def test_cron_refuses_what_never_fires_or_cannot_be_read() -> None:
    with pytest.raises(FailedPrecondition):
        run("cron_schedules_next_runs", expression="0 0 30 2 *")
    with pytest.raises(InvalidArgument, match="hour"):
        run("cron_schedules_explain", expression="0 24 * * *")


def test_rules_recur_on_the_last_friday_and_on_friday_the_thirteenth() -> None:
    last = run("recurrence_expand", rule="FREQ=MONTHLY;BYDAY=-1FR", start="2025-01-01", count=3)["days"]
    assert [day["date"] for day in last] == ["2025-01-31", "2025-02-28", "2025-03-28"]
    unlucky = run("recurrence_expand", rule="FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", start="2025-01-01", count=2)
    assert [day["date"] for day in unlucky["days"]] == ["2025-06-13", "2026-02-13"]


def test_a_rule_ends_and_impossible_ones_are_refused() -> None:
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=2"
    hit = run("recurrence_check", rule=rule, start="2025-01-07", date="2025-01-21")
    assert hit["occurs"]
    assert hit["next_day"] is None
    with pytest.raises(InvalidArgument, match="never"):
        run("recurrence_expand", rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", start="2025-01-01")


@pytest.mark.parametrize(
    ("calendar", "parts"),
    [
        ("persian", (1404, 1, 1)),
        ("hebrew", (5785, 12, 21)),
        ("julian", (2025, 3, 8)),
        ("indian", (1946, 12, 30)),
        ("coptic", (1741, 7, 12)),
    ],
)
def test_the_spring_of_2025_in_other_calendars(calendar: str, parts: tuple[int, int, int]) -> None:
    day = run("world_calendars_convert", date="2025-03-21", calendar=calendar)
    assert (day["year"], day["month"], day["day"]) == parts
    back = run("world_calendars_to_gregorian", calendar=calendar, year=parts[0], month=parts[1], day=parts[2])
    assert back["gregorian"] == "2025-03-21"


def test_new_years_eras_and_the_long_count() -> None:
    assert run("world_calendars_new_year", calendar="hebrew", gregorian_year=2025)["gregorian"] == "2025-09-23"
    assert run("world_calendars_months", calendar="hebrew", year=5784)["months"][11:] == ["Adar I", "Adar II"]
    assert run("world_calendars_japanese_era", date="2019-04-30")["year_of_era"] == 31
    assert run("world_calendars_mayan_long_count", date="2012-12-21")["long_count"] == "13.0.0.0.0"
