"""How messages, customers, tickets, leave and permits behave when they change."""

from datetime import timedelta

import pytest

from mock_apis.account import account
from mock_apis.business import crm, support_desk
from mock_apis.civics import city_services
from mock_apis.civics.town_hall import PERMITS
from mock_apis.communication import sms, team_chat, video_meetings
from mock_apis.core import World, money
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, PermissionDenied
from mock_apis.core.persona import people
from mock_apis.education import classroom, flashcards
from mock_apis.events import event_tickets
from mock_apis.finance import bank
from mock_apis.jobs import hr_desk, job_board
from mock_apis.productivity import calendar
from mock_apis.social import microblog, photos

SEEDS = pytest.mark.parametrize("seed", [1, 2, 3])


@pytest.fixture
def w() -> World:
    return World(5)


def balance(w: World) -> float:
    return sum(account.balance for account in bank.accounts(w).accounts)


def test_a_scheduled_message_lies_ahead_and_can_be_taken_back(w: World) -> None:
    number = sms.conversations(w).conversations[0].number
    with pytest.raises(InvalidArgument):
        sms.schedule(w, number, "Hello", (w.now - timedelta(days=1)).isoformat(timespec="minutes"))
    at = (w.now + timedelta(days=1)).isoformat(timespec="minutes")
    message = sms.schedule(w, number, "Hello", at)
    assert sms.messages(w, number, "scheduled").messages == [message]
    sms.delete(w, message.sms_id)
    assert sms.messages(w, number, "scheduled").total == 0


def test_an_answer_joins_the_thread_of_the_first_message(w: World) -> None:
    channel = team_chat.channels(w).channels[0].channel_id
    first = team_chat.post(w, channel, "Who takes this?")
    second = team_chat.reply(w, first.message_id, "I do.")
    assert team_chat.reply(w, second.message_id, "Thanks.").thread == first.message_id
    team_chat.pin(w, first.message_id)
    assert team_chat.history(w, channel, pinned_only=True).total == 1


def test_a_video_room_follows_its_event(w: World) -> None:
    event = calendar.create_event(w, "Budget", "2025-12-10T19:30")
    room = video_meetings.open_room(w, event.event_id)
    with pytest.raises(Conflict):
        video_meetings.open_room(w, event.event_id)
    calendar.move_event(w, event.event_id, "2025-12-11T10:00")
    assert video_meetings.find_by_code(w, room.join_code).start == "2025-12-11T10:00"
    calendar.cancel_event(w, event.event_id)
    with pytest.raises(FailedPrecondition):
        video_meetings.add_co_host(w, room.meeting_id, people(w)[0].email)


def test_only_own_posts_can_be_deleted_and_likes_count_once(w: World) -> None:
    other = microblog.timeline(w).posts[0]
    assert microblog.like(w, other.post_id).likes == other.likes + 1
    with pytest.raises(Conflict):
        microblog.like(w, other.post_id)
    with pytest.raises(PermissionDenied):
        microblog.delete(w, other.post_id)
    own = microblog.publish(w, "Snow! #winter")
    assert microblog.search(w, hashtag="#Winter").posts == [own]


def test_a_photo_is_in_an_album_once(w: World) -> None:
    album = photos.create_album(w, "Best of")
    photo = photos.search(w).photos[0].photo_id
    assert photos.add_to_album(w, album.album_id, photo).photo_count == 1
    with pytest.raises(Conflict):
        photos.add_to_album(w, album.album_id, photo)
    assert album.album_id in photos.get(w, photo).albums


def test_a_lead_becomes_a_deal_once_and_a_won_deal_leaves_the_forecast(w: World) -> None:
    lead, company = crm.leads(w).leads[0], crm.search_companies(w).companies[0]
    before = crm.forecast(w).expected_value
    deal = crm.convert_lead(w, lead.lead_id, company.company_id, 1000)
    assert crm.forecast(w).expected_value == money(before + 100)
    with pytest.raises(FailedPrecondition):
        crm.convert_lead(w, lead.lead_id, company.company_id, 1000)
    crm.move_deal(w, deal.deal_id, "won")
    assert crm.forecast(w).expected_value == before
    with pytest.raises(FailedPrecondition):
        crm.move_deal(w, deal.deal_id, "new")


def test_a_merged_ticket_lives_on_in_the_other(w: World) -> None:
    one, two = support_desk.list_tickets(w).tickets[:2]
    assert len(support_desk.merge(w, one.ticket_id, two.ticket_id).messages) == 2
    with pytest.raises(FailedPrecondition):
        support_desk.answer(w, one.ticket_id, "Hello")
    ticket = support_desk.open_ticket(w, people(w)[0].email, "Leak", "It leaks.", "urgent")
    support_desk.answer(w, ticket.ticket_id, "Please check the seal.")
    assert support_desk.answer_deadline(w, ticket.ticket_id).met


