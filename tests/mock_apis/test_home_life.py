"""What home, housing and insurance promise: devices, materials, appliances, garden, pets, viewings, policies."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.finance.bank import bank
from mock_apis.home.appliances import appliances
from mock_apis.home.garden import garden
from mock_apis.home.home_projects import home_projects
from mock_apis.home.pets import pets
from mock_apis.home.smart_home import smart_home
from mock_apis.housing.listings import listings
from mock_apis.insurance.insurance_desk import insurance_desk

DAY = "2025-12-12"


def call(w: World, domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w, arguments)


@pytest.fixture
def w() -> World:
    return World(7)


def test_a_scene_brings_back_the_state_it_was_saved_in(w: World) -> None:
    light = call(w, smart_home, "devices", kind="light")["devices"][0]["device_id"]
    call(w, smart_home, "dim", device_id=light, brightness=35)
    scene = call(w, smart_home, "save_scene", name="Reading", device_ids=[light])
    call(w, smart_home, "switch", device_id=light, on=False)
    restored = call(w, smart_home, "activate_scene", scene_id=scene["scene_id"])["devices"][0]
    assert (restored["on"], restored["brightness"]) == (True, 35)
    with pytest.raises(Conflict, match="reading"):
        call(w, smart_home, "save_scene", name="reading", device_ids=[light])
    sensor = call(w, smart_home, "devices", kind="temperature_sensor")["devices"][0]["device_id"]
    with pytest.raises(FailedPrecondition, match="temperature_sensor"):
        call(w, smart_home, "switch", device_id=sensor, on=True)


def test_materials_are_counted_by_geometry(w: World) -> None:
    room = call(w, home_projects, "room_size", length_m=5, width_m=4, height_m=2.5, doors=1)
    assert room == {"floor_m2": 20, "wall_m2": 43.2, "perimeter_m": 18, "volume_m3": 50}
    assert call(w, home_projects, "paint", wall_m2=40, coats=2, can_litres=5) == {"litres": 8, "cans": 2}
    assert call(w, home_projects, "wallpaper", perimeter_m=18, height_m=2.5)["rolls"] == 9
    tiles = call(
        w, home_projects, "tiles", area_m2=10, tile_length_cm=50, tile_width_cm=50, joint_mm=0, waste_percent=0
    )
    assert tiles == {"tiles": 40, "grout_litres": 0}
    assert call(w, home_projects, "slab", length_m=4, width_m=3, thickness_cm=10) == {"volume_m3": 1.2}
    stairs = call(w, home_projects, "stairs", rise_cm=270)
    assert (stairs["steps"], stairs["riser_mm"], stairs["run_m"]) == (15, 180, 3.78)
    assert call(w, home_projects, "fence", length_m=5, panel_m=2) == {"panels": 3, "posts": 4, "last_panel_m": 1}


def test_a_visit_under_warranty_is_free_and_only_one_at_a_time(w: World) -> None:
    new = call(w, appliances, "register", kind="dryer", model="T8", bought="2024-01-08", warranty_months=36, watts=1000)
    key = new["appliance_id"]
    assert call(w, appliances, "warranty", appliance_id=key)["ends"] == "2027-01-08"
    visit = call(w, appliances, "schedule_service", appliance_id=key, day=DAY, fault="Noise")
    assert (visit["under_warranty"], visit["fee"]) == (True, 0)
    with pytest.raises(Conflict, match=key):
        call(w, appliances, "schedule_service", appliance_id=key, day=DAY, fault="Noise")
    with pytest.raises(FailedPrecondition, match=visit["visit_id"]):
        call(w, appliances, "remove", appliance_id=key)
    call(w, appliances, "cancel_service", visit_id=visit["visit_id"])
    with pytest.raises(FailedPrecondition, match="cancelled"):
        call(w, appliances, "cancel_service", visit_id=visit["visit_id"])
    cost = call(w, appliances, "running_cost", appliance_id=key, hours_per_week=2, price_per_kwh=0.5)
    assert (cost["kwh_per_year"], cost["cost_per_year"]) == (104, 52)


def test_garden_knows_families_and_counts_plants(w: World) -> None:
    potato = call(w, garden, "check_rotation", before="tomato", after="potato")
    assert potato == {"same_family": True, "before": "Solanaceae", "after": "Solanaceae"}
    assert call(w, garden, "crops", query="daucus")["crops"][0]["crop"] == "carrot"
    assert call(w, garden, "bed_plan", crop="carrot", length_m=3, width_m=1.25)["plants"] == 300
    assert call(w, garden, "degree_days", highs_c=[20, 8], lows_c=[10, 2], base_c=10)["degree_days"] == 5
    with pytest.raises(FailedPrecondition, match="autumn"):
        call(w, garden, "outdoor_date", crop="garlic", last_frost="2025-05-10")


def test_harvests_add_up_until_the_bed_is_cleared(w: World) -> None:
    key = call(w, garden, "plant", crop="pea", bed="south bed", plants=40)["planting_id"]
    call(w, garden, "log_harvest", planting_id=key, grams=300)
    assert call(w, garden, "log_harvest", planting_id=key, grams=200)["harvested_g"] == 500
    call(w, garden, "clear", planting_id=key)
    with pytest.raises(FailedPrecondition, match=key):
        call(w, garden, "log_harvest", planting_id=key, grams=1)


def test_pets_keep_weights_vaccinations_and_toxic_foods(w: World) -> None:
    new = call(w, pets, "register", name="Juno", species="dog", born="2022-05-04", neutered=True)
    key = new["pet_id"]
    with pytest.raises(FailedPrecondition, match="pets_log_weight"):
        call(w, pets, "energy_need", pet_id=key)
    call(w, pets, "log_weight", pet_id=key, weight_kg=16)
    assert call(w, pets, "energy_need", pet_id=key) == {
        "pet_id": key,
        "resting_kcal_per_day": 560,
        "adult_kcal_per_day": 896,
    }
    shot = call(w, pets, "add_vaccination", pet_id=key, vaccine="rabies", given="2024-01-05")
    assert shot["due"] == "2025-01-04"
    with pytest.raises(Conflict, match=shot["vaccination_id"]):
        call(w, pets, "add_vaccination", pet_id=key, vaccine="Rabies", given="2024-01-05")
    assert call(w, pets, "toxic_food", food="onion", species="cat")["known_toxic"]
    assert not call(w, pets, "toxic_food", food="carrot", species="dog")["known_toxic"]
    call(w, pets, "remove", pet_id=key)
    with pytest.raises(NotFound, match=key):
        call(w, pets, "weights", pet_id=key)


def test_a_home_is_viewed_once_and_an_offer_at_the_price_is_accepted(w: World) -> None:
    home = call(w, listings, "search", deal="sale", city="Berlin")["listings"][0]
    key = home["listing_id"]
    start = call(w, listings, "viewing_times", listing_id=key, day=DAY)["starts"][0]
    viewing = call(w, listings, "schedule_viewing", listing_id=key, start=start)
    with pytest.raises(Conflict, match="booked already"):
        call(w, listings, "schedule_viewing", listing_id=key, start=start)
    call(w, listings, "cancel_viewing", viewing_id=viewing["viewing_id"])
    with pytest.raises(FailedPrecondition, match="cancelled already"):
        call(w, listings, "cancel_viewing", viewing_id=viewing["viewing_id"])
    assert call(w, listings, "submit_offer", listing_id=key, amount=home["price"] / 2)["status"] == "refused"
    assert call(w, listings, "submit_offer", listing_id=key, amount=home["price"])["status"] == "accepted"
    with pytest.raises(Conflict, match="accepted already"):
        call(w, listings, "submit_offer", listing_id=key, amount=home["price"])
    shown = call(w, listings, "rental_yield", listing_id=key, monthly_rent=home["price"] / 240)
    assert shown["gross_percent"] == 5


def balance(w: World) -> float:
    return float(sum(row["balance"] for row in call(w, bank, "accounts")["accounts"]))


def test_a_claim_pays_what_exceeds_the_deductible_up_to_the_cover(w: World) -> None:
    health = call(w, insurance_desk, "policies", kind="health")["policies"][0]
    key = health["policy_id"]
    with pytest.raises(FailedPrecondition, match="needs one"):
        call(w, insurance_desk, "file_claim", policy_id=key, amount=500, cause="Fall")
    before = balance(w)
    amount = health["deductible"] + 100
    claim = call(w, insurance_desk, "file_claim", policy_id=key, amount=amount, cause="Fall", diagnosis="S62")
    assert claim["paid"] == 100
    assert balance(w) == pytest.approx(before + 100)
    large = call(w, insurance_desk, "file_claim", policy_id=key, amount=1e9, cause="Fall", diagnosis="S62")
    assert large["paid"] == health["cover"] - 100
    with pytest.raises(FailedPrecondition, match="claim was paid"):
        call(w, insurance_desk, "cancel", policy_id=key)


def test_a_policy_is_bought_once_for_a_pet_and_its_premium_charged(w: World) -> None:
    pet = call(w, pets, "list")["pets"][0]["pet_id"]
    offer = call(w, insurance_desk, "quote", cover=1000, pet_id=pet)
    before = balance(w)
    call(w, insurance_desk, "buy", quote_id=offer["quote_id"])
    assert balance(w) == pytest.approx(before - offer["yearly_premium"])
    again = call(w, insurance_desk, "quote", cover=1000, pet_id=pet)
    with pytest.raises(Conflict, match=again["quote_id"]):
        call(w, insurance_desk, "buy", quote_id=again["quote_id"])
    other = call(w, appliances, "list")["appliances"][0]["appliance_id"]
    with pytest.raises(InvalidArgument, match="at most one"):
        call(w, insurance_desk, "quote", cover=1000, pet_id=pet, appliance_id=other)
