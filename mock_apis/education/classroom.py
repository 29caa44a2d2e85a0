"""Evening courses that the persona teaches; the students are people they know."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from mock_apis.communication.texts import check_text, draw_id
from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import EmailAddress, Entity, IsoDate, Limit, PersonName
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.core.persona import people
from mock_apis.education.grading import Percent

classroom = Domain("classroom", category="education", description="Fictional evening courses that the user teaches.")

CourseId = Annotated[str, Field(pattern=r"^CRS-[0-9A-F]{6}$"), Entity("course.id")]
AssignmentId = Annotated[str, Field(pattern=r"^ASG-[0-9A-F]{6}$"), Entity("assignment.id")]
MOST_STUDENTS, MOST_ASSIGNMENTS = 12, 20


class Student(Record):
    name: PersonName
    email: EmailAddress


class Course(Record):
    course_id: CourseId
    title: str
    students: list[Student]


class CourseSummary(Record):
    course_id: CourseId
    title: str
    student_count: int
    assignment_count: int


class CourseList(Record):
    total: int
    courses: list[CourseSummary]


class Mark(Record):
    student: EmailAddress
    points: float


class AssignmentFacts(Record):
    assignment_id: AssignmentId
    course_id: CourseId
    title: str
    due: IsoDate
    max_points: int


class Assignment(AssignmentFacts):
    marks: list[Mark]


class AssignmentSummary(AssignmentFacts):
    marked: int
    """Students who have a mark."""


class AssignmentList(Record):
    total: int
    assignments: list[AssignmentSummary]


class StudentMark(Record):
    assignment_id: AssignmentId
    title: str
    points: float | None
    """Null if not marked yet."""
    max_points: int


class Report(Record):
    course_id: CourseId
    student: EmailAddress
    percent: Percent | None
    """Points of all marked assignments as a share of their maximum; null if none is marked."""
    marks: list[StudentMark]


SEEDS = (
    ("Spanish for beginners", ("Verbs in the present", "A letter to a friend", "Listening test")),
    ("Introduction to statistics", ("Means and medians", "Scatter plots", "Final project")),
)


def seed_courses(w: World) -> list[Course]:
    """Two courses of five and six students."""
    draw, known = w.draw("classroom.courses"), people(w)
    return [
        Course(
            course_id=draw_id(draw, "CRS"),
            title=title,
            students=[Student(name=person.name, email=person.email) for person in draw.sample(known, 5 + place)],
        )
        for place, (title, _) in enumerate(SEEDS)
    ]


def seed_assignments(w: World) -> list[Assignment]:
    """Three assignments a course: one marked, one marked in part, one to come."""
    draw, rows = w.draw("classroom.assignments"), []
    for course, (_, titles) in zip(COURSES.all(w), SEEDS, strict=True):
        for place, title in enumerate(titles):
            marked = course.students[: (len(course.students), 3, 0)[place]]
            row = Assignment(
                assignment_id=draw_id(draw, "ASG"),
                course_id=course.course_id,
                title=title,
                due=(w.today + timedelta(days=14 * place - 16)).isoformat(),
                max_points=20,
                marks=[Mark(student=student.email, points=draw.between(20, 40) / 2) for student in marked],
            )
            rows.append(row)
    return rows


COURSES = Table("classroom.courses", key="course_id", seed_rows=seed_courses)
ASSIGNMENTS = Table("classroom.assignments", key="assignment_id", seed_rows=seed_assignments)


@classroom.tool(example={}, kind="stateful")
def courses(w: World, student: EmailAddress | None = None) -> CourseList:
    """List the courses that the user teaches, or those that a student attends.

    student: Only courses that the student with this address attends.
    """
    rows = [row for row in COURSES.all(w) if student is None or student in emails_of(row)]
    summaries = [summarize(w, row) for row in rows]
    return CourseList(total=len(rows), courses=summaries)


@classroom.tool(example={"course_id": "@classroom_courses.courses[0].course_id"}, errors=[NotFound], kind="stateful")
def roster(w: World, course_id: CourseId) -> Course:
    """List the students of a course with their addresses.

    course_id: The course, as given by classroom_courses.
    """
    return COURSES.get(w, course_id)


@classroom.tool(
    example={
        "course_id": "@classroom_courses.courses[0].course_id",
        "name": "@contacts_create.name",
        "email": "@contacts_create.email",
    },
    errors=[NotFound, Conflict, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def enrol(w: World, course_id: CourseId, name: PersonName, email: EmailAddress) -> Course:
    """Enrol a person in a course of the user's.

    course_id: The course, as given by classroom_courses.
    name: Given name and family name of the student.
    email: Address of the student, in lower case.
    """
    row, name = COURSES.get(w, course_id), check_text("name", name, 80)
    if email in emails_of(row):
        raise Conflict(f"email {email} is enrolled in {course_id} already")
    if len(row.students) >= MOST_STUDENTS:
        raise ResourceExhausted(f"course_id {course_id} has {MOST_STUDENTS} students, the most that fit")
    students = [*row.students, Student(name=name, email=email)]
    return COURSES.put(w, row.model_copy(update={"students": students}))


@classroom.tool(example={"course_id": "@classroom_courses.courses[0].course_id"}, errors=[NotFound], kind="stateful")
def assignments(w: World, course_id: CourseId, unmarked_only: bool = False, limit: Limit = 5) -> AssignmentList:
    """List the assignments of a course and how many are marked, earliest due first.

    course_id: The course, as given by classroom_courses.
    unmarked_only: Whether to show only those where some student has no mark yet.
    limit: At most this many assignments.
    """
    students = len(COURSES.get(w, course_id).students)
    rows = [row for row in assignments_of(w, course_id) if not unmarked_only or len(row.marks) < students]
    rows.sort(key=lambda row: (row.due, row.assignment_id))
    heads = [AssignmentSummary(**row.model_dump(exclude={"marks"}), marked=len(row.marks)) for row in rows[:limit]]
    return AssignmentList(total=len(rows), assignments=heads)


@classroom.tool(
    example={
        "course_id": "@classroom_courses.courses[0].course_id",
        "title": "Describe your town",
        "due": "2025-12-20",
    },
    errors=[NotFound, ResourceExhausted],
    writes=True,
    kind="stateful",
)
def create_assignment(
    w: World, course_id: CourseId, title: str, due: IsoDate, max_points: Annotated[int, Field(ge=1, le=1000)] = 20
) -> Assignment:
    """Set a new assignment for a course.

    course_id: The course, as given by classroom_courses.
    title: What is to be done, at most 120 characters.
    due: Day by which it is due, YYYY-MM-DD; today or later.
    max_points: Points for perfect work.
    """
    COURSES.get(w, course_id)
    title = check_text("title", title, 120)
    if due < w.today.isoformat():
        raise InvalidArgument(f"due {due} lies before today, {w.today}")
    if len(assignments_of(w, course_id)) >= MOST_ASSIGNMENTS:
        raise ResourceExhausted(f"course_id {course_id} has {MOST_ASSIGNMENTS} assignments, the most that fit")
    facts = {"course_id": course_id, "title": title, "due": due, "max_points": max_points}
    return ASSIGNMENTS.put(w, Assignment.model_validate({"assignment_id": w.new_id("ASG"), **facts, "marks": []}))


@classroom.tool(
    example={
        "assignment_id": "@classroom_assignments.assignments[0].assignment_id",
        "student": "@classroom_roster.students[0].email",
        "points": 17.5,
    },
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def mark(
    w: World, assignment_id: AssignmentId, student: EmailAddress, points: Annotated[float, Field(ge=0, le=1000)]
) -> Assignment:
    """Give a student points for an assignment, or change the points given.

    assignment_id: The assignment, as given by classroom_assignments.
    student: Address of a student of the course, as given by classroom_roster.
    points: At most the points for perfect work.
    """
    row = ASSIGNMENTS.get(w, assignment_id)
    if student not in emails_of(COURSES.get(w, row.course_id)):
        raise FailedPrecondition(f"student {student} is not enrolled in {row.course_id}")
    if points > row.max_points:
        raise InvalidArgument(f"points {points} is over the {row.max_points} of {assignment_id}")
    marks = [item for item in row.marks if item.student != student]
    marks.append(Mark(student=student, points=round(points, 2)))
    return ASSIGNMENTS.put(w, row.model_copy(update={"marks": marks}))


@classroom.tool(
    example={
        "course_id": "@classroom_courses.courses[0].course_id",
        "student": "@classroom_roster.students[0].email",
    },
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def student_report(w: World, course_id: CourseId, student: EmailAddress) -> Report:
    """Show a student's points in every assignment of a course and the percentage so far.

    course_id: The course, as given by classroom_courses.
    student: Address of a student of the course, as given by classroom_roster.
    """
    if student not in emails_of(COURSES.get(w, course_id)):
        raise FailedPrecondition(f"student {student} is not enrolled in {course_id}")
    marks, reached, possible = [], 0.0, 0
    for row in assignments_of(w, course_id):
        points = next((item.points for item in row.marks if item.student == student), None)
        if points is not None:
            reached, possible = reached + points, possible + row.max_points
        marks.append(StudentMark(points=points, **row.model_dump(include={"assignment_id", "title", "max_points"})))
    percent = round(100 * reached / possible, 4) if possible else None
    return Report(course_id=course_id, student=student, percent=percent, marks=marks)


def summarize(w: World, row: Course) -> CourseSummary:
    """A course as a list shows it."""
    students, tasks = len(row.students), len(assignments_of(w, row.course_id))
    return CourseSummary(course_id=row.course_id, title=row.title, student_count=students, assignment_count=tasks)


def emails_of(course: Course) -> list[str]:
    """The addresses of a course's students."""
    return [student.email for student in course.students]


def assignments_of(w: World, course_id: str) -> list[Assignment]:
    """The assignments of a course, oldest first."""
    return [row for row in ASSIGNMENTS.all(w) if row.course_id == course_id]
