"""Sky, almanac, solar system and star catalogue against values of almanacs and fact sheets."""

from typing import Any

import pytest

from mock_apis.astronomy.almanac import almanac
from mock_apis.astronomy.sky import sky
from mock_apis.astronomy.solar_system import solar_system
from mock_apis.astronomy.star_catalog import star_catalog
from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument

TOOLS = {name: tool for domain in (almanac, sky, solar_system, star_catalog) for name, tool in domain.tools.items()}


def call(name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(World(1), arguments)


def test_the_seasons_of_2025_are_those_of_the_almanac() -> None:
    found = call("almanac_seasons", year=2025)
    assert found["march_equinox_utc"][:15] == "2025-03-20T09:0"
    assert found["june_solstice_utc"][:15] == "2025-06-21T02:4"
    assert found["december_solstice_utc"][:15] == "2025-12-21T15:0"


def test_the_eclipse_of_march_2025_was_at_full_moon() -> None:
    found = call("almanac_next_moon_phases", after="2025-03-08")["phases"]
    assert {row["phase"]: row["at_utc"][:10] for row in found}["full moon"] == "2025-03-14"
    now = call("almanac_moon_phase", at="2025-03-14T06:55")
    assert (now["phase"], now["illuminated_percent"] > 99.9) == ("full moon", True)


def test_the_sun_rises_over_london_at_midsummer_and_not_at_all_in_the_arctic_winter() -> None:
    found = call("almanac_rise_set", city="London", date="2025-06-21")
    assert (found["rise"], found["set"][:-1]) == ("2025-06-21T04:43", "2025-06-21T21:2")
    dark = call("almanac_rise_set", city="Tromsø", date="2025-12-21")
    assert (dark["rise"], dark["hours_up"]) == (None, None)
    oslo = call("almanac_twilight", city="Oslo", date="2025-06-21")["twilights"]
    assert [row["dawn"] is None for row in oslo] == [False, True, True]


def test_julian_dates_and_their_limits() -> None:
    assert call("almanac_julian_date", at="2000-01-01T12:00")["julian_date"] == 2451545.0
    with pytest.raises(InvalidArgument, match="outside the years"):
        call("almanac_julian_date", at="0001-01-01T00:00")


def test_the_sun_stands_in_sagittarius_at_the_winter_solstice_and_venus_met_jupiter() -> None:
    found = call("sky_position", body="sun", at="2025-12-21T15:00")
    assert (found["constellation"], found["right_ascension_hours"]) == ("Sgr", pytest.approx(17.97, abs=0.02))
    assert call("sky_separation", first="venus", second="jupiter", at="2025-08-12T06:00")["degrees"] < 1
    assert call("sky_constellation_at", right_ascension_hours=5.9195, declination_deg=7.407)["name"] == "Orion"


def test_the_noon_sun_is_high_in_singapore() -> None:
    found = call("sky_altitude", city="Singapore", body="sun", at="2025-03-20T13:12")
    assert found["altitude_deg"] > 87
    assert call("sky_sidereal_time", city="London", at="2000-01-01T12:00")["greenwich_hours"] == 18.6974


@pytest.mark.parametrize(
    ("body", "gravity", "escape"), [("Mars", 3.73, 5.03), ("Moon", 1.62, 2.38), ("Earth", 9.82, 11.19)]
)
def test_gravity_and_escape_velocity_are_those_of_the_fact_sheets(body: str, gravity: float, escape: float) -> None:
    found = call("solar_system_surface_gravity", body=body)
    assert found["gravity_m_s2"] == pytest.approx(gravity, abs=0.01)
    assert found["escape_velocity_km_s"] == pytest.approx(escape, abs=0.01)


def test_orbits_give_synodic_periods_ages_and_light_times() -> None:
    assert call("solar_system_synodic_period", first="Earth", second="Mars")["days"] == pytest.approx(779.94, abs=0.1)
    assert call("solar_system_age_on", planet="Mars", born="2000-01-01", on="2025-01-01")["years"] == pytest.approx(
        13.29, abs=0.01
    )
    assert call("solar_system_light_travel_time", origin="Sun", destination="Earth")[
        "nearest_minutes"
    ] == pytest.approx(8.317, abs=0.01)
    assert call("solar_system_orbit_extremes", planet="Earth")["mean_speed_km_s"] == pytest.approx(29.78, abs=0.01)
    assert [row["name"] for row in call("solar_system_moons_of", body="Jupiter")["bodies"]] == [
        "Io",
        "Europa",
        "Ganymede",
        "Callisto",
    ]
    with pytest.raises(FailedPrecondition, match="does not orbit the sun"):
        call("solar_system_age_on", planet="Titan", born="2000-01-01", on="2025-01-01")


def test_sirius_is_the_brightest_star_and_stands_in_the_great_dog() -> None:
    first = call("star_catalog_search", limit=1)["stars"][0]
    assert (first["star"], first["name"], first["constellation"], first["magnitude"]) == (
        "HIP 32349",
        "Sirius",
        "CMa",
        -1.44,
    )
    assert call("star_catalog_get_constellation", constellation="CMa")["brightest"] == "HIP 32349"


def test_the_catalogue_has_88_constellations_and_110_messier_objects() -> None:
    assert call("star_catalog_search_constellations")["total"] == 88
    assert call("star_catalog_search_messier")["total"] == 110
    crab = call("star_catalog_get_messier", messier="M1")
    assert (crab["designation"], crab["type"], crab["constellation"]) == ("NGC 1952", "supernova remnant", "Tau")


def test_betelgeuse_and_rigel_are_19_degrees_apart() -> None:
    found = call("star_catalog_compare", first="HIP 27989", second="HIP 24436")
    assert (found["brighter"], found["separation_deg"]) == ("HIP 24436", pytest.approx(18.6, abs=0.1))
