"""Known results of the mathematics domains."""

from typing import Any

import pytest

from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted
from toolgrad_local.catalog.loader import load_catalog

TOOLS = load_catalog().tools
WORLD = World(1)


def call(tool: str, **arguments: Any) -> Any:
    return TOOLS[tool].run(WORLD, arguments)


@pytest.mark.parametrize(
    "text", ["__import__", "x.real", "f(x)", "x if x else y", "lambda: 1", "2x", "x y", "1/0", "(-1)^(1/2)", "x^x"]
)
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="expression"):
        call("algebra_expand", expression=text)


@pytest.mark.parametrize("text", ["9^12^12", "(x+y+z+a+b)^12", "x^99", "((x+1)^12)^12", "+".join("x" * 99)])
def test_what_would_run_away_is_refused(text: str) -> None:
    with pytest.raises(ResourceExhausted, match="expression"):
        call("algebra_expand", expression=text)


def test_algebra_is_exact() -> None:
    assert call("algebra_expand", expression="(x + 2)*(x - 3)")["expression"] == "x^2 - x - 6"
    assert call("algebra_factor", expression="x^2 - x - 6")["expression"] == "(x - 3)*(x + 2)"
    assert call("algebra_simplify", expression="(x^2 - 1)/(x - 1)")["expression"] == "x + 1"
    golden = call("algebra_roots", expression="x^2 - x - 1")
    assert golden["real"][1]["exact"] == "1/2 + sqrt(5)/2"
    assert call("algebra_roots", expression="x^3 - 1")["complex_count"] == 2
    assert call("algebra_divide", dividend="x^3 - 1", divisor="x - 1")["quotient"] == "x^2 + x + 1"
    solved = call("algebra_solve_system", equations=["x + y - 10", "2*x - y - 2"])["values"]
    assert [(row["variable"], row["value"]) for row in solved] == [("x", "4"), ("y", "6")]


def test_quintic_roots_are_numbers() -> None:
    roots = call("algebra_roots", expression="x^5 - x - 1")
    assert roots["complex_count"] == 4
    assert roots["real"][0]["decimal"] == pytest.approx(1.1673039783)


def test_calculus_of_the_textbook() -> None:
    assert call("calculus_derivative", expression="x^3*sin(x)")["expression"] == "x^3*cos(x) + 3*x^2*sin(x)"
    assert call("calculus_antiderivative", expression="3*x^2 + cos(2*x)")["expression"] == "x^3 + sin(2*x)/2"
    assert call("calculus_definite_integral", expression="sin(x)", low=0.0, high=3.141592653589793)["value"] == 2.0
    assert call("calculus_limit", expression="(x^2 - 4)/(x - 2)", at=2)["value"] == "4"
    assert call("calculus_limit", expression="1/x^2", at=0)["kind"] == "plus_infinity"
    assert call("calculus_taylor_polynomial", expression="exp(x)", order=3)["expression"] == "x^3/6 + x^2/2 + x + 1"
    kinds = [(row["x"], row["kind"]) for row in call("calculus_critical_points", expression="x^3 - 3*x")["points"]]
    assert kinds == [(-1.0, "maximum"), (1.0, "minimum")]
    assert call("calculus_find_root", expression="cos(x) - x", low=0.0, high=1.0)["x"] == pytest.approx(0.7390851332)
    with pytest.raises(FailedPrecondition, match="not finite"):
        call("calculus_definite_integral", expression="log(x)", low=-1.0, high=1.0)


def test_matrices_are_exact_inside() -> None:
    assert call("matrices_determinant", matrix=[[2, 1], [5, 3]])["value"] == 1.0
    assert call("matrices_inverse", matrix=[[2, 1], [5, 3]])["rows"] == [[3.0, -1.0], [-5.0, 2.0]]
    assert call("matrices_row_reduce", matrix=[[1, 2, 3], [4, 5, 6], [7, 8, 9]])["rank"] == 2
    assert call("matrices_eigenvalues", matrix=[[2, 1], [1, 2]])["real"] == [1.0, 3.0]
    assert call("matrices_characteristic_polynomial", matrix=[[2, 1], [1, 2]])["polynomial"] == "x^2 - 4*x + 3"
    assert call("matrices_power", matrix=[[1, 1], [1, 0]], exponent=10)["rows"][0][0] == 89.0
    fitted = call("matrices_least_squares", matrix=[[1, 0], [1, 1], [1, 2]], right_side=[6, 0, 0])
    assert fitted["coefficients"] == [5.0, -3.0]


