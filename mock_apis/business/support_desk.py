"""The help desk where the persona answers customers of a fictional maker of coffee machines."""

from datetime import datetime, timedelta

from mock_apis.business.support_rows import (
    ARTICLES,
    HOURS_TO_ANSWER,
    MOST_MESSAGES,
    TICKETS,
    Article,
    ArticleHead,
    ArticleId,
    ArticleList,
    Priority,
    Sla,
    Status,
    Ticket,
    TicketHead,
    TicketId,
    TicketList,
    TicketMessage,
)
from mock_apis.communication.texts import check_text, minute
from mock_apis.core import Domain, World
from mock_apis.core.entities import EmailAddress, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound, ResourceExhausted
from mock_apis.core.persona import persona

support_desk = Domain(
    "support_desk", category="business", description="Customers' tickets at a fictional maker of coffee machines."
)


@support_desk.tool(
    example={
        "customer": "@contacts_search.contacts[0].email",
        "subject": "Milk foam is too thin",
        "text": "The milk does not foam as it used to.",
    },
    writes=True,
    kind="stateful",
)
def open_ticket(w: World, customer: EmailAddress, subject: str, text: str, priority: Priority = "normal") -> Ticket:
    """Open a support ticket for a customer who asks for help.

    customer: Address of the customer, in lower case.
    subject: The problem in one line, at most 120 characters.
    text: What the customer says, at most 500 characters.
    priority: Decides within how many hours to answer: 72, 24, 8 or 4.
    """
    subject, text, at = check_text("subject", subject, 120), check_text("text", text), minute(w.now)
    row = Ticket(
        ticket_id=w.new_id("TCKT"),
        customer=customer,
        subject=subject,
        priority=priority,
        status="open",
        agent=None,
        opened_at=at,
        messages=[TicketMessage(author=customer, text=text, at=at)],
        merged_into=None,
    )
    return TICKETS.put(w, row)


@support_desk.tool(example={"status": "open"}, kind="stateful")
def list_tickets(
    w: World,
    status: Status | None = None,
    customer: EmailAddress | None = None,
    agent: EmailAddress | None = None,
    limit: Limit = 5,
) -> TicketList:
    """List support tickets by status, customer or agent, oldest first.

    status: Only tickets of this status.
    customer: Only tickets of the customer with this address.
    agent: Only tickets that this colleague handles.
    limit: At most this many tickets.
    """
    rows = [row for row in TICKETS.all(w) if status in (None, row.status) and customer in (None, row.customer)]
    rows = sorted((row for row in rows if agent in (None, row.agent)), key=lambda row: (row.opened_at, row.ticket_id))
    heads = [TicketHead(**row.model_dump(include=set(TicketHead.model_fields))) for row in rows[:limit]]
    return TicketList(total=len(rows), tickets=heads)


@support_desk.tool(
    example={"ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id"}, errors=[NotFound], kind="stateful"
)
def get_ticket(w: World, ticket_id: TicketId) -> Ticket:
    """Show a support ticket with everything that was written in it.

    ticket_id: The ticket, as given by support_desk_list_tickets.
    """
    return TICKETS.get(w, ticket_id)


