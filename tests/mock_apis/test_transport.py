"""Cars, trains, rides, parking and transit: what is booked is held, what is over cannot be changed."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.domain import Domain
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.finance.bank import bank
from mock_apis.transport.car_rental import car_rental
from mock_apis.transport.city_transit import city_transit
from mock_apis.transport.parking import parking
from mock_apis.transport.rides import rides
from mock_apis.transport.train_tickets import train_tickets
from mock_apis.transport.trains import trains

DOMAINS: tuple[Domain, ...] = (bank, car_rental, city_transit, parking, rides, train_tickets, trains)
TOOLS = {name: tool for domain in DOMAINS for name, tool in domain.tools.items()}
DAY = "2026-03-10"


def run(world: World, name: str, **arguments: Any) -> Any:
    return TOOLS[name].run(world, arguments)


def reserve(world: World, pick_up: str = DAY, days: int = 4) -> Any:
    car = run(world, "car_rental_search", airport="DUB", pick_up=pick_up, days=days)["cars"][0]
    return run(world, "car_rental_reserve", car_id=car["car_id"], driver="Ada King", pick_up=pick_up, days=days)


def test_a_car_is_rented_to_one_customer_at_a_time() -> None:
    world = World(1)
    rental = reserve(world)
    with pytest.raises(Conflict, match=rental["rental_id"]):
        run(world, "car_rental_reserve", car_id=rental["car_id"], driver="Bo Li", pick_up="2026-03-13", days=2)
    offered = run(world, "car_rental_search", airport="DUB", pick_up=DAY, days=2, limit=20)["cars"]
    assert rental["car_id"] not in [car["car_id"] for car in offered]
    run(world, "car_rental_cancel", rental_id=rental["rental_id"])
    assert run(world, "car_rental_search", airport="DUB", pick_up=DAY, days=2)["total"] == len(offered) + 1
    with pytest.raises(FailedPrecondition):
        run(world, "car_rental_cancel", rental_id=rental["rental_id"])


def test_more_days_of_a_car_cost_more() -> None:
    world = World(2)
    rental = reserve(world, days=2)
    longer = run(world, "car_rental_change_days", rental_id=rental["rental_id"], days=4)
    assert longer["total"] == pytest.approx(2 * rental["total"])
    assert longer["drop_off"] == "2026-03-14"


def station(world: World, city: str) -> str:
    code: str = run(world, "trains_stations", city=city)["stations"][0]["station"]
    return code


def buy(world: World) -> Any:
    london, paris = station(world, "London"), station(world, "Paris")
    train = run(world, "trains_search", origin=london, destination=paris, date="2026-02-03")["trains"][0]
    return run(
        world,
        "train_tickets_book",
        train_id=train["train_id"],
        origin=london,
        destination=paris,
        passenger="Ada King",
    )


def test_a_train_ticket_is_paid_by_card_and_refunded_in_full() -> None:
    world = World(1)
    before = run(world, "bank_accounts")["accounts"]
    ticket = buy(world)
    assert run(world, "bank_accounts")["accounts"] != before
    assert run(world, "train_tickets_refund", ticket_id=ticket["ticket_id"])["refund"] == ticket["fare"]
    assert run(world, "bank_accounts")["accounts"] == before
    with pytest.raises(FailedPrecondition):
        run(world, "train_tickets_refund", ticket_id=ticket["ticket_id"])


def test_nobody_gets_two_tickets_for_a_train() -> None:
    world = World(1)
    buy(world)
    with pytest.raises(Conflict):
        buy(world)


def test_a_train_calls_in_the_order_of_its_line_and_routes_change_where_lines_meet() -> None:
    world = World(3)
    london, lyon, madrid = (station(world, city) for city in ("London", "Lyon", "Madrid"))
    train = run(world, "trains_search", origin=london, destination=lyon, date="2026-02-03")["trains"][0]
    stops = [stop["name"] for stop in run(world, "trains_stops", train_id=train["train_id"])["stops"]]
    assert stops == ["London Central", "Paris Central", "Lyon Central", "Marseille Central"]
    route = run(world, "trains_route", origin=london, destination=madrid)
    assert (route["changes"], route["stations"]) == (1, [london, lyon, madrid])
    with pytest.raises(NotFound):
        run(world, "trains_route", origin=london, destination=station(world, "Tokyo"))


def test_a_ride_is_measured_the_same_both_ways_and_cancelled_once() -> None:
    world = World(1)
    there = run(world, "rides_estimate", pickup="1 Mill Lane", dropoff="9 Hill Road")
    back = run(world, "rides_estimate", pickup="9 hill road", dropoff="1 Mill Lane")
    assert there["distance_km"] == back["distance_km"]
    ride = run(world, "rides_request", pickup="1 Mill Lane", dropoff="9 Hill Road")
    assert ride["status"] == "driver_on_way"
    with pytest.raises(Conflict):
        run(world, "rides_request", pickup="1 Mill Lane", dropoff="2 Park Avenue")
    assert run(world, "rides_cancel", ride_id=ride["ride_id"])["fee"] > 0
    with pytest.raises(FailedPrecondition):
        run(world, "rides_cancel", ride_id=ride["ride_id"])


def test_only_completed_rides_are_rated_and_only_once() -> None:
    world = World(1)
    ride = run(world, "rides_list", status="completed")["rides"][0]["ride_id"]
    assert run(world, "rides_rate_driver", ride_id=ride, stars=4)["stars"] == 4
    with pytest.raises(Conflict):
        run(world, "rides_rate_driver", ride_id=ride, stars=5)


def test_a_plate_parks_once_and_an_early_end_is_cheaper() -> None:
    world = World(1)
    lot = run(world, "parking_lots", city="Dublin")["lots"][0]["lot_id"]
    session = run(world, "parking_start_session", lot_id=lot, plate="AB1234", minutes=240)
    assert session["cost"] == run(world, "parking_quote", lot_id=lot, minutes=240)["cost"]
    with pytest.raises(Conflict):
        run(world, "parking_start_session", lot_id=lot, plate="AB1234", minutes=60)
    ended = run(world, "parking_end_session", session_id=session["session_id"])
    assert ended["cost"] == run(world, "parking_quote", lot_id=lot, minutes=15)["cost"] < session["cost"]
    with pytest.raises(FailedPrecondition):
        run(world, "parking_extend_session", session_id=session["session_id"], minutes=60)


def test_transit_journeys_change_at_the_central_stop() -> None:
    world = World(1)
    lines = run(world, "city_transit_lines", city="Berlin")["lines"]
    one, two = (run(world, "city_transit_stops_on_line", line_id=row["line_id"])["stops"] for row in lines[1:3])
    assert one[4] == two[4]
    ends = {"from_stop": one[0]["stop_id"], "to_stop": two[8]["stop_id"]}
    journey = run(world, "city_transit_plan_journey", **ends, after="2026-01-12T08:00")
    assert journey["changes"] == 1
    assert journey["legs"][0]["to_stop"] == journey["legs"][1]["from_stop"] == one[4]["stop_id"]
    assert journey["legs"][0]["arrive"] <= journey["legs"][1]["depart"]
    with pytest.raises(InvalidArgument):
        run(world, "city_transit_plan_journey", from_stop=one[0]["stop_id"], to_stop=one[0]["stop_id"])
