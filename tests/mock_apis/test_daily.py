"""What the persona's own services promise: account, contacts, mail, calendar, tasks, notes, issues, tables."""

from typing import Any

import pytest

from mock_apis.account.account import account
from mock_apis.communication.contacts import contacts
from mock_apis.communication.email import email
from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import HOMES, people, persona
from mock_apis.developer.issue_tracker import issue_tracker
from mock_apis.food.restaurants import restaurants
from mock_apis.productivity.calendar import calendar
from mock_apis.productivity.notes import notes
from mock_apis.productivity.tasks import tasks

DAY = "2025-12-12"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_profile_is_the_persona_that_other_domains_know(w: World) -> None:
    assert call(w, account, "profile") == persona(w).model_dump()


def test_default_address_moves_and_is_never_removed(w: World) -> None:
    home, work = call(w, account, "addresses")["addresses"]
    assert home["default"]
    assert home["city"] == persona(w).city
    with pytest.raises(FailedPrecondition, match=home["address_id"]):
        call(w, account, "remove_address", address_id=home["address_id"])
    call(w, account, "set_default_address", address_id=work["address_id"])
    call(w, account, "remove_address", address_id=home["address_id"])
    assert [row["default"] for row in call(w, account, "addresses")["addresses"]] == [True]


def test_address_labels_are_unique(w: World) -> None:
    with pytest.raises(Conflict, match="Home"):
        call(w, account, "add_address", label="Home", street="1 Hill Road", city="Paris", country="FR")


def test_preference_takes_only_its_own_values(w: World) -> None:
    call(w, account, "set_preference", name="seat", value="aisle")
    assert {"name": "seat", "value": "aisle"} in call(w, account, "preferences")["preferences"]
    with pytest.raises(InvalidArgument, match="aisle, window"):
        call(w, account, "set_preference", name="seat", value="dark")


def test_contacts_are_the_people_of_the_world(w: World) -> None:
    known = people(w)
    found = call(w, contacts, "search", query=known[3].name.upper())
    assert [row["email"] for row in found["contacts"]] == [known[3].email]
    assert call(w, contacts, "search", limit=20)["total"] == len(known)
    assert call(w, contacts, "search", query="no such person") == {"total": 0, "contacts": []}


def test_two_contacts_never_share_an_email(w: World) -> None:
    first, second = call(w, contacts, "search", limit=2)["contacts"]
    with pytest.raises(Conflict, match=first["contact_id"]):
        call(w, contacts, "create", name="Ada Reyes", email=first["email"])
    with pytest.raises(Conflict):
        call(w, contacts, "update", contact_id=second["contact_id"], email=first["email"])
    call(w, contacts, "delete", contact_id=first["contact_id"])
    call(w, contacts, "update", contact_id=second["contact_id"], email=first["email"])


def test_birthdays_lie_ahead_in_order(w: World) -> None:
    dates = [row["date"] for row in call(w, contacts, "upcoming_birthdays", days=365, limit=20)["birthdays"]]
    assert dates == sorted(dates)
    assert dates[0] >= w.today.isoformat()


def test_reply_goes_to_the_sender_and_is_filed_under_sent(w: World) -> None:
    mail = call(w, email, "list", unread_only=True)["emails"][0]
    sent = call(w, email, "reply", email_id=mail["email_id"], body="Fine.")
    assert (sent["to"], sent["subject"]) == (mail["sender"], f"Re: {mail['subject']}")
    assert not call(w, email, "get", email_id=mail["email_id"])["unread"]
    assert call(w, email, "list", folder="sent")["emails"][0]["email_id"] == sent["email_id"]
    with pytest.raises(FailedPrecondition):
        call(w, email, "reply", email_id=sent["email_id"], body="Again.")


def test_mail_is_archived_once_and_still_found(w: World) -> None:
    mail = call(w, email, "search", query="invoice")["emails"][0]
    call(w, email, "archive", email_id=mail["email_id"])
    assert call(w, email, "list", limit=20)["total"] == 7
    assert call(w, email, "search", query="INVOICE")["total"] == 1
    with pytest.raises(FailedPrecondition, match="archive"):
        call(w, email, "archive", email_id=mail["email_id"])
    with pytest.raises(ResourceExhausted):
        call(w, email, "send", to="a@b.example", subject="Long", body="x" * 2001)