@support_desk.tool(
    example={
        "ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id",
        "agent": "@contacts_search.contacts[0].email",
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def assign(w: World, ticket_id: TicketId, agent: EmailAddress) -> Ticket:
    """Give a support ticket to the colleague who is to answer it.

    ticket_id: A ticket that is open or waits for the customer.
    agent: Address of the colleague, or the user's own.
    """
    return TICKETS.put(w, get_active(w, ticket_id).model_copy(update={"agent": agent}))


@support_desk.tool(
    example={"ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id", "text": "Please send us a photo."},
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def answer(w: World, ticket_id: TicketId, text: str, article_id: ArticleId | None = None) -> Ticket:
    """Write to the customer of a support ticket, which then waits for them.

    ticket_id: A ticket that is open or waits for the customer.
    text: The answer, at most 500 characters.
    article_id: Help article whose text is added, as given by support_desk_search_articles.
    """
    row, text = get_active(w, ticket_id), check_text("text", text)
    if len(row.messages) >= MOST_MESSAGES:
        raise ResourceExhausted(f"ticket_id {ticket_id} has {MOST_MESSAGES} messages, the most that fit")
    if article_id is not None:
        text = f"{text}\n{ARTICLES.get(w, article_id).text}"
    said = TicketMessage(author=persona(w).email, text=text, at=minute(w.now))
    return TICKETS.put(w, row.model_copy(update={"messages": [*row.messages, said], "status": "waiting"}))


@support_desk.tool(
    example={"ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def solve(w: World, ticket_id: TicketId) -> Ticket:
    """Close a support ticket as solved.

    ticket_id: A ticket that is open or waits for the customer.
    """
    return TICKETS.put(w, get_active(w, ticket_id).model_copy(update={"status": "solved"}))


@support_desk.tool(
    example={
        "ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id",
        "into": "@support_desk_list_tickets.tickets[1].ticket_id",
    },
    errors=[NotFound, FailedPrecondition, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def merge(w: World, ticket_id: TicketId, into: TicketId) -> Ticket:
    """Move the messages of a duplicate support ticket into another one and close it.

    ticket_id: The duplicate; it must be open or wait for the customer.
    into: The ticket that stays; it must be open or wait for the customer.
    """
    source, target = get_active(w, ticket_id), get_active(w, into)
    if ticket_id == into:
        raise FailedPrecondition(f"into {into} is the ticket itself")
    messages = sorted([*target.messages, *source.messages], key=lambda message: message.at)
    if len(messages) > MOST_MESSAGES:
        raise ResourceExhausted(f"into {into} would have {len(messages)} messages, over {MOST_MESSAGES}")
    TICKETS.put(w, source.model_copy(update={"status": "merged", "merged_into": into, "messages": []}))
    return TICKETS.put(w, target.model_copy(update={"messages": messages}))


@support_desk.tool(
    example={"ticket_id": "@support_desk_list_tickets.tickets[0].ticket_id"}, errors=[NotFound], kind="stateful"
)
def answer_deadline(w: World, ticket_id: TicketId) -> Sla:
    """Tell by when a support ticket is to be answered and whether it was.

    ticket_id: The ticket, as given by support_desk_list_tickets.
    """
    row = TICKETS.get(w, ticket_id)
    due = datetime.fromisoformat(row.opened_at) + timedelta(hours=HOURS_TO_ANSWER[row.priority])
    answered = next((message.at for message in row.messages if message.author != row.customer), None)
    late = w.now > due
    left = 0 if answered or late else int((due - w.now).total_seconds()) // 60
    met = answered <= minute(due) if answered else (False if late else None)
    return Sla(ticket_id=ticket_id, answer_by=minute(due), answered_at=answered, met=met, minutes_left=left)


@support_desk.tool(example={"query": "leak"}, kind="stateful")
def search_articles(w: World, query: str = "", limit: Limit = 5) -> ArticleList:
    """Find help articles on coffee machines by a word of title or text.

    query: Part of the title or text, in any case; all articles if left out.
    limit: At most this many articles.
    """
    rows = [row for row in ARTICLES.all(w) if query.casefold() in f"{row.title}\n{row.text}".casefold()]
    heads = [ArticleHead(article_id=row.article_id, title=row.title) for row in rows[:limit]]
    return ArticleList(total=len(rows), articles=heads)


@support_desk.tool(
    example={"article_id": "@support_desk_search_articles.articles[0].article_id"}, errors=[NotFound], kind="stateful"
)
def read_article(w: World, article_id: ArticleId) -> Article:
    """Read a help article on coffee machines.

    article_id: The article, as given by support_desk_search_articles.
    """
    return ARTICLES.get(w, article_id)


def get_active(w: World, ticket_id: str) -> Ticket:
    """The ticket. Raises NotFound, or FailedPrecondition if it is solved or merged."""
    row = TICKETS.get(w, ticket_id)
    if row.status in ("solved", "merged"):
        raise FailedPrecondition(f"ticket_id {ticket_id} is {row.status} already")
    return row
