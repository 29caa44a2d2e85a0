"""Formulas of air and fuel, and facts on airlines, against published values."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.meteorology.atmosphere import atmosphere
from mock_apis.transport.fuel_ev import fuel_ev
from mock_apis.travel.airlines import airlines, all_airlines
from mock_apis.travel.airports import all_airports

TOOLS = {name: tool for domain in (atmosphere, fuel_ev, airlines) for name, tool in domain.tools.items()}


def run(name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(World(1), arguments)


def test_dew_point_and_humidity_are_inverse() -> None:
    dew = run("atmosphere_dew_point", temperature_c=25, humidity_percent=50)["dew_point_c"]
    assert dew == pytest.approx(13.9, abs=0.1)
    back = run("atmosphere_relative_humidity", temperature_c=25, dew_point_c=dew)["humidity_percent"]
    assert back == pytest.approx(50, abs=0.1)


def test_heat_index_of_the_us_weather_service_chart() -> None:
    felt = run("atmosphere_heat_index", temperature_c=(90 - 32) / 1.8, humidity_percent=70)["feels_like_c"]
    assert felt * 1.8 + 32 == pytest.approx(106, abs=1)


def test_wind_chill_of_the_canadian_chart_and_its_limits() -> None:
    assert run("atmosphere_wind_chill", temperature_c=-10, wind_km_h=30)["feels_like_c"] == pytest.approx(-20, abs=0.6)
    with pytest.raises(FailedPrecondition):
        run("atmosphere_wind_chill", temperature_c=15, wind_km_h=30)


def test_humidex_of_the_canadian_table_and_stulls_wet_bulb() -> None:
    assert run("atmosphere_humidex", temperature_c=30, dew_point_c=15)["feels_like_c"] == pytest.approx(34, abs=0.5)
    assert run("atmosphere_wet_bulb", temperature_c=20, humidity_percent=50)["wet_bulb_c"] == 13.7


def test_the_beaufort_scale() -> None:
    assert run("atmosphere_beaufort", wind_km_h=70)["name"] == "gale"
    assert run("atmosphere_beaufort", wind_km_h=118)["force"] == 12
    assert run("atmosphere_beaufort_speeds", force=0)["from_km_h"] == 0


@pytest.mark.parametrize(("metres", "hectopascals"), [(0, 1013.25), (5000, 540.2), (11000, 226.32), (15000, 120.45)])
def test_the_standard_atmosphere(metres: int, hectopascals: float) -> None:
    assert run("atmosphere_standard_level", altitude_m=metres)["pressure_hpa"] == pytest.approx(hectopascals, abs=0.05)
    back = run("atmosphere_pressure_altitude", pressure_hpa=hectopascals)["altitude_m"]
    assert back == pytest.approx(metres, abs=5)


def test_thirty_us_miles_per_gallon() -> None:
    economy = run("fuel_ev_convert_economy", value=30, unit="mpg_us")
    assert economy["litres_per_100km"] == pytest.approx(7.84, abs=0.005)
    assert economy["mpg_uk"] == pytest.approx(36.03, abs=0.01)


def test_trips_by_fuel_and_by_battery() -> None:
    assert run("fuel_ev_trip_fuel", distance_km=500, litres_per_100km=6, price_per_litre=1.5)["cost"] == 45.0
    carbon = run("fuel_ev_trip_co2", distance_km=100, litres_per_100km=3.785411784, fuel="petrol")["co2_kg"]
    assert carbon == pytest.approx(8.89, abs=0.01)
    trip = run("fuel_ev_electric_trip", distance_km=300, kwh_per_100km=20, battery_kwh=60, price_per_kwh=0.5)
    assert (trip["battery_percent"], trip["cost"]) == (100.0, 30.0)
    charge = run("fuel_ev_charge_time", battery_kwh=60, from_percent=20, to_percent=80, power_kw=20)
    assert charge == {"battery_kwh_added": 36.0, "grid_kwh": 40.0, "minutes": 120}


def test_airlines_have_codes_alliances_and_hubs() -> None:
    assert run("airlines_get", airline="LH")["icao"] == "DLH"
    assert run("airlines_by_icao", icao="QFA")["name"] == "Qantas"
    assert run("airlines_of_flight_number", flight_number="BA117")["name"] == "British Airways"
    assert run("airlines_same_alliance", first="UA", second="LH")["same_alliance"]
    assert not run("airlines_same_alliance", first="FR", second="U2")["same_alliance"]
    with pytest.raises(NotFound):
        run("airlines_get", airline="X9")


def test_every_hub_is_an_airport() -> None:
    assert {airline.hub for airline in all_airlines().values()} <= set(all_airports())
