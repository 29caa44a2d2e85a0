"""US states and counties, geocoding and geodesy against published values."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.geography.geocoding import geocoding
from mock_apis.geography.geodesy import geodesy
from mock_apis.geography.us_places import us_places

TOOLS = {name: tool for domain in (us_places, geocoding, geodesy) for name, tool in domain.tools.items()}


def call(name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(World(1), arguments)


def test_states_have_their_capitals_codes_and_dates() -> None:
    found = call("us_places_get_state", state="CA")
    assert (found["capital"], found["fips"], found["admitted"]) == ("Sacramento", "06", "1850-09-09")
    assert (found["counties"], found["neighbours"]) == (58, ["AZ", "NV", "OR"])
    assert call("us_places_get_state", state="IL")["capital"] == "Springfield, Illinois"
    assert call("us_places_search_states")["total"] == 51
    assert call("us_places_get_county", county="06037")["name"] == "Los Angeles County"


def test_tennessee_has_eight_neighbours_and_hawaii_none() -> None:
    assert call("us_places_bordering_states", state="TN")["total"] == 8
    assert call("us_places_fewest_borders", first="ME", second="WA")["borders"] == 11
    with pytest.raises(FailedPrecondition):
        call("us_places_fewest_borders", first="HI", second="CA")


def test_a_city_lies_in_its_state() -> None:
    assert call("us_places_state_of_city", city="Portland, Maine")["state"] == "ME"
    with pytest.raises(FailedPrecondition, match="FR"):
        call("us_places_state_of_city", city="Paris")
    assert call("us_places_cities_in_state", state="NY")["cities"][0]["name"] == "New York"


def test_geohashes_are_those_of_the_published_examples() -> None:
    assert call("geocoding_geohash_encode", latitude=57.64911, longitude=10.40744, length=11) == {
        "geohash": "u4pruydqqvj"
    }
    found = call("geocoding_geohash_decode", geohash="ezs42")
    assert (round(found["latitude"], 3), round(found["longitude"], 3)) == (42.605, -5.603)
    near = {
        row["direction"]: row["geohash"]
        for row in call("geocoding_geohash_neighbours_of", geohash="dqcjq")["neighbours"]
    }
    assert (near["n"], near["se"]) == ("dqcjw", "dqcjp")


@pytest.mark.parametrize(
    ("latitude", "longitude", "digits", "code"),
    [
        (20.375, 2.775, 6, "7FG49Q00+"),
        (20.3700625, 2.7821875, 10, "7FG49QCJ+2V"),
        (20.3701125, 2.782234375, 11, "7FG49QCJ+2VX"),
        (-41.2730625, 174.7859375, 10, "4VCPPQGP+Q9"),
        (90, 1, 4, "CFX30000+"),
        (1, 180, 4, "62H20000+"),
    ],
)
def test_plus_codes_are_those_of_the_specification(latitude: float, longitude: float, digits: int, code: str) -> None:
    assert (
        call("geocoding_plus_code_encode", latitude=latitude, longitude=longitude, digits=digits)["plus_code"] == code
    )
    found = call("geocoding_plus_code_decode", plus_code=code)
    assert abs(found["latitude"] - latitude) <= found["height_deg"]


def test_short_or_padded_plus_codes_are_refused() -> None:
    for code in ("8F000000+2V", "0FW4V75V+8Q", "8FW4V75V+8", "FF000000+", "8W000000+"):
        with pytest.raises(InvalidArgument, match="plus_code"):
            call("geocoding_plus_code_decode", plus_code=code)


def test_locators_and_utm_of_well_known_places() -> None:
    assert call("geocoding_maidenhead_encode", latitude=48.14666, longitude=11.60833)["locator"] == "JN58td"
    eiffel = call("geocoding_utm_encode", latitude=48.8582, longitude=2.2945)
    assert (eiffel["zone"], eiffel["band"], round(eiffel["easting_m"]), round(eiffel["northing_m"])) == (
        31,
        "U",
        448252,
        5411933,
    )
    back = call("geocoding_utm_decode", **eiffel)
    assert (round(back["latitude"], 5), round(back["longitude"], 5)) == (48.8582, 2.2945)
    assert call("geocoding_utm_encode", latitude=60.39, longitude=5.32)["zone"] == 32
    with pytest.raises(FailedPrecondition):
        call("geocoding_utm_encode", latitude=85, longitude=0)


def test_a_point_is_named_after_its_nearest_city() -> None:
    assert call("geocoding_reverse", latitude=48.80, longitude=2.13)["city"] == "Versailles"
    with pytest.raises(NotFound, match="max_distance_km"):
        call("geocoding_reverse", latitude=-48.9, longitude=-123.4)


def test_the_geodesic_from_jfk_to_heathrow_is_that_of_the_library_documentation() -> None:
    ends = {"from_latitude": 40.6, "from_longitude": -73.8, "to_latitude": 51.6, "to_longitude": -0.5}
    assert call("geodesy_course", **ends)["distance_km"] == pytest.approx(5551.7594, abs=0.001)
    parts = call("geodesy_intermediate_points", parts=4, **ends)["points"]
    assert call("geodesy_intermediate_points", **ends)["points"] == [parts[1]]


def test_going_and_looking_back_agree() -> None:
    end = call("geodesy_destination", latitude=50, longitude=10, bearing=75, distance_km=1234.567)
    found = call(
        "geodesy_course",
        from_latitude=50,
        from_longitude=10,
        to_latitude=end["latitude"],
        to_longitude=end["longitude"],
    )
    assert (found["distance_km"], found["initial_bearing"]) == (
        pytest.approx(1234.567, abs=0.001),
        pytest.approx(75, abs=0.001),
    )


def test_an_octant_of_the_globe_has_an_eighth_of_its_area() -> None:
    corners = [{"latitude": 0, "longitude": 0}, {"latitude": 0, "longitude": 90}, {"latitude": 90, "longitude": 0}]
    assert call("geodesy_polygon_area", corners=corners)["area_km2"] == pytest.approx(510065621.724 / 8, rel=1e-9)


def test_a_point_north_of_the_equator_lies_left_of_an_eastward_line() -> None:
    line = [{"latitude": 0, "longitude": 0}, {"latitude": 0, "longitude": 10}]
    found = call("geodesy_cross_track", line=line, latitude=1, longitude=5)
    assert (found["side"], found["cross_track_km"], found["along_track_km"]) == ("left", -111.195, 555.975)


def test_degrees_minutes_and_seconds_are_read_and_written() -> None:
    assert call("geodesy_parse_dms", text="40°26'46\"N 79°58'56\"W") == {"latitude": 40.446111, "longitude": -79.982222}
    assert call("geodesy_format_dms", latitude=40.446111, longitude=-79.982222) == {
        "latitude_dms": "40°26′46.0″N",
        "longitude_dms": "79°58′56.0″W",
    }
    for text in ("", "40 N", "95°0'0\"N 3°0'0\"E", "40°61'0\"N 3°0'0\"E"):
        with pytest.raises(InvalidArgument, match="text"):
            call("geodesy_parse_dms", text=text)
