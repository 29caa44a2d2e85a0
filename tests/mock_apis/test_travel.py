"""Airports, flights, hotels and weather."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound, ResourceExhausted
from mock_apis.geography.cities import all_cities, cities
from mock_apis.geography.timezones import now_in, zone, zone_names
from mock_apis.travel.airports import airports, main_airports
from mock_apis.travel.flight_bookings import flight_bookings
from mock_apis.travel.flights import SOLD, SoldSeats, flights
from mock_apis.travel.hotel_register import find_hotel, hotels_in
from mock_apis.travel.hotels import hotels
from mock_apis.travel.weather import weather

TOOLS = {
    name: tool
    for domain in (cities, airports, flights, flight_bookings, hotels, weather)
    for name, tool in domain.tools.items()
}


def call(w: World, name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(w, arguments)


@pytest.mark.parametrize(
    ("origin", "destination", "km"), [("JFK", "LHR", 5540), ("SYD", "LAX", 12050), ("FRA", "SIN", 10260)]
)
def test_airport_distances_are_great_circles(origin: str, destination: str, km: int) -> None:
    found = call(World(1), "airports_distance", origin=origin, destination=destination)
    assert found["distance_km"] == pytest.approx(km, rel=0.005)


def test_new_york_has_three_main_airports_and_kyoto_uses_those_of_osaka() -> None:
    found = call(World(1), "airports_in_city", city="New York", limit=3)
    assert {row["airport"] for row in found["airports"]} == {"JFK", "LGA", "EWR"}
    assert call(World(1), "airports_in_city", city="Kyoto")["total"] == 0
    near = call(World(1), "airports_nearest", city="Kyoto", limit=2)
    assert [row["airport"] for row in near["airports"]] == ["ITM", "KIX"]


def test_every_zone_of_a_city_is_known() -> None:
    assert {city.timezone for city in all_cities().values()} <= zone_names()


def test_a_city_leads_to_an_airport_a_flight_and_a_booking() -> None:
    booked = 0
    for served in main_airports()[::4]:
        w = World(11)
        name = call(w, "cities_search", query=served.city)["cities"][0]["name"]
        for airport in call(w, "airports_in_city", city=name)["airports"][:1]:
            origin = "KEF" if airport["airport"] != "KEF" else "OSL"
            found = call(w, "flights_search", origin=origin, destination=airport["airport"], date="2026-03-02")
            flight = found["flights"][0]
            booking = call(w, "flight_bookings_book", flight_id=flight["flight_id"], passenger="Ada Lovelace")
            assert call(w, "flight_bookings_get", booking_id=booking["booking_id"])["depart"] == flight["depart"]
            booked += 1
    assert booked > 30


def test_a_flight_found_is_the_flight_got_and_its_times_agree_across_zones() -> None:
    found = call(World(3), "flights_search", origin="LHR", destination="NRT", date="2026-06-01")["flights"][0]
    assert call(World(3), "flights_get", flight_id=found["flight_id"]) == found
    depart = datetime.fromisoformat(found["depart"]).replace(tzinfo=zone("Europe/London"))
    arrive = datetime.fromisoformat(found["arrive"]).replace(tzinfo=zone("Asia/Tokyo"))
    assert (arrive - depart).total_seconds() / 60 == found["duration_minutes"]


def test_the_cheapest_day_is_the_least_price_of_the_searches() -> None:
    found = call(World(3), "flights_cheapest_day", origin="LHR", destination="MAD", first_date="2026-06-01", days=5)
    prices = {}
    for day in range(1, 6):
        listed = call(World(3), "flights_search", origin="LHR", destination="MAD", date=f"2026-06-0{day}")
        prices[f"2026-06-0{day}"] = min(row["price"] for row in listed["flights"])
    assert {row["date"]: row["price"] for row in found["days"]} == prices
    assert found["cheapest"]["price"] == min(prices.values())


@pytest.mark.parametrize(
    "flight_id",
    ["FL-DUBCDG-20260115-FFFF", "FL-DUBXXX-20260115-0A54", "FL-DUBCDG-20261399-0A54", "FL-LHRLGW-99991231-0000"],
)
def test_invented_flight_ids_are_not_found(flight_id: str) -> None:
    with pytest.raises(NotFound, match=flight_id):
        call(World(3), "flights_get", flight_id=flight_id)


def test_flights_of_the_past_cannot_be_searched() -> None:
    with pytest.raises(InvalidArgument, match="date 2024-01-05"):
        call(World(3), "flights_search", origin="DUB", destination="CDG", date="2024-01-05")


def a_flight(w: World) -> Any:
    return call(w, "flights_search", origin="DUB", destination="CDG", date="2026-01-15")["flights"][0]


def test_booking_takes_a_seat_and_cancelling_gives_it_back_once() -> None:
    w = World(4)
    flight = a_flight(w)
    booking = call(w, "flight_bookings_book", flight_id=flight["flight_id"], passenger="Ada Lovelace")
    assert a_flight(w)["seats_left"] == flight["seats_left"] - 1
    with pytest.raises(Conflict, match=booking["booking_id"]):
        call(w, "flight_bookings_book", flight_id=flight["flight_id"], passenger="ada lovelace")
    refund = call(w, "flight_bookings_cancel", booking_id=booking["booking_id"])
    assert (refund["refund"], a_flight(w)["seats_left"]) == (flight["price"], flight["seats_left"])
    with pytest.raises(FailedPrecondition, match="cancelled already"):
        call(w, "flight_bookings_cancel", booking_id=booking["booking_id"])


def test_a_full_flight_cannot_be_booked() -> None:
    w = World(4)
    flight = a_flight(w)
    SOLD.put(w, SoldSeats(flight_id=flight["flight_id"], seats=flight["seats_left"]))
    with pytest.raises(ResourceExhausted, match="no seat left"):
        call(w, "flight_bookings_book", flight_id=flight["flight_id"], passenger="Ada Lovelace")


def test_a_seat_belongs_to_one_booking() -> None:
    w = World(4)
    flight = a_flight(w)
    one, two = (
        call(w, "flight_bookings_book", flight_id=flight["flight_id"], passenger=name)["booking_id"]
        for name in ("Ada Lovelace", "Alan Turing")
    )
    free = call(w, "flight_bookings_free_seats", booking_id=one)
    assert free["total"] == flight["seats_left"]
    seat = free["seats"][0]
    assert call(w, "flight_bookings_select_seat", booking_id=one, seat=seat)["seat"] == seat
    with pytest.raises(Conflict, match=f"seat {seat} is taken"):
        call(w, "flight_bookings_select_seat", booking_id=two, seat=seat)
    with pytest.raises(NotFound, match="rows are 1 to 30"):
        call(w, "flight_bookings_select_seat", booking_id=two, seat="31A")


@pytest.mark.parametrize("seed", range(8))
def test_check_in_is_open_for_the_next_flight_only(seed: int) -> None:
    w = World(seed)
    soon, later = call(w, "flight_bookings_list")["bookings"]
    checked = call(w, "flight_bookings_check_in", booking_id=soon["booking_id"])
    assert checked["status"] == "checked_in"
    assert checked["seat"]
    for name in ("flight_bookings_check_in", "flight_bookings_cancel"):
        with pytest.raises(FailedPrecondition, match="checked in already"):
            call(w, name, booking_id=soon["booking_id"])
    with pytest.raises(FailedPrecondition, match="24 hours"):
        call(w, "flight_bookings_check_in", booking_id=later["booking_id"])


def a_stay(w: World) -> dict[str, str]:
    hotel = call(w, "hotels_search", city="Vienna")["hotels"][0]
    return {"hotel_id": hotel["hotel_id"], "check_in": "2026-01-15", "check_out": "2026-01-18"}


def test_a_stay_costs_the_sum_of_its_nights_and_more_on_weekends() -> None:
    w = World(6)
    stay = a_stay(w)
    rate = call(w, "hotels_get", hotel_id=stay["hotel_id"])["nightly_rate"]
    found = call(w, "hotels_quote", **stay)
    assert (found["nights"], found["total"]) == (3, pytest.approx(rate * (1 + 1.2 + 1.2), abs=0.01))


def test_a_reservation_takes_a_room_until_it_is_cancelled() -> None:
    w = World(6)
    stay = a_stay(w)
    before = call(w, "hotels_quote", **stay)
    reservation = call(w, "hotels_book", guest="Ada Lovelace", **stay)
    assert reservation["total"] == before["total"]
    assert call(w, "hotels_quote", **stay)["free_rooms"] == before["free_rooms"] - 1
    with pytest.raises(Conflict, match=reservation["reservation_id"]):
        call(w, "hotels_book", guest="Ada Lovelace", **stay)
    assert call(w, "hotels_cancel_reservation", reservation_id=reservation["reservation_id"])["fee"] == 0
    assert call(w, "hotels_quote", **stay)["free_rooms"] == before["free_rooms"]
    with pytest.raises(FailedPrecondition, match="cancelled already"):
        call(w, "hotels_cancel_reservation", reservation_id=reservation["reservation_id"])


def test_a_hotel_fills_up() -> None:
    w = World(6)
    stay = a_stay(w)
    for number in range(call(w, "hotels_quote", **stay)["free_rooms"]):
        call(w, "hotels_book", guest=f"Guest {number}", **stay)
    with pytest.raises(ResourceExhausted, match="no free room in the night of 2026-01-1"):
        call(w, "hotels_book", guest="Ada Lovelace", **stay)


def test_a_late_cancellation_costs_a_night() -> None:
    w = World(6)
    tomorrow = w.today + timedelta(days=1)
    stay = {**a_stay(w), "check_in": tomorrow.isoformat(), "check_out": (tomorrow + timedelta(days=2)).isoformat()}
    reservation = call(w, "hotels_book", guest="Ada Lovelace", **stay)
    found = call(w, "hotels_cancel_reservation", reservation_id=reservation["reservation_id"])
    assert found["fee"] == pytest.approx(reservation["total"] / 2, abs=0.01)


def test_impossible_stays_are_refused() -> None:
    w = World(6)
    for check_in, check_out, field in (
        ("2026-01-15", "2026-01-15", "check_out"),
        ("2026-01-15", "2026-03-15", "check_out"),
        ("2024-01-01", "2024-01-03", "check_in"),
    ):
        with pytest.raises(InvalidArgument, match=field):
            call(w, "hotels_quote", **{**a_stay(w), "check_in": check_in, "check_out": check_out})


def test_a_city_has_three_hotels_that_are_found_by_their_ids() -> None:
    for seed, city in ((1, "Paris"), (2, "Springfield, Illinois"), (3, "Reykjavik")):
        w = World(seed)
        rows = hotels_in(w, city)
        assert len({row.name for row in rows}) == len({row.hotel_id for row in rows}) == 3
        assert [find_hotel(w, row.hotel_id) for row in rows] == rows
        with pytest.raises(NotFound):
            find_hotel(w, f"HT-{(int(rows[0].hotel_id[3:], 16) + 1) % 0x1000000:06X}")


def test_the_forecast_begins_today_and_agrees_with_the_current_weather() -> None:
    for seed in range(5):
        w = World(seed)
        days = call(w, "weather_forecast", city="Tokyo", days=5)["days"]
        today = now_in(w, "Asia/Tokyo").date()
        assert [date.fromisoformat(day["date"]) - today for day in days] == [timedelta(days=n) for n in range(5)]
        found = call(w, "weather_current", city="Tokyo")
        assert found["condition"] == days[0]["condition"]
        assert days[0]["low_c"] <= found["temperature_c"] <= days[0]["high_c"]


def test_the_tropics_are_warmer_than_the_north() -> None:
    for seed in range(5):
        north, tropics = (
            call(World(seed), "weather_forecast", city=city, days=1)["days"][0]["high_c"]
            for city in ("Oslo", "Singapore")
        )
        assert tropics > north


def test_air_quality_categories_follow_the_index() -> None:
    for seed in range(10):
        found = call(World(seed), "weather_air_quality", city="Berlin")
        assert (found["index"] <= 50) == (found["category"] == "good")
