"""What the writer of queries and responses is told."""

from collections.abc import Callable
from datetime import date
from typing import get_args

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.audit import Finding, FindingKind
from toolgrad_local.data_model.style import Style
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.loop.points import MOST_FAULTS, describe_faults, describe_speaker, list_points

TODAY = date(2025, 1, 2)
WORDING: dict[FindingKind, tuple[str, str]] = {
    "untraced_argument": ("start_date = 2024-05-20", 'leaves out "2024-05-20" (start date)'),
    "leaked_id": ("LOT-1A2B3C", "says LOT-1A2B3C, which the user cannot know"),
    "names_tool": ("parking_lots", 'says "parking_lots", which is no word for a user'),
    "names_parameter": ("lot_id", 'says "lot_id", which is no word for a user'),
    "technical_wording": ("JSON", 'says "JSON", which is no word for a user'),
    "not_user_voice": ("Sure", 'says "Sure", which is not how the user would ask'),
    "unused_figure": ("30", "says 30, which is in no point"),
    "call_not_asked": ("parking_lots", "asks nothing for point 2"),
    "invented_figure": ("3.15", "says 3.15, which is in no result"),
    "invented_date": ("May 21", "says May 21, which is in no result"),
    "invented_name": ("Falcon Air", "says Falcon Air, which is in no result"),
    "call_not_used": ("parking_lots", "says nothing of the result of point 2"),
    "response_wording": ("The user", 'says "The user", which is no word for a user'),
}
PLAIN = Style(persona="", situation="", tone="", length="", explicitness="")


def test_a_point_says_what_a_call_does_what_it_takes_and_what_comes_from_another(
    catalog: Catalog, make_calls: Callable[..., Workflow]
) -> None:
    workflow = make_calls(
        ("parking_lots", {"city": "Paris"}),
        ("parking_start_session", {"lot_id": "@0.lots.0.lot_id", "plate": "AB12CD", "minutes": 45}),
        ("tasks_create", {"title": "Pay", "priority": "normal"}),
    )
    assert list_points(workflow, catalog.tools, TODAY) == [
        'List the car parks of a city with their rates and free spaces, cheapest first. city "Paris"',
        'Park a car from now on for some minutes. plate "AB12CD", minutes 45; the lot comes from 1',
        'Add a task to my to-do list. title "Pay"',
    ]


def test_the_values_of_a_list_are_told_behind_one_name(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    (point,) = list_points(make_calls(("statistics_describe", {"values": [3, 5, 8]})), catalog.tools, TODAY)
    assert point.endswith(" values 3, 5, 8")


def test_todays_date_is_told_to_be_todays(catalog: Catalog, make_calls: Callable[..., Workflow]) -> None:
    for day, end in (("2025-01-02", '"2025-01-02" (today)'), ("2025-01-03", '"2025-01-03"')):
        (point,) = list_points(make_calls(("tasks_create", {"title": "Pay", "due": day})), catalog.tools, TODAY)
        assert point.endswith(f"due {end}")


@pytest.mark.parametrize("kind", get_args(FindingKind))
def test_each_kind_of_finding_has_its_wording(kind: FindingKind) -> None:
    detail, said = WORDING[kind]
    assert describe_faults([Finding(kind=kind, detail=detail, link=1)], Workflow()) == [said]


def test_faults_are_told_once_each_and_not_too_many() -> None:
    findings = [Finding(kind="unused_figure", detail=str(number // 2)) for number in range(20)]
    told = describe_faults(findings, Workflow())
    assert told == [f"says {number}, which is in no point" for number in range(MOST_FAULTS)]


@pytest.mark.parametrize(
    ("style", "said"),
    [
        pytest.param(PLAIN, "a user", id="plain"),
        pytest.param(
            Style(persona="a nurse", situation="", tone="brisk", length="one sentence", explicitness=""),
            "a nurse, brisk, one sentence",
            id="some",
        ),
        pytest.param(PLAIN.model_copy(update={"language": "French"}), "a user, writes in French", id="language"),
    ],
)
def test_a_speaker_is_described_in_a_line(style: Style, said: str) -> None:
    assert describe_speaker(style) == said