def test_contact_can_be_written_to_and_invited(w: World) -> None:
    contact = call(w, contacts, "search", limit=1)["contacts"][0]
    call(w, email, "send", to=contact["email"], subject="Dinner", body="Friday?")
    event = call(w, calendar, "create_event", title="Dinner", start=f"{DAY}T19:00")
    invited = call(w, calendar, "invite", event_id=event["event_id"], email=contact["email"])
    assert invited["guests"] == [contact["email"]]
    with pytest.raises(Conflict):
        call(w, calendar, "invite", event_id=event["event_id"], email=contact["email"])
    with pytest.raises(InvalidArgument):
        call(w, calendar, "invite", event_id=event["event_id"], email=persona(w).email)


def test_calendar_is_never_booked_twice(w: World) -> None:
    first = call(w, calendar, "create_event", title="A", start=f"{DAY}T10:00", minutes=60)
    call(w, calendar, "create_event", title="B", start=f"{DAY}T11:00", minutes=30)
    with pytest.raises(Conflict, match=first["event_id"]):
        call(w, calendar, "create_event", title="C", start=f"{DAY}T10:59", minutes=5)
    with pytest.raises(Conflict):
        call(w, calendar, "move_event", event_id=first["event_id"], start=f"{DAY}T10:30")
    moved = call(w, calendar, "move_event", event_id=first["event_id"], start=f"{DAY}T09:30")
    assert moved["end"] == f"{DAY}T10:30"


def test_free_slots_are_the_gaps_between_events(w: World) -> None:
    call(w, calendar, "create_event", title="A", start=f"{DAY}T08:00", minutes=90)
    event = call(w, calendar, "create_event", title="B", start=f"{DAY}T10:00", minutes=60)
    slots = call(w, calendar, "find_free_slot", day=DAY, minutes=60)["slots"]
    assert slots == [{"start": f"{DAY}T11:00", "end": f"{DAY}T18:00"}]
    assert call(w, calendar, "find_free_slot", day=DAY, minutes=30)["total"] == 2
    call(w, calendar, "cancel_event", event_id=event["event_id"])
    assert call(w, calendar, "find_free_slot", day=DAY)["slots"][0]["start"] == f"{DAY}T09:30"


def test_cancelled_event_cannot_be_cancelled_or_moved(w: World) -> None:
    event = call(w, calendar, "list_events")["events"][0]
    call(w, calendar, "cancel_event", event_id=event["event_id"])
    with pytest.raises(FailedPrecondition):
        call(w, calendar, "cancel_event", event_id=event["event_id"])
    with pytest.raises(FailedPrecondition):
        call(w, calendar, "move_event", event_id=event["event_id"], start=f"{DAY}T10:00")
    assert call(w, calendar, "list_events")["total"] == 5


def test_done_task_leaves_the_list_and_keeps_its_due_date(w: World) -> None:
    task = call(w, tasks, "create", title="Buy stamps", due="2024-01-01")
    assert call(w, tasks, "list", due_by="2024-01-01")["tasks"] == [task]
    call(w, tasks, "set_due_date", task_id=task["task_id"], due="2024-01-02")
    call(w, tasks, "complete", task_id=task["task_id"])
    assert call(w, tasks, "list", due_by="2024-01-02")["total"] == 0
    for tool, more in (("complete", {}), ("set_due_date", {"due": DAY})):
        with pytest.raises(FailedPrecondition, match=task["task_id"]):
            call(w, tasks, tool, task_id=task["task_id"], **more)
    assert call(w, tasks, "get", task_id=task["task_id"])["done"]


def test_deleted_task_and_note_are_gone(w: World) -> None:
    task = call(w, tasks, "list")["tasks"][0]
    call(w, tasks, "delete", task_id=task["task_id"])
    with pytest.raises(NotFound, match=task["task_id"]):
        call(w, tasks, "get", task_id=task["task_id"])
    note = call(w, notes, "search", query="bike")["notes"][0]
    call(w, notes, "delete", note_id=note["note_id"])
    assert call(w, notes, "search", query="bike")["total"] == 0


