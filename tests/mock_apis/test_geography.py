"""Countries, cities and time zones."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import InvalidArgument, NotFound
from mock_apis.core.persona import HOMES, persona
from mock_apis.geography.cities import all_cities, cities
from mock_apis.geography.countries import all_countries, countries
from mock_apis.geography.place_names import fold
from mock_apis.geography.timezones import timezones
from mock_apis.travel.airports import airports_of

TOOLS = {name: tool for domain in (countries, cities, timezones) for name, tool in domain.tools.items()}


def call(w: World, name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(w, arguments)


def codes_of(name: str, **arguments: Any) -> list[str]:
    found = call(World(1), name, **arguments)
    return [row["code"] for row in found.get("countries", found.get("neighbours"))]


@pytest.mark.parametrize(
    ("code", "capital", "currency", "calling_code"),
    [("AU", "Canberra", "AUD", "+61"), ("BR", "Brasilia", "BRL", "+55"), ("CH", "Bern", "CHF", "+41")],
)
def test_a_country_has_its_capital_currency_and_calling_code(
    code: str, capital: str, currency: str, calling_code: str
) -> None:
    found = call(World(1), "countries_get", country=code)
    assert (found["capital"], found["currency"], found["calling_code"]) == (capital, currency, calling_code)


def test_neighbours_name_every_land_border() -> None:
    germany = call(World(1), "countries_neighbours", country="DE")
    assert [row["code"] for row in germany["neighbours"]] == ["AT", "BE", "CH", "CZ", "DK", "FR", "LU", "NL", "PL"]
    switzerland = call(World(1), "countries_neighbours", country="CH")
    assert "Liechtenstein" in [row["name"] for row in switzerland["neighbours"]]
    assert len(all_countries()) == 250
    assert call(World(1), "countries_neighbours", country="JP")["total"] == 0


def test_borders_have_two_sides() -> None:
    near = {
        code: {row["code"] for row in call(World(1), "countries_neighbours", country=code)["neighbours"]}
        for code in all_countries()
    }
    assert all(code in near[other] for code, others in near.items() for other in others)


def test_dollars_are_used_in_ecuador_too() -> None:
    found = call(World(1), "countries_by_currency", currency="USD", limit=20)
    assert {"EC", "SV", "TL", "US"} <= {row["code"] for row in found["countries"]}


def test_countries_are_ranked_and_share_neighbours_languages_and_codes() -> None:
    assert codes_of("countries_rank", by="area", limit=2) == ["RU", "CA"]
    assert codes_of("countries_rank", by="density", limit=1) == ["MC"]
    assert codes_of("countries_common_neighbours", first="FR", second="DE") == ["BE", "CH", "LU"]
    assert {"BR", "PT", "AO", "MZ"} <= set(codes_of("countries_by_language", language="portuguese", limit=20))
    assert codes_of("countries_by_calling_code", calling_code="+351") == ["PT"]


def test_populations_are_compared_whichever_comes_first() -> None:
    for first, second in (("IN", "FR"), ("FR", "IN")):
        found = call(World(1), "countries_compare_populations", first=first, second=second)
        assert (found["larger"], round(found["ratio"])) == ("IN", 21)


def test_every_capital_and_every_home_is_a_listed_city_with_the_right_zone() -> None:
    for country in all_countries().values():
        if country.capital:
            assert call(World(1), "cities_get", city=country.capital)["country"] == country.code
    assert {row.code for row in all_countries().values() if not row.capital} == {"AQ", "BV", "HM", "IO", "TK", "UM"}
    for city, country_code, currency, timezone, _ in HOMES:
        found = call(World(1), "cities_get", city=city)
        assert (found["country"], found["timezone"]) == (country_code, timezone)
        assert all_countries()[country_code].currency == currency
        assert airports_of(city)


@pytest.mark.parametrize(
    ("origin", "destination", "km"),
    [("Paris", "London", 344), ("New York", "Los Angeles", 3936), ("Sydney", "Auckland", 2156)],
)
def test_city_distances_are_great_circles(origin: str, destination: str, km: int) -> None:
    found = call(World(1), "cities_distance", origin=origin, destination=destination)
    assert found["distance_km"] == pytest.approx(km, rel=0.005)


def test_the_nearest_city_to_the_palace_is_versailles() -> None:
    found = call(World(1), "cities_nearest", latitude=48.80, longitude=2.13)
    assert found["cities"][0]["name"] == "Versailles"


@pytest.mark.parametrize(
    ("asked", "name"),
    [("são paulo", "Sao Paulo"), ("Paris, France", "Paris"), ("Portland, OR", "Portland"), ("Köln", "Cologne"),
     ("springfield, illinois", "Springfield, Illinois"), ("New York City", "New York"), ("Valencia", "Valencia")],
)  # fmt: skip
def test_a_city_is_found_under_its_other_names(asked: str, name: str) -> None:
    assert call(World(1), "cities_get", city=asked)["name"] == name


def test_city_names_identify_one_row_and_namesakes_are_told_apart() -> None:
    assert len(all_cities()) == len({fold(name) for name in all_cities()})
    assert call(World(1), "cities_get", city="Cambridge, Massachusetts")["country"] == "US"
    assert call(World(1), "cities_get", city="Valencia")["country"] == "ES"
    assert call(World(1), "cities_get", city="Valencia, Venezuela")["country"] == "VE"
    with pytest.raises(NotFound):
        call(World(1), "cities_get", city="Paris, Japan")


def test_city_names_are_found_in_any_case_and_a_wrong_one_names_the_remedy() -> None:
    assert call(World(1), "cities_get", city="new york")["name"] == "New York"
    assert call(World(1), "cities_search", query="Atlantropa") == {"total": 0, "cities": []}
    with pytest.raises(NotFound, match="no city 'Pariss'; see cities_search"):
        call(World(1), "cities_get", city="Pariss")


@pytest.mark.parametrize(
    ("timezone", "at", "offset"),
    [
        ("Asia/Kolkata", "2025-01-01T00:00", "+05:30"),
        ("America/New_York", "2025-07-04T12:00", "-04:00"),
        ("America/New_York", "2025-12-25T12:00", "-05:00"),
        ("Australia/Sydney", "2025-01-15T12:00", "+11:00"),
        ("Asia/Kathmandu", "2025-01-15T12:00", "+05:45"),
    ],
)
def test_offsets_follow_zone_and_season(timezone: str, at: str, offset: str) -> None:
    assert call(World(1), "timezones_offset_at", timezone=timezone, at=at)["offset"] == offset


def test_converting_crosses_midnight() -> None:
    found = call(World(1), "timezones_convert", at="2025-01-31T20:00", timezone="America/New_York", target="Asia/Tokyo")
    assert (found["target"]["local"], found["hours_ahead"]) == ("2025-02-01T10:00", 14.0)


def test_a_local_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="does not exist"):
        call(World(1), "timezones_offset_at", timezone="Europe/Paris", at="2025-03-30T02:30")


@pytest.mark.parametrize("name", ["Mars/Olympus", "../zones", "europe/paris", ""])
def test_unknown_zone_names_are_not_found(name: str) -> None:
    with pytest.raises(NotFound, match="no timezone"):
        call(World(1), "timezones_current_time", timezone=name)


def test_working_hours_of_paris_and_new_york_share_two_hours_and_those_of_los_angeles_none() -> None:
    arguments = {"first": "Europe/Paris", "date": "2025-01-15"}
    found = call(World(1), "timezones_meeting_overlap", second="America/New_York", **arguments)
    assert (found["minutes"], found["first_start"], found["second_end"]) == (
        120,
        "2025-01-15T15:00",
        "2025-01-15T11:00",
    )
    assert call(World(1), "timezones_meeting_overlap", second="America/Los_Angeles", **arguments)["minutes"] == 0


def test_working_hours_may_overlap_on_the_day_before() -> None:
    found = call(
        World(1), "timezones_meeting_overlap", first="Pacific/Auckland", second="America/Los_Angeles", date="2025-01-15"
    )
    assert (found["second_start"], found["minutes"]) == ("2025-01-14T12:00", 300)


def test_the_current_time_at_home_is_the_worlds_now() -> None:
    w = World(5)
    found = call(w, "timezones_current_time", timezone=persona(w).timezone)
    assert found["local"] == w.now.isoformat(timespec="minutes")
