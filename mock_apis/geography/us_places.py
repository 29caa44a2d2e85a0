"""States and counties of the United States."""

from functools import cache
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, Entity, IsoDate, Limit, TimeZone
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.geography.place_names import Row, fold, locate_city

us_places = Domain("us_places", category="geography", description="States and counties of the United States.")

StateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Entity("us_state.code")]
CountyCode = Annotated[str, Field(pattern=r"^[0-9]{5}$"), Entity("us_county.fips")]


class StateSummary(Record):
    state: StateCode
    name: str
    capital: CityName | None


class State(Record):
    state: StateCode
    name: str
    capital: CityName | None
    """Null for the District of Columbia."""
    fips: str
    admitted: IsoDate | None
    """Or the day on which one of the first thirteen ratified the Constitution."""
    neighbours: list[StateCode]
    counties: int


class StateList(Record):
    total: int
    states: list[StateSummary]


class County(Record):
    county: CountyCode
    name: str
    state: str
    """Postal code of a state, of DC or of a territory such as PR."""


class CountyList(Record):
    total: int
    counties: list[County]


class StateCity(Record):
    name: CityName
    population: int
    timezone: TimeZone


class StateCities(Record):
    total: int
    cities: list[StateCity]


class Route(Record):
    borders: int
    """How many state borders are crossed."""
    states: list[StateCode]


@cache
def states() -> dict[str, Row]:
    """The rows of the states by postal code."""
    return {row["state"]: row for row in load_rows("us_states")}


def find_state(field: str, code: str) -> Row:
    """The row of a state. Raises NotFound."""
    if code not in states():
        raise NotFound(f"no {field} '{code}'; see us_places_search_states")
    return states()[code]


@us_places.tool(example={"query": "Carolina"}, kind="data")
def search_states(w: World, query: str = "", limit: Limit = 5) -> StateList:
    """Find states of the US by a part of their name or of their capital's.

    query: Part of the name of a state or capital; all states if left out.
    limit: At most this many states.
    """
    wanted = fold(query)
    found = [row for row in states().values() if wanted in fold(f"{row['name']}\n{row['capital'] or ''}")]
    return _list_states(found, limit)


@us_places.tool(example={"state": "@us_places_search_states.states[0].state"}, errors=[NotFound], kind="data")
def get_state(w: World, state: StateCode) -> State:
    """Get a US state's capital, FIPS code, date of admission and neighbours.

    state: Two-letter postal code such as NC; DC for the District of Columbia.
    """
    row = find_state("state", state)
    return State(
        state=state,
        name=row["name"],
        capital=row["capital_city"],
        fips=row["fips"],
        admitted=row["admitted"],
        neighbours=row["neighbours"],
        counties=sum(county["state"] == state for county in load_rows("us_counties")),
    )


@us_places.tool(example={"city": "Chicago"}, errors=[NotFound, FailedPrecondition], kind="data")
def state_of_city(w: World, city: CityName) -> StateSummary:
    """Tell in which US state a city lies.

    city: Name of a city in the US as cities_search spells it, such as Chicago.
    """
    place = locate_city(city)
    if place is None:
        raise NotFound(f"no city '{city}'; see cities_search")
    row = load_rows("cities")[place]
    if row["country"] != "US":
        raise FailedPrecondition(f"city '{city}' lies in {row['country']}, not in the US")
    return _summary(states()[row["state"]])


@us_places.tool(example={"state": "OR", "limit": 3}, errors=[NotFound], kind="data")
def cities_in_state(w: World, state: StateCode, limit: Limit = 5) -> StateCities:
    """List a US state's most populous cities and towns with their time zones.

    state: Two-letter postal code such as OR.
    limit: At most this many cities.
    """
    find_state("state", state)
    rows = [row for row in load_rows("cities") if row.get("state") == state and row["country"] == "US"]
    fields = StateCity.model_fields
    return StateCities(total=len(rows), cities=[StateCity(**{key: row[key] for key in fields}) for row in rows[:limit]])


@us_places.tool(example={"county": "@us_places_search_counties.counties[0].county"}, errors=[NotFound], kind="data")
def get_county(w: World, county: CountyCode) -> County:
    """Get the county or county equivalent of a five-digit FIPS code.

    county: FIPS code of state and county, such as 06037.
    """
    for row in load_rows("us_counties"):
        if row["fips"] == county:
            return _county(row)
    raise NotFound(f"no county '{county}'; see us_places_search_counties")


@us_places.tool(example={"query": "Orange"}, errors=[NotFound], kind="data")
def search_counties(w: World, query: str = "", state: StateCode | None = None, limit: Limit = 5) -> CountyList:
    """Find US counties, parishes and independent cities by name or state.

    query: Part of the county's name, such as Orange; all if left out.
    state: Only those of the state with this postal code.
    limit: At most this many counties.
    """
    if state is not None:
        find_state("state", state)
    wanted = fold(query)
    rows = [row for row in load_rows("us_counties") if state in (None, row["state"]) and wanted in fold(row["name"])]
    return CountyList(total=len(rows), counties=[_county(row) for row in rows[:limit]])


@us_places.tool(example={"state": "TN"}, errors=[NotFound], kind="data")
def bordering_states(w: World, state: StateCode, limit: Limit = 10) -> StateList:
    """List the US states that border on a state, with their capitals.

    state: Two-letter postal code such as TN.
    limit: At most this many states.
    """
    return _list_states([states()[code] for code in find_state("state", state)["neighbours"]], limit)


@us_places.tool(example={"first": "WA", "second": "FL"}, errors=[NotFound, FailedPrecondition], kind="computation")
def fewest_borders(w: World, first: StateCode, second: StateCode) -> Route:
    """Find a way over land between two US states that crosses the fewest state borders.

    first: Postal code of the state where the way begins, such as WA.
    second: Postal code of the state where it ends, such as FL.
    """
    find_state("first", first)
    find_state("second", second)
    ways, reached = {first: [first]}, [first]
    for code in reached:
        for other in states()[code]["neighbours"]:
            if other not in ways:
                ways[other] = [*ways[code], other]
                reached.append(other)
    if second not in ways:
        raise FailedPrecondition(f"no way over land within the US leads from first {first} to second {second}")
    return Route(borders=len(ways[second]) - 1, states=ways[second])


@us_places.tool(example={"after": "1889-01-01", "before": "1899-12-31"}, kind="data")
def admitted_between(w: World, after: IsoDate, before: IsoDate, limit: Limit = 10) -> StateList:
    """List the states that joined the US in a span of time, oldest first.

    after: First day of the span, 1889-01-01.
    before: Last day of the span, 1899-12-31.
    limit: At most this many states.
    """
    found = [row for row in states().values() if row["admitted"] and after <= row["admitted"] <= before]
    return _list_states(sorted(found, key=lambda row: (row["admitted"], row["name"])), limit)


def _county(row: Row) -> County:
    return County(county=row["fips"], name=row["name"], state=row["state"])


def _summary(row: Row) -> StateSummary:
    return StateSummary(state=row["state"], name=row["name"], capital=row["capital_city"])


def _list_states(found: list[Row], limit: int) -> StateList:
    return StateList(total=len(found), states=[_summary(row) for row in found[:limit]])
