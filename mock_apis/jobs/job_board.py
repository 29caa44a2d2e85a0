"""Vacancies of fictional employers, and the persona's applications to them."""

from datetime import timedelta
from statistics import median
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import CityName, CurrencyCode, EmailAddress, Entity, IsoDate, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, NotFound
from mock_apis.core.persona import HOMES, people, persona
from mock_apis.finance.price_level import price

job_board = Domain("job_board", category="jobs", description="Fictional vacancies and the user's applications.")

JobId = Annotated[str, Field(pattern=r"^JOB-[0-9A-F]{6}$"), Entity("job.id")]
ApplicationId = Annotated[str, Field(pattern=r"^JAPP-[0-9A-F]{6}$"), Entity("job_application.id")]
Employer = Annotated[str, Entity("job.employer")]
Occupation = Annotated[
    Literal[
        "software developer", "nurse", "teacher", "accountant", "electrician", "cook", "data analyst", "translator"
    ],
    Entity("job.occupation"),
]
Contract = Literal["full_time", "part_time", "temporary"]
Status = Literal["sent", "withdrawn"]


class Job(Record):
    job_id: JobId
    title: str
    occupation: Occupation
    employer: Employer
    city: CityName
    contract: Contract
    remote: bool
    yearly_pay: float
    posted_on: IsoDate
    apply_by: IsoDate
    contact: PersonName
    email: EmailAddress


class JobHead(Record):
    job_id: JobId
    title: str
    occupation: Occupation
    employer: Employer
    city: CityName
    yearly_pay: float
    currency: CurrencyCode
    apply_by: IsoDate


class JobDetail(Job):
    currency: CurrencyCode
    skills: list[str]


class JobList(Record):
    total: int
    jobs: list[JobHead]


class PayRange(Record):
    occupation: Occupation
    vacancies: int
    lowest: float | None
    median: float | None
    highest: float | None
    currency: CurrencyCode


class Application(Record):
    application_id: ApplicationId
    job_id: JobId
    employer: Employer
    title: str
    letter: str
    sent_on: IsoDate
    status: Status


class ApplicationHead(Record):
    application_id: ApplicationId
    job_id: JobId
    employer: Employer
    title: str
    sent_on: IsoDate
    status: Status


class ApplicationList(Record):
    total: int
    applications: list[ApplicationHead]


WORK: tuple[tuple[Occupation, int, tuple[str, ...]], ...] = (
    ("software developer", 58, ("Python", "code review", "SQL")),
    ("nurse", 41, ("ward experience", "shift work", "first aid")),
    ("teacher", 46, ("class management", "lesson planning")),
    ("accountant", 50, ("bookkeeping", "tax returns", "spreadsheets")),
    ("electrician", 42, ("wiring", "reading plans", "driving licence")),
    ("cook", 32, ("menu planning", "food hygiene")),
    ("data analyst", 52, ("statistics", "SQL", "charts")),
    ("translator", 40, ("two languages", "terminology")),
)
EMPLOYERS = ("Alder Group", "Brightwater", "Castell & Sons", "Delmar", "Evergate", "Fenwick Trust")


