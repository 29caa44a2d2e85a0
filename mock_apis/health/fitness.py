"""The persona's workouts and weekly goals, and energy of exercise by MET values."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.health.measures import Weight
from mock_apis.health.running import DistanceValue, MinutesValue

fitness = Domain("fitness", category="health", description="The user's log of workouts, records and weekly goals.")

WorkoutId = Annotated[str, Field(pattern=r"^WKT-[0-9A-F]{6}$"), Entity("workout.id")]
GoalId = Annotated[str, Field(pattern=r"^GOAL-[0-9A-F]{6}$"), Entity("fitness_goal.id")]
Activity = Literal["run", "walk", "ride", "swim", "strength", "yoga"]
Metric = Literal["minutes", "distance_km", "workouts"]
MOVING = ("run", "walk", "ride", "swim")
METS: dict[Activity, float] = {"run": 9.8, "walk": 3.5, "ride": 7.5, "swim": 5.8, "strength": 3.5, "yoga": 2.5}
"""Typical values of the Compendium of Physical Activities for a moderate effort; a run at 6 mph."""


class Workout(Record):
    workout_id: WorkoutId
    activity: Activity
    day: IsoDate
    minutes: MinutesValue
    distance_km: DistanceValue | None


class WorkoutList(Record):
    total: int
    workouts: list[Workout]


class Summary(Record):
    from_day: IsoDate
    to_day: IsoDate
    workouts: int
    minutes: float
    distance_km: float


class Best(Record):
    activity: Activity
    longest_km: DistanceValue | None
    longest_km_workout: WorkoutId | None
    longest_minutes: float
    longest_minutes_workout: WorkoutId


class Goal(Record):
    goal_id: GoalId
    activity: Activity
    metric: Metric
    weekly_target: float


class Progress(Record):
    goal_id: GoalId
    activity: Activity
    metric: Metric
    weekly_target: float
    done: float
    """In the week from Monday to today."""
    reached: bool


class ProgressList(Record):
    total: int
    goals: list[Progress]


class Energy(Record):
    kcal: float
    met: float


def seed_workouts(w: World) -> list[Workout]:
    """Eight workouts of the past month; the latest is a run."""
    draw, rows = w.draw("fitness"), []
    for number in range(8):
        activity: Activity = "run" if number in (0, 4) else draw.pick(("walk", "ride", "swim", "strength", "yoga"))
        minutes = draw.between(20, 75)
        speed = {"run": 0.17, "walk": 0.09, "ride": 0.35, "swim": 0.035}.get(activity)
        rows.append(
            Workout(
                workout_id=f"WKT-{draw.bits() % 0x1000000:06X}",
                activity=activity,
                day=(w.today - timedelta(days=1 + 3 * number + draw.between(0, 2))).isoformat(),
                minutes=minutes,
                distance_km=round(minutes * speed * draw.between(90, 110) / 100, 2) if speed else None,
            )
        )
    return rows[::-1]


WORKOUTS = Table("fitness_workouts", key="workout_id", seed_rows=seed_workouts)
GOALS = Table[Goal]("fitness_goals", key="goal_id", seed_rows=lambda w: ())


@fitness.tool(example={"activity": "run", "minutes": 42.5, "distance_km": 8.0}, writes=True, kind="stateful")
def log_workout(
    w: World,
    activity: Activity,
    minutes: Annotated[float, Field(ge=1, le=1440)],
    distance_km: Annotated[float, Field(ge=0.1, le=500)] | None = None,
    day: IsoDate | None = None,
) -> Workout:
    """Add a workout to the user's training log.

    activity: Kind of exercise.
    minutes: Duration in minutes.
    distance_km: Distance in kilometres; only for run, walk, ride and swim.
    day: Day of the workout, YYYY-MM-DD, not after today; today if left out.
    """
    if distance_km is not None and activity not in MOVING:
        raise InvalidArgument(f"distance_km {distance_km}: {activity} has no distance")
    if day is not None and day > w.today.isoformat():
        raise InvalidArgument(f"day {day} lies after today, {w.today}")
    row = Workout(
        workout_id=w.new_id("WKT"),
        activity=activity,
        day=day or w.today.isoformat(),
        minutes=minutes,
        distance_km=distance_km,
    )
    return WORKOUTS.put(w, row)


@fitness.tool(example={"activity": "run"}, kind="stateful")
def list_workouts(
    w: World, activity: Activity | None = None, since: IsoDate | None = None, limit: Limit = 5
) -> WorkoutList:
    """List the user's workouts with minutes and distance, latest first.

    activity: Only this kind of exercise.
    since: Only workouts on or after this day, YYYY-MM-DD.
    limit: At most this many workouts.
    """
    rows = [row for row in WORKOUTS.all(w) if activity in (None, row.activity) and row.day >= (since or "")]
    rows.sort(key=lambda row: row.day, reverse=True)
    return WorkoutList(total=len(rows), workouts=rows[:limit])


@fitness.tool(
    example={"workout_id": "@fitness_list_workouts.workouts[0].workout_id"},
    errors=[NotFound],
    writes=True,
    kind="stateful",
)
def delete_workout(w: World, workout_id: WorkoutId) -> Workout:
    """Remove a workout from the training log and return what it was.

    workout_id: The workout, as given by fitness_log_workout or fitness_list_workouts.
    """
    return WORKOUTS.remove(w, workout_id)


@fitness.tool(example={"days": 28}, kind="stateful")
def summary(w: World, days: Annotated[int, Field(ge=1, le=366)] = 7, activity: Activity | None = None) -> Summary:
    """Add up workouts, minutes and kilometres of the last days, today included.

    days: How many days, 1 to 366.
    activity: Only this kind of exercise.
    """
    first = (w.today - timedelta(days=days - 1)).isoformat()
    rows = [row for row in since_day(w, first) if activity in (None, row.activity)]
    return Summary(
        from_day=first,
        to_day=w.today.isoformat(),
        workouts=len(rows),
        minutes=round(sum(row.minutes for row in rows), 2),
        distance_km=round(sum(row.distance_km or 0 for row in rows), 2),
    )


@fitness.tool(example={"activity": "run"}, errors=[NotFound], kind="stateful")
def records(w: World, activity: Activity) -> Best:
    """Show the user's longest workout of a kind by distance and by time.

    activity: Kind of exercise.
    """
    rows = [row for row in WORKOUTS.all(w) if row.activity == activity]
    if not rows:
        raise NotFound(f"activity '{activity}': no workout is logged")
    far = max((row for row in rows if row.distance_km), key=lambda row: row.distance_km or 0, default=None)
    long = max(rows, key=lambda row: row.minutes)
    return Best(
        activity=activity,
        longest_km=far.distance_km if far else None,
        longest_km_workout=far.workout_id if far else None,
        longest_minutes=long.minutes,
        longest_minutes_workout=long.workout_id,
    )


@fitness.tool(example={"activity": "run", "metric": "distance_km", "weekly_target": 25.0}, writes=True, kind="stateful")
def set_goal(
    w: World, activity: Activity, metric: Metric, weekly_target: Annotated[float, Field(ge=1, le=5000)]
) -> Goal:
    """Set a weekly goal for a kind of exercise, in place of the one it had.

    activity: Kind of exercise.
    metric: What counts: minutes, kilometres or number of workouts.
    weekly_target: How much of it a week, Monday to Sunday.
    """
    if metric == "distance_km" and activity not in MOVING:
        raise InvalidArgument(f"metric distance_km: {activity} has no distance")
    same = [row for row in GOALS.all(w) if (row.activity, row.metric) == (activity, metric)]
    goal_id = same[0].goal_id if same else w.new_id("GOAL")
    return GOALS.put(w, Goal(goal_id=goal_id, activity=activity, metric=metric, weekly_target=weekly_target))


@fitness.tool(example={}, kind="stateful")
def goal_progress(w: World) -> ProgressList:
    """Compare this week's training with each weekly goal of the user."""
    monday = (w.today - timedelta(days=w.today.weekday())).isoformat()
    rows = []
    for goal in GOALS.all(w):
        week = [row for row in since_day(w, monday) if row.activity == goal.activity]
        done = {
            "workouts": float(len(week)),
            "minutes": sum(row.minutes for row in week),
            "distance_km": sum(row.distance_km or 0 for row in week),
        }[goal.metric]
        rows.append(Progress(**goal.model_dump(), done=round(done, 2), reached=done >= goal.weekly_target))
    return ProgressList(total=len(rows), goals=rows)


@fitness.tool(example={"goal_id": "@fitness_set_goal.goal_id"}, errors=[NotFound], writes=True, kind="stateful")
def drop_goal(w: World, goal_id: GoalId) -> Goal:
    """Give up a weekly training goal.

    goal_id: The goal, as given by fitness_set_goal or fitness_goal_progress.
    """
    return GOALS.remove(w, goal_id)


@fitness.tool(
    example={"workout_id": "@fitness_list_workouts.workouts[0].workout_id", "weight_kg": 70.0},
    errors=[NotFound],
    kind="stateful",
)
def calories_burned(w: World, workout_id: WorkoutId, weight_kg: Weight) -> Energy:
    """Estimate the energy of a logged workout from a typical MET value.

    workout_id: The workout, as given by fitness_log_workout or fitness_list_workouts.
    weight_kg: Body weight in kilograms, 25 to 350.
    """
    row = WORKOUTS.get(w, workout_id)
    return Energy(kcal=round(METS[row.activity] * weight_kg * row.minutes / 60, 1), met=METS[row.activity])


def since_day(w: World, day: str) -> list[Workout]:
    """Workouts on or after that day."""
    return [row for row in WORKOUTS.all(w) if row.day >= day]