def test_graphs_have_their_known_paths_and_flows() -> None:
    graph = "A-B:4 A-C:2 C-B:1 B-D:5 C-D:8 D-E:3"
    assert call("graphs_shortest_path", graph=graph, source="A", target="E") == {
        "nodes": ["A", "C", "B", "D", "E"],
        "length": 11,
    }
    assert call("graphs_spanning_tree", graph=graph)["weight"] == 11
    assert call("graphs_max_flow", graph=graph, source="A", sink="E") == {"value": 3, "cut": ["D-E"]}
    assert call("graphs_topological_order", graph="b-c a-b")["nodes"] == ["a", "b", "c"]
    assert call("graphs_match", graph="ann-cook ann-wash bob-cook eve-wash")["size"] == 2
    assert call("graphs_weak_points", graph="A-B B-C C-A C-D") == {"bridges": ["C-D"], "cut_nodes": ["C"]}


def test_logic_knows_its_laws() -> None:
    assert call("logic_truth_table", proposition="p | ~p")["kind"] == "tautology"
    assert call("logic_equivalent", first="~(p & q)", second="~p | ~q")["holds"]
    assert call("logic_entails", premises=["p > q", "~q"], conclusion="~p")["holds"]
    assert not call("logic_entails", premises=["p > q", "q"], conclusion="p")["holds"]
    assert call("logic_simplify", proposition="(p & q) | (~p & q)")["proposition"] == "q"
    assert call("logic_satisfy", proposition="p ^ q")["model_count"] == 2


def test_plane_figures_have_their_measures() -> None:
    square = call("plane_geometry_measure", polygon="0,0 2,0 2,2 0,2")
    assert square == {"area": 4.0, "perimeter": 8.0, "centroid": "1,1", "convex": True}
    assert call("plane_geometry_convex_hull", points="0,0 4,0 4,3 1,1 0,3")["corners"] == 4
    assert call("plane_geometry_solve_triangle", a=3.0, b=4.0, c=5.0)["kind"] == "right"
    assert call("plane_geometry_circle_through", first="0,0", second="4,0", third="0,3")["radius"] == 2.5
    assert call("plane_geometry_locate_point", polygon="0,0 4,0 4,4 0,4", point="4,2")["place"] == "edge"
    crossing = call("plane_geometry_intersect_lines", first="0,0", second="4,4", third="0,4", fourth="4,0")
    assert crossing == {"point": "2,2", "angle_degrees": 90.0}


def test_chances_of_the_textbook() -> None:
    assert call("probability_between", distribution="normal(100,15)", low=85.0, high=115.0)["probability"] == (
        pytest.approx(0.68268949)
    )
    assert call("probability_between", distribution="binomial(10,0.5)", low=5, high=5)["probability"] == 0.24609375
    assert call("probability_quantile", distribution="normal(0,1)", share=0.975)["value"] == pytest.approx(1.959964)
    assert call("probability_quantile", distribution="poisson(4)", share=0.5)["value"] == 4.0
    assert call("probability_dice_sum", dice=2, sides=6, total=7)["chance_of_exactly"] == pytest.approx(1 / 6)
    assert call("probability_shared_birthday", people=23)["chance_of_a_match"] == pytest.approx(0.50729723)
    assert call("probability_bayes", prior=0.01, if_true=0.9, if_false=0.09)["probability"] == pytest.approx(0.0917431)


def test_counts_and_ranks_are_exact() -> None:
    assert call("combinatorics_choose", things=52, chosen=5)["count"] == "2598960"
    found = {kind: call("combinatorics_special_number", kind=kind, size=10)["count"] for kind in ("catalan", "bell")}
    assert found == {"catalan": "16796", "bell": "115975"}
    assert call("combinatorics_special_number", kind="partitions", size=100)["count"] == "190569292"
    assert call("combinatorics_special_number", kind="derangements", size=5)["count"] == "44"
    assert call("combinatorics_anagram_count", letters="mississippi")["count"] == "34650"
    assert call("combinatorics_arrangement_rank", letters="bca") == {"position": 4, "total": 6, "following": "cab"}


def test_choices_are_the_best() -> None:
    assert call("optimization_assign", costs=[[9, 2, 7], [6, 4, 3], [5, 8, 1]]) == {"columns": [2, 1, 3], "total": 9.0}
    assert call("optimization_make_change", amount=6, coins=[1, 3, 4])["coins"] == [3, 3]
    plan = call("optimization_linear_program", maximise=[3, 5], limits=[[1, 0], [0, 2], [3, 2]], right_side=[4, 12, 18])
    assert plan == {"values": [2.0, 6.0], "objective": 36.0}
    with pytest.raises(FailedPrecondition, match="without end"):
        call("optimization_linear_program", maximise=[1, 1], limits=[[1, -1]], right_side=[1])
    tour = call("optimization_city_tour", cities=["Paris", "Berlin", "Madrid"], round_trip=False)
    assert tour["cities"] in (["Paris", "Berlin", "Madrid"], ["Paris", "Madrid", "Berlin"])