def seed_jobs(w: World) -> list[Job]:
    """Three vacancies an occupation, one of them in the persona's city."""
    draw, known, home = w.draw("job_board"), people(w), persona(w).city
    levels: tuple[str, ...] = ("Junior", "Experienced", "Senior")
    contracts: tuple[Contract, ...] = ("full_time", "full_time", "part_time", "temporary")
    rows = []
    for occupation, pay, _ in WORK:
        for step, level in enumerate(levels):
            posted, contact = w.today - timedelta(days=draw.between(1, 30)), draw.pick(known)
            row = Job(
                job_id=draw_id(draw, "JOB"),
                title=f"{level} {occupation}",
                occupation=occupation,
                employer=draw.pick(EMPLOYERS),
                city=home if step == 1 else draw.pick(HOMES)[0],
                contract=draw.pick(contracts),
                remote=draw.chance(0.3),
                yearly_pay=price(w, (pay * (8 + 2 * step) // 10 + draw.between(0, 6)) * 1000),
                posted_on=posted.isoformat(),
                apply_by=(w.today + timedelta(days=draw.between(6, 45))).isoformat(),
                contact=contact.name,
                email=contact.email,
            )
            rows.append(row)
    return rows


JOBS = Table("job_board.jobs", key="job_id", seed_rows=seed_jobs)
APPLICATIONS: Table[Application] = Table("job_board.applications", key="application_id", seed_rows=lambda w: ())


@job_board.tool(example={"query": "analyst"}, kind="stateful")
def search(
    w: World,
    query: str = "",
    city: CityName | None = None,
    lowest_pay: Annotated[float, Field(ge=0, le=1e9)] = 0,
    remote_only: bool = False,
    limit: Limit = 5,
) -> JobList:
    """Find vacancies by title, city, yearly pay or remote work, best paid first.

    query: Part of the title or the employer's name, in any case; all if left out.
    city: Only vacancies in this city, by its English name.
    lowest_pay: Only vacancies that pay at least this a year, in the user's currency.
    remote_only: Whether to show only work that can be done from home.
    limit: At most this many vacancies.
    """
    rows = [row for row in JOBS.all(w) if query.casefold() in f"{row.title}\n{row.employer}".casefold()]
    rows = [row for row in rows if city in (None, row.city) and row.yearly_pay >= lowest_pay]
    return as_list(w, [row for row in rows if row.remote or not remote_only], limit)


@job_board.tool(example={"job_id": "@job_board_search.jobs[0].job_id"}, errors=[NotFound], kind="stateful")
def get(w: World, job_id: JobId) -> JobDetail:
    """Show a vacancy with its pay, contract, wanted skills and whom to ask.

    job_id: The vacancy, as given by job_board_search.
    """
    row = JOBS.get(w, job_id)
    skills = next(skills for occupation, _, skills in WORK if occupation == row.occupation)
    return JobDetail(**row.model_dump(), currency=persona(w).currency, skills=list(skills))


@job_board.tool(example={"employer": "@job_board_search.jobs[0].employer"}, kind="stateful")
def at_employer(w: World, employer: Employer, limit: Limit = 5) -> JobList:
    """List the vacancies of one employer, best paid first.

    employer: Full name of the employer, in any case, as given by job_board_search.
    limit: At most this many vacancies.
    """
    return as_list(w, [row for row in JOBS.all(w) if row.employer.casefold() == employer.casefold()], limit)


@job_board.tool(example={"occupation": "nurse"}, kind="stateful")
def pay_range(w: World, occupation: Occupation, city: CityName | None = None) -> PayRange:
    """Show the lowest, median and highest yearly pay offered for an occupation.

    occupation: The occupation.
    city: Only vacancies in this city, by its English name.
    """
    pays = sorted(row.yearly_pay for row in JOBS.all(w) if row.occupation == occupation and city in (None, row.city))
    return PayRange(
        occupation=occupation,
        vacancies=len(pays),
        lowest=pays[0] if pays else None,
        median=round(median(pays), 2) if pays else None,
        highest=pays[-1] if pays else None,
        currency=persona(w).currency,
    )


@job_board.tool(
    example={"job_id": "@job_board_search.jobs[0].job_id", "letter": "I have done this work for three years."},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def apply(w: World, job_id: JobId, letter: str) -> Application:
    """Apply for a vacancy with a short letter.

    job_id: A vacancy that is still open, as given by job_board_search.
    letter: Why the user fits, at most 500 characters.
    """
    job, letter, today = JOBS.get(w, job_id), check_text("letter", letter), w.today.isoformat()
    if job.apply_by < today:
        raise FailedPrecondition(f"job_id {job_id} could be applied for until {job.apply_by}")
    for row in APPLICATIONS.all(w):
        if row.job_id == job_id and row.status == "sent":
            raise Conflict(f"job_id {job_id} has the application {row.application_id} already")
    row = Application(
        application_id=w.new_id("JAPP"),
        job_id=job_id,
        employer=job.employer,
        title=job.title,
        letter=letter,
        sent_on=today,
        status="sent",
    )
    return APPLICATIONS.put(w, row)


@job_board.tool(example={}, kind="stateful")
def applications(w: World, status: Status | None = None, limit: Limit = 5) -> ApplicationList:
    """List the user's applications for vacancies, newest first.

    status: Only applications of this status.
    limit: At most this many applications.
    """
    rows = [row for row in reversed(APPLICATIONS.all(w)) if status in (None, row.status)]
    heads = [ApplicationHead(**row.model_dump(exclude={"letter"})) for row in rows[:limit]]
    return ApplicationList(total=len(rows), applications=heads)


@job_board.tool(
    example={"application_id": "@job_board_apply.application_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def withdraw(w: World, application_id: ApplicationId) -> Application:
    """Take back an application for a vacancy.

    application_id: An application that was sent, as given by job_board_applications.
    """
    row = APPLICATIONS.get(w, application_id)
    if row.status == "withdrawn":
        raise FailedPrecondition(f"application_id {application_id} is withdrawn already")
    return APPLICATIONS.put(w, row.model_copy(update={"status": "withdrawn"}))


def as_list(w: World, rows: list[Job], limit: int) -> JobList:
    """The heads of the best paid vacancies."""
    rows, currency = sorted(rows, key=lambda row: (-row.yearly_pay, row.job_id)), persona(w).currency
    fields = set(JobHead.model_fields)
    heads = [JobHead(**row.model_dump(include=fields), currency=currency) for row in rows[:limit]]
    return JobList(total=len(rows), jobs=heads)