@SEEDS
def test_a_ticket_given_back_returns_the_money_and_the_seat(seed: int) -> None:
    w = World(seed)
    show = event_tickets.search(w).shows[0]
    money_before, seats_before = balance(w), event_tickets.prices(w, show.show_id)
    bought = event_tickets.buy(w, show.show_id, "balcony", 2)
    assert balance(w) == pytest.approx(money_before - bought.total_price)
    assert event_tickets.prices(w, show.show_id).sections[1].left == seats_before.sections[1].left - 2
    for ticket in bought.tickets:
        event_tickets.refund(w, ticket)
    assert balance(w) == pytest.approx(money_before)
    assert event_tickets.prices(w, show.show_id) == seats_before
    with pytest.raises(FailedPrecondition):
        event_tickets.transfer(w, bought.tickets[0], people(w)[0].email)


def test_one_applies_once_unless_one_withdraws(w: World) -> None:
    job = job_board.search(w).jobs[0].job_id
    application = job_board.apply(w, job, "Gladly.")
    with pytest.raises(Conflict):
        job_board.apply(w, job, "Again.")
    job_board.withdraw(w, application.application_id)
    assert job_board.apply(w, job, "Again.").status == "sent"


def test_vacation_counts_working_days_and_never_overlaps(w: World) -> None:
    employee = hr_desk.search_employees(w).employees[0].employee_id
    leave = hr_desk.enter_leave(w, employee, "vacation", "2026-03-06", "2026-03-09")
    assert leave.working_days == 2
    assert hr_desk.leave_balance(w, employee, 2026).left == 26
    with pytest.raises(Conflict):
        hr_desk.enter_leave(w, employee, "sick", "2026-03-09", "2026-03-10")
    with pytest.raises(FailedPrecondition):
        hr_desk.enter_leave(w, employee, "vacation", "2026-05-01", "2026-07-31")
    hr_desk.cancel_leave(w, leave.leave_id)
    assert hr_desk.leave_balance(w, employee, 2026).left == 28


def test_a_purchase_is_claimed_once_and_a_salary_never(w: World) -> None:
    checking = bank.accounts(w).accounts[0].account_id
    bought = bank.transactions(w, checking, "purchase").transactions[0]
    claim = hr_desk.claim_expense(w, bought.transaction_id, "meal", "Lunch with a customer")
    assert claim.amount == -bought.amount
    with pytest.raises(Conflict):
        hr_desk.claim_expense(w, bought.transaction_id, "meal", "Again")
    salary = bank.transactions(w, checking, "salary").transactions[0]
    with pytest.raises(FailedPrecondition):
        hr_desk.claim_expense(w, salary.transaction_id, "meal", "Pay")


def test_a_fine_is_paid_once_with_money_that_leaves_the_account(w: World) -> None:
    fine, before = city_services.fines(w, "unpaid").fines[0], balance(w)
    city_services.pay_fine(w, fine.fine_id)
    assert balance(w) == pytest.approx(before - fine.amount)
    with pytest.raises(FailedPrecondition):
        city_services.pay_fine(w, fine.fine_id)
    with pytest.raises(NotFound):
        city_services.pay_fine(w, "FINE-000000")


def test_a_permit_is_given_back_for_its_fee_until_its_first_day(w: World) -> None:
    home, card, before = account.profile(w).street, bank.cards(w).cards[1].card_id, balance(w)
    first = (w.today + timedelta(days=2)).isoformat()
    permit = city_services.buy_permit(w, "street_party", home, first, 1, card)
    assert balance(w) == pytest.approx(before - permit.fee)
    city_services.cancel_permit(w, permit.permit_id)
    assert balance(w) == pytest.approx(before)
    assert city_services.permits(w).total == 0
    begun = permit.model_copy(update={"permit_id": "PMT-000000", "first_day": w.today.isoformat()})
    PERMITS.put(w, begun)
    with pytest.raises(FailedPrecondition, match="began"):
        city_services.cancel_permit(w, begun.permit_id)


def test_every_kind_of_waste_is_collected_once_a_fortnight(w: World) -> None:
    home = account.addresses(w).addresses[0].address_id
    assert len({item.waste for item in city_services.waste_collection(w, home).collections}) == 4


def test_a_known_card_is_not_due_again_today(w: World) -> None:
    question = flashcards.due(w).questions[0]
    flashcards.review(w, question.card_id, 4)
    with pytest.raises(FailedPrecondition):
        flashcards.review(w, question.card_id, 4)


def test_a_students_percentage_follows_the_marks(w: World) -> None:
    course = classroom.courses(w).courses[0].course_id
    student, homework = classroom.roster(w, course).students[-1].email, classroom.assignments(w, course).assignments
    classroom.mark(w, homework[0].assignment_id, student, 20)
    assert classroom.student_report(w, course, student).percent == 100
    classroom.mark(w, homework[1].assignment_id, student, 5)
    assert classroom.student_report(w, course, student).percent == 62.5
    with pytest.raises(FailedPrecondition):
        classroom.mark(w, homework[0].assignment_id, "nobody@post.example", 1)
    with pytest.raises(InvalidArgument):
        classroom.mark(w, homework[0].assignment_id, student, 21)
