"""Textbook values of the physics and engineering domains."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition
from toolgrad_local.catalog.loader import load_catalog

TOOLS = load_catalog().tools
WORLD = World(1)


def call(tool: str, **arguments: Any) -> Any:
    return TOOLS[tool].run(WORLD, arguments)


def test_constants_agree_with_one_another() -> None:
    value = {row["symbol"]: row["value"] for row in call("constants_search", limit=20)["constants"]}
    value |= {
        symbol: call("constants_get", symbol=symbol)["value"] for symbol in ("alpha", "epsilon_0", "mu_0", "u", "a_0")
    }
    pi = 3.141592653589793
    assert value["k_B"] * value["N_A"] == pytest.approx(value["R"], rel=1e-9)
    assert value["e"] * value["N_A"] == pytest.approx(value["F"], rel=1e-9)
    assert value["epsilon_0"] * value["mu_0"] * value["c"] ** 2 == pytest.approx(1, rel=1e-9)
    assert value["e"] ** 2 / (4 * pi * value["epsilon_0"] * value["hbar"] * value["c"]) == pytest.approx(
        value["alpha"], rel=1e-8
    )
    assert value["hbar"] / (value["m_e"] * value["c"] * value["alpha"]) == pytest.approx(value["a_0"], rel=1e-8)
    assert call("constants_ratio", numerator="m_p", denominator="m_e")["value"] == pytest.approx(1836.152673, rel=1e-8)


def test_throws_falls_and_orbits() -> None:
    throw = call("mechanics_projectile", speed_m_per_s=20.0, angle_degrees=45.0)
    assert throw["range_m"] == pytest.approx(400 / 9.80665, rel=1e-5)
    assert call("mechanics_free_fall", height_m=4.903325)["seconds"] == 1.0
    assert call("mechanics_pendulum", length_m=0.99362)["period_s"] == pytest.approx(2.0, abs=1e-4)
    low = call("mechanics_orbit", body="Earth", altitude_km=0.0)
    assert low["escape_speed_m_per_s"] == pytest.approx(11186, abs=10)


def test_an_elastic_collision_keeps_energy() -> None:
    after = call("mechanics_collide", first_kg=2.0, first_m_per_s=3.0, second_kg=1.0, second_m_per_s=0.0)
    assert (after["first_m_per_s"], after["second_m_per_s"], after["lost_energy_j"]) == (1.0, 4.0, 0.0)
    stuck = call(
        "mechanics_collide", first_kg=1.0, first_m_per_s=2.0, second_kg=1.0, second_m_per_s=0.0, elasticity=0.0
    )
    assert (stuck["first_m_per_s"], stuck["second_m_per_s"], stuck["lost_energy_j"]) == (1.0, 1.0, 1.0)


def test_resistors_are_read_combined_and_rounded() -> None:
    assert call("circuits_read_bands", bands="yellow violet red gold") == {
        "resistance_ohm": 4700.0,
        "tolerance_percent": 5.0,
    }
    assert call("circuits_nearest_standard", resistance_ohm=4600.0)["bands"] == "yellow violet red silver"
    assert call("circuits_combine", resistors=[6.0, 3.0], wiring="parallel")["resistance_ohm"] == 2.0
    assert call("circuits_led_resistor", supply_volts=5.0, led_volts=2.0, current_ma=20.0)["resistance_ohm"] == 150.0
    assert call("circuits_rc_filter", resistance_ohm=1000.0, microfarads=1.0)["cutoff_hz"] == pytest.approx(159.155)


def test_light_bends_and_is_shifted() -> None:
    bent = call("waves_optics_refract", from_medium="water", to_medium="air", angle_degrees=60.0)
    assert (bent["refracted_degrees"], bent["reflected_percent"]) == (None, 100.0)
    straight = call("waves_optics_refract", from_medium="air", to_medium="crown glass", angle_degrees=0.0)
    assert straight["reflected_percent"] == pytest.approx(4.26, abs=0.02)
    assert call("waves_optics_thin_lens", focal_length_cm=10.0, object_distance_cm=30.0)["image_distance_cm"] == 15.0
    assert call("waves_optics_light", wavelength_nm=500.0)["photon_ev"] == pytest.approx(2.4797, abs=1e-4)
    assert call("waves_optics_add_sound_levels", levels_db=[80.0, 80.0])["decibels"] == 83.01


def test_relativity_and_decay_of_the_textbook() -> None:
    assert (
        call("relativity_quanta_time_dilation", speed_share_of_light=0.8, traveller_years=3.0)["rest_frame_years"]
        == 5.0
    )
    assert call("relativity_quanta_date_sample", isotope="C-14", share_left=0.5)["years"] == 5700
    assert call("relativity_quanta_hydrogen_line", upper=3, lower=2)["wavelength_nm"] == pytest.approx(656.47, abs=0.01)
    assert call("relativity_quanta_gravity_radius", body="Sun")["radius_m"] == pytest.approx(2953, rel=2e-3)
    assert call("relativity_quanta_activity", isotope="Ra-226", milligrams=1000.0)["becquerels"] == pytest.approx(
        3.66e10, rel=0.01
    )
    electron = call("relativity_quanta_matter_wave", particle="electron", speed_share_of_light=0.1)
    assert electron["rest_energy_mev"] == pytest.approx(0.51099895, rel=1e-7)


def test_beams_bend_as_the_formulas_say() -> None:
    moment = call("structures_section", shape="rectangle", height_mm=100.0, width_mm=50.0)["second_moment_mm4"]
    assert moment == pytest.approx(50 * 100**3 / 12, rel=1e-5)
    beam = call(
        "structures_beam_deflection", material="structural steel", second_moment_mm4=1e6, span_m=1.0, load_n=9600.0
    )
    assert beam == {"deflection_mm": 1.0, "largest_moment_nm": 2400.0}
    two = call("structures_beam_reactions", span_m=4.0, loads_n=[1000.0], places_m=[1.0])
    assert two == {"left_n": 750.0, "right_n": 250.0, "largest_moment_nm": 750.0}


def test_water_flows_and_presses() -> None:
    flow = call("fluids_pipe_flow", fluid="water", litres_per_minute=30.0, diameter_mm=25.0)
    assert flow["velocity_m_per_s"] == pytest.approx(1.01859, rel=1e-5)
    assert flow["regime"] == "turbulent"
    assert call("fluids_head", fluid="mercury", pressure_kpa=101.325)["head_m"] == pytest.approx(0.7627, abs=5e-4)
    assert call("fluids_buoyancy", fluid="sea water", mass_kg=920.0, volume_litres=1000.0)["submerged_percent"] == (
        pytest.approx(89.76, abs=0.01)
    )


def test_houses_lose_heat_and_pumps_obey_carnot() -> None:
    lost = call("home_energy_heat_loss", u_value=0.2, area_m2=100.0, indoor_c=20.0, outdoor_c=-5.0)
    assert (lost["watts"], lost["kwh_per_day"]) == (500.0, 12.0)
    with pytest.raises(FailedPrecondition, match="Carnot"):
        call("home_energy_heat_pump", kwh=10.0, cop=20.0, source_c=-20.0, flow_c=60.0)
    june = call("home_energy_solar_day", city="Madrid", day="2025-06-21", kilowatts_peak=1.0)
    assert june["day_length_h"] == pytest.approx(14.9, abs=0.2)
