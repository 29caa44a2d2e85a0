"""Textbook values of the chemistry and biology domains."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from toolgrad_local.catalog.loader import load_catalog

TOOLS = load_catalog().tools
WORLD = World(1)


def call(tool: str, **arguments: Any) -> Any:
    return TOOLS[tool].run(WORLD, arguments)


@pytest.mark.parametrize(
    ("equation", "balanced"),
    [
        ("C3H8 + O2 -> CO2 + H2O", "C3H8 + 5O2 -> 3CO2 + 4H2O"),
        ("KMnO4 + HCl -> KCl + MnCl2 + H2O + Cl2", "2KMnO4 + 16HCl -> 2KCl + 2MnCl2 + 8H2O + 5Cl2"),
        ("Fe2O3 + C -> Fe + CO2", "2Fe2O3 + 3C -> 4Fe + 3CO2"),
        ("Ca3(PO4)2 + SiO2 + C -> CaSiO3 + CO + P4", "2Ca3(PO4)2 + 6SiO2 + 10C -> 6CaSiO3 + 10CO + P4"),
    ],
)
def test_equations_balance(equation: str, balanced: str) -> None:
    assert call("molecules_balance_equation", equation=equation)["equation"] == balanced


def test_an_equation_that_loses_an_element_has_no_balance() -> None:
    with pytest.raises(FailedPrecondition, match="no balance"):
        call("molecules_balance_equation", equation="H2O -> H2")


def test_glucose_comes_from_its_percentages_and_molar_mass() -> None:
    shares = [("C", 40.0), ("H", 6.71), ("O", 53.29)]
    given = [{"symbol": symbol, "mass_percent": percent} for symbol, percent in shares]
    assert call("molecules_empirical_formula", shares=given)["formula"] == "CH2O"
    assert call("molecules_molecular_formula", empirical="CH2O", grams_per_mole=180.16)["formula"] == "C6H12O6"


def test_oxygen_limits_and_hydrogen_is_left() -> None:
    reactants = [{"formula": "H2", "grams": 10.0}, {"formula": "O2", "grams": 32.0}]
    found = call("molecules_limiting_reagent", equation="2H2 + O2 -> 2H2O", reactants=reactants)
    assert found["limiting_reagent"] == "O2"
    assert found["products"][0]["moles"] == pytest.approx(2, rel=1e-3)


def test_ring_and_double_bonds() -> None:
    assert call("molecules_unsaturation", formula="C6H6")["rings_and_double_bonds"] == 4
    assert call("molecules_unsaturation", formula="C8H10N4O2")["rings_and_double_bonds"] == 6


def test_solutions_of_the_textbook() -> None:
    assert call("solutions_prepare", solute="NaCl", moles_per_litre=1.0, volume_ml=1000.0)["grams"] == 58.44
    assert call("solutions_acid_ph", acid="HCl", moles_per_litre=0.01)["ph"] == 2.0
    assert call("solutions_acid_ph", acid="CH3COOH", moles_per_litre=0.1)["ph"] == pytest.approx(2.88, abs=0.01)
    assert call("solutions_buffer", acid="CH3COOH", ph=4.76, moles_per_litre=0.2, volume_ml=1000.0)["acid_moles"] == 0.1


def test_heat_of_the_textbook() -> None:
    assert call("thermochemistry_heat_of_combustion", fuel="CH4")["kj_per_mole"] == pytest.approx(890.5, abs=0.5)
    ammonia = call("thermochemistry_reaction_energy", equation="N2 + 3H2 -> 2NH3")
    assert ammonia["enthalpy_kj"] == pytest.approx(-91.8, abs=0.1)
    assert ammonia["entropy_j_per_k"] == pytest.approx(-198.1, abs=0.3)
    assert call("thermochemistry_galvanic_cell", first="Cu", second="Zn")["volts"] == 1.1
    assert call("thermochemistry_gas_amount", formula="O2", volume_litres=22.414, temperature_c=0.0)["moles"] == 1.0
    assert call("thermochemistry_water_heat", grams=1000.0, from_c=0.0, to_c=100.0)["kilojoules"] == pytest.approx(
        2675.4
    )


def test_unbalanced_equations_have_no_heat() -> None:
    with pytest.raises(FailedPrecondition, match="not balanced"):
        call("thermochemistry_reaction_energy", equation="H2 + O2 -> H2O")


def test_insulin_chain_a_is_translated_and_weighed() -> None:
    dna = call("proteins_back_translate", protein="GIVEQCCTSICSLYQLENYCN")["sequence"]
    protein = call("dna_translate", sequence=dna)["protein"]
    assert protein == "GIVEQCCTSICSLYQLENYCN"
    assert call("proteins_mass", protein=protein)["average_da"] == pytest.approx(2383.7, abs=0.2)


def test_the_sickle_cell_mutation_is_found() -> None:
    found = call("dna_mutate", sequence="ATGGTGCACCTGACTCCTGAGGAG", position=20, base="T")
    assert (found["effect"], found["change"]) == ("missense", "E7V")


def test_dna_is_read_cut_and_turned() -> None:
    assert call("dna_reverse_complement", sequence="ATGC")["sequence"] == "GCAT"
    assert call("dna_digest", sequence="TTGAATTCAA", enzyme="EcoRI")["fragments"] == ["TTG", "AATTCAA"]
    assert call("dna_melting_temperature", primer="ATGCATGC")["temperature_c"] == 24.0
    frames = call("dna_find_orfs", sequence="CCATGAAATTTTAGCC", min_codons=2)
    assert frames["frames"][0]["protein"] == "MKF"


def test_trypsin_spares_proline_and_glycine_has_its_known_isoelectric_range() -> None:
    assert call("proteins_digest", protein="MKPRAGK")["peptides"] == ["MKPR", "AGK"]
    assert call("proteins_composition", protein="GG")["formula"] == "C4H8N2O3"
    assert 9 < call("proteins_isoelectric_point", protein="KKKGG")["isoelectric_point"] < 12
    assert call("proteins_isoelectric_point", protein="DDEGG")["isoelectric_point"] < 4


def test_mendel_counts_nine_three_three_one() -> None:
    chances = {
        row["traits"]: row["chance"] for row in call("genetics_cross", mother="AaBb", father="AaBb")["phenotypes"]
    }
    assert chances == {"A_ B_": "9/16", "A_ bb": "3/16", "aa B_": "3/16", "aa bb": "1/16"}
    peas = call("genetics_check_ratio", observed=[315, 108, 101, 32], ratio=[9, 3, 3, 1])
    assert peas["chi_square"] == pytest.approx(0.47, abs=0.005)
    with pytest.raises(InvalidArgument, match="father"):
        call("genetics_cross", mother="Aa", father="Bb")


def test_blood_groups_are_inherited_and_given() -> None:
    assert call("blood_groups_child_types", mother="O-", father="O-")["possible"] == ["O-"]
    assert "O-" not in call("blood_groups_child_types", mother="AB+", father="O+")["possible"]
    assert len(call("blood_groups_transfusion_matches", blood_type="O-")["can_give_red_cells_to"]) == 8
    assert call("genetics_carrier_share", affected_share=0.0004)["carrier_share"] == pytest.approx(0.0392)


def test_blood_is_typed_by_what_clumps() -> None:
    card = {"clumps_with_anti_a": False, "clumps_with_anti_b": False, "clumps_with_anti_d": False}
    assert call("blood_groups_read_test", **card) == {"blood_type": "O-", "antibodies": ["anti-A", "anti-B"]}


def test_ecology_of_the_textbook() -> None:
    even = call("ecology_diversity", community="a:10 b:10")
    assert (even["shannon"], even["evenness"]) == (0.6931, 1.0)
    assert call("ecology_mark_recapture", marked=50, caught=60, recaught=12)["individuals"] == pytest.approx(
        238.3, abs=0.1
    )
    assert call("ecology_compare", first="a:2 b:2", second="a:2 c:2")["bray_curtis"] == 0.5
    assert call("ecology_rarefy", community="a:1 b:1", sample_size=1)["expected_species"] == 1.0
