"""The rows behind the support desk: tickets, help articles and how fast to answer."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import draw_id, minute
from mock_apis.core import Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDateTime
from mock_apis.core.persona import people

TicketId = Annotated[str, Field(pattern=r"^TCKT-[0-9A-F]{6}$"), Entity("support_ticket.id")]
ArticleId = Annotated[str, Field(pattern=r"^HELP-[0-9A-F]{6}$"), Entity("help_article.id")]
Priority = Literal["low", "normal", "high", "urgent"]
Status = Literal["open", "waiting", "solved", "merged"]
MOST_MESSAGES = 10
HOURS_TO_ANSWER: dict[Priority, int] = {"low": 72, "normal": 24, "high": 8, "urgent": 4}


class TicketMessage(Record):
    author: EmailAddress
    text: str
    at: IsoDateTime


class TicketHead(Record):
    ticket_id: TicketId
    customer: EmailAddress
    subject: str
    priority: Priority
    status: Status
    agent: EmailAddress | None
    opened_at: IsoDateTime


class Ticket(TicketHead):
    messages: list[TicketMessage]
    merged_into: TicketId | None


class TicketList(Record):
    total: int
    tickets: list[TicketHead]


class Sla(Record):
    ticket_id: TicketId
    answer_by: IsoDateTime
    answered_at: IsoDateTime | None
    """When somebody other than the customer wrote first."""
    met: bool | None
    """Null while there is neither an answer nor a delay."""
    minutes_left: int
    """Zero if answered or late."""


class ArticleHead(Record):
    article_id: ArticleId
    title: str


class Article(ArticleHead):
    text: str


class ArticleList(Record):
    total: int
    articles: list[ArticleHead]


CASES: tuple[tuple[str, str, Priority], ...] = (
    ("Pump makes a loud noise", "Since yesterday the pump is very loud, and little water comes.", "normal"),
    ("Machine leaks", "Water runs out below the machine whenever I switch it on.", "urgent"),
    ("How do I descale it?", "The orange lamp is on. What do I have to do?", "low"),
    ("Grinder is blocked", "The grinder hums but does not turn any more.", "high"),
    ("Wrong spare part", "You sent me the seal for the smaller model.", "normal"),
)
HELP = (
    ("Descaling the machine", "Fill the tank with descaler and water, hold the steam key for 3 s, rinse twice after."),
    ("Clearing a blocked grinder", "Unplug, empty the beans, lift the upper ring and remove stones with tweezers."),
    ("Finding a leak", "Check the tank's valve, then the seal of the brewing head; replace a seal after two years."),
    ("A loud pump", "Air in the pump is loud: fill the tank and run hot water without coffee for half a minute."),
)


def seed_articles(w: World) -> list[Article]:
    """The help articles."""
    draw = w.draw("support_desk.articles")
    return [Article(article_id=draw_id(draw, "HELP"), title=title, text=text) for title, text in HELP]


def seed_tickets(w: World) -> list[Ticket]:
    """Five tickets of the last days; nobody has answered them, and two have an agent."""
    draw, known = w.draw("support_desk"), people(w)
    rows = []
    for age, ((subject, text, priority), customer) in enumerate(zip(CASES, draw.sample(known[4:], 5), strict=True)):
        opened = minute(w.now - timedelta(hours=7 * age + draw.between(0, 5), minutes=draw.between(1, 59)))
        row = Ticket(
            ticket_id=draw_id(draw, "TCKT"),
            customer=customer.email,
            subject=subject,
            priority=priority,
            status="open",
            agent=draw.pick(known[:4]).email if age > 2 else None,
            opened_at=opened,
            messages=[TicketMessage(author=customer.email, text=text, at=opened)],
            merged_into=None,
        )
        rows.append(row)
    return rows


ARTICLES = Table("support_desk.articles", key="article_id", seed_rows=seed_articles)
TICKETS = Table("support_desk.tickets", key="ticket_id", seed_rows=seed_tickets)