def test_note_grows_up_to_its_limit(w: World) -> None:
    note = call(w, notes, "create", title="Trip", text="Passport")
    assert call(w, notes, "append", note_id=note["note_id"], text="Towel")["text"] == "Passport\nTowel"
    assert call(w, notes, "search")["notes"][0]["note_id"] == note["note_id"]
    with pytest.raises(ResourceExhausted):
        call(w, notes, "append", note_id=note["note_id"], text="x" * 1990)


def test_issue_is_assigned_within_the_team_and_closed_once(w: World) -> None:
    issue = call(w, issue_tracker, "create", title="Crash", description="On start.")
    member = call(w, issue_tracker, "team")["members"][1]["email"]
    call(w, issue_tracker, "assign", issue_id=issue["issue_id"], assignee=member)
    assert issue["issue_id"] in [
        row["issue_id"] for row in call(w, issue_tracker, "list", assignee=member, limit=20)["issues"]
    ]
    with pytest.raises(NotFound, match="stranger"):
        call(w, issue_tracker, "assign", issue_id=issue["issue_id"], assignee="stranger@post.example")
    call(w, issue_tracker, "close", issue_id=issue["issue_id"], resolution="fixed")
    with pytest.raises(FailedPrecondition):
        call(w, issue_tracker, "close", issue_id=issue["issue_id"], resolution="fixed")
    assert call(w, issue_tracker, "reopen", issue_id=issue["issue_id"])["resolution"] is None


def test_comments_name_the_user_and_are_bounded(w: World) -> None:
    issue = call(w, issue_tracker, "list")["issues"][0]["issue_id"]
    for _ in range(8):
        last = call(w, issue_tracker, "comment", issue_id=issue, text="Seen.")
    assert {row["author"] for row in last["comments"]} == {persona(w).name}
    with pytest.raises(ResourceExhausted):
        call(w, issue_tracker, "comment", issue_id=issue, text="Seen.")


def test_table_is_found_reserved_and_put_into_the_calendar(w: World) -> None:
    place = call(w, restaurants, "search", city=call(w, account, "profile")["city"])["restaurants"][0]
    assert call(w, restaurants, "get", restaurant_id=place["restaurant_id"]) == place
    start = call(w, restaurants, "availability", restaurant_id=place["restaurant_id"], day=DAY)["times"][0]
    booked = call(w, restaurants, "reserve", restaurant_id=place["restaurant_id"], start=start, party_size=2)
    assert booked["name"] == persona(w).name
    call(w, calendar, "create_event", title=booked["restaurant"], start=booked["start"], location=place["street"])


def test_full_restaurant_takes_no_party_until_one_is_cancelled(w: World) -> None:
    place = call(w, restaurants, "search", city="Tokyo")["restaurants"][0]
    order = {"restaurant_id": place["restaurant_id"], "start": f"{DAY}T{place['opens']}", "party_size": 8}
    first = call(w, restaurants, "reserve", **order)["reservation_id"]
    while (
        order["start"]
        in call(w, restaurants, "availability", restaurant_id=place["restaurant_id"], day=DAY, party_size=8)["times"]
    ):
        call(w, restaurants, "reserve", **order)
    with pytest.raises(Conflict, match="seats are free"):
        call(w, restaurants, "reserve", **order)
    call(w, restaurants, "cancel_reservation", reservation_id=first)
    call(w, restaurants, "reserve", **order)
    with pytest.raises(FailedPrecondition, match="cancelled"):
        call(w, restaurants, "cancel_reservation", reservation_id=first)


def test_restaurants_take_guests_only_ahead_and_within_hours(w: World) -> None:
    place = call(w, restaurants, "search", city="Madrid")["restaurants"][0]["restaurant_id"]
    with pytest.raises(InvalidArgument, match="past"):
        call(w, restaurants, "reserve", restaurant_id=place, start="2024-01-01T19:00", party_size=2)
    with pytest.raises(FailedPrecondition, match="half hour"):
        call(w, restaurants, "reserve", restaurant_id=place, start=f"{DAY}T04:00", party_size=2)


def test_every_home_has_restaurants_and_unknown_places_have_none(w: World) -> None:
    for home in HOMES:
        assert call(w, restaurants, "search", city=home[0])["total"] == 10
    with pytest.raises(NotFound, match="Atlantropa"):
        call(w, restaurants, "search", city="Atlantropa")
    with pytest.raises(NotFound):
        call(w, restaurants, "get", restaurant_id="REST-000000")
