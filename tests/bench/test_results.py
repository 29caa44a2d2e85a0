"""results.json and RESULTS.md: merged figure by figure, and rendered from the file alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.bench.metrics import METRICS
from toolgrad_local.bench.render import render_results
from toolgrad_local.bench.results import FigureResult, ResultTable, find_headlines, read_results, read_script_result
from toolgrad_local.bench.save import save_results
from toolgrad_local.errors import ConfigError

MACHINE = {"processor": "Example 9000 (x86_64 avx2)", "cores": "2", "gpus": "none"}


def make_result(command: str = "toolgrad-local bench ideal", **metrics: tuple[float, ...]) -> FigureResult:
    """A result of that day on that machine."""
    return FigureResult(date="2026-11-30", machine=MACHINE, command=command, metrics=metrics)


def test_the_page_is_the_golden_one(golden: Any) -> None:
    ideal = make_result(loop_over_ideal=(1.1, 1.2, 1.08), ideal_generated_tokens=(123456.0, 123000.0, 124000.0))
    table = ResultTable(title="Where the time goes", columns=("part", "share"), rows=(("a | b", "60.0%"),))
    overhead = make_result("toolgrad-local bench overhead", overhead_calls_per_second=(1900.0,))
    figures = {
        "kills": make_result("python benchmarks/kills.py --json", kills_survived=(40.0,), kills_tried=(40.0,)),
        "overhead": overhead.model_copy(update={"tables": (table,), "settings": {"samples": "200"}}),
        "engine_kills": make_result("python benchmarks/engine_kills.py --json", kills_survived=(4,), kills_tried=(5,)),
        "cache": make_result("toolgrad-local bench cache", prefix_cache_share=(0.8512, 0.9)),
        "ideal": ideal,
    }
    golden("RESULTS.md", render_results(figures))


def test_a_figure_is_merged_with_those_that_are_there(tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    save_results(out, {"ideal": make_result(loop_over_ideal=(1.2,)), "memory": make_result(memory_ratio=(1.1,))})
    save_results(out, {"ideal": make_result(loop_over_ideal=(1.05, 1.07, 1.5))})
    written = json.loads(out.read_text())
    assert (written["loop_over_ideal"], written["memory_ratio"]) == (1.07, 1.1)
    assert list(written["figures"]) == ["ideal", "memory"]
    assert "at most 1.15 | 1.07 | 1.05 to 1.50 of 3 | yes" in (tmp_path / "RESULTS.md").read_text()
    assert read_results(out)["ideal"].metrics["loop_over_ideal"] == (1.05, 1.07, 1.5)


def test_kills_of_both_scripts_are_added_up() -> None:
    figures = {
        "kills": make_result(kills_survived=(100.0,), kills_tried=(100.0,)),
        "engine_kills": make_result(kills_survived=(9.0,), kills_tried=(10.0,)),
    }
    assert find_headlines(figures) == {"kills_survived": 109, "kills_tried": 110}


def test_a_scripts_output_becomes_a_figure_with_its_other_values_as_settings(tmp_path: Path) -> None:
    path = tmp_path / "kills.json"
    path.write_text('{"kills_survived": 7, "kills_tried": 8, "samples": 20, "moments": [1, 2]}')
    result = read_script_result(path, "2026-11-30", MACHINE)
    assert result.metrics == {"kills_survived": (7.0,), "kills_tried": (8.0,)}
    assert (result.settings, result.command) == ({"samples": "20"}, "python benchmarks/kills.py --json")


def test_a_scripts_tables_and_its_command_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "connections.json"
    table = {"title": "Addresses", "columns": ["address", "times"], "rows": [["127.0.0.1", "7"]]}
    path.write_text(json.dumps({"connections_tried": 7, "command": "make air-gap", "tables": [table]}))
    result = read_script_result(path, "2026-11-30", MACHINE)
    assert (result.command, result.settings) == ("make air-gap", {})
    assert result.tables == (ResultTable(title="Addresses", columns=("address", "times"), rows=(("127.0.0.1", "7"),)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param('{"kills_tried": 3, "tables": [3]}', "its tables are none", id="no table"),
        pytest.param("{", "is no JSON", id="no json"),
        pytest.param("[]", "holds no figure", id="no object"),
        pytest.param('{"kills": 3}', "holds no figure", id="nothing known"),
        pytest.param('{"kills_tried": true}', "holds no figure", id="no number"),
        pytest.param(None, "cannot be read", id="missing"),
    ],
)
def test_a_scripts_output_without_a_figure_is_refused(tmp_path: Path, text: str | None, said: str) -> None:
    path = tmp_path / "kills.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ConfigError, match=said):
        read_script_result(path, "2026-11-30", MACHINE)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"figures": []}', '{"figures": {"ideal": {}}}'])
def test_a_file_of_something_else_is_not_overwritten(tmp_path: Path, text: str) -> None:
    out = tmp_path / "results.json"
    out.write_text(text)
    with pytest.raises(ConfigError, match="holds no results"):
        save_results(out, {"ideal": make_result(loop_over_ideal=(1.0,))})
    assert out.read_text() == text


@pytest.mark.parametrize(
    ("name", "value", "written", "reached"),
    [
        pytest.param("loop_over_ideal", 1.15, "1.15", True, id="at most, reached"),
        pytest.param("loop_over_ideal", 1.1501, "1.15", False, id="at most, missed"),
        pytest.param("overhead_calls_per_second", 2000.0, "2,000", True, id="at least, reached"),
        pytest.param("prefix_cache_share", 0.8499, "85.0%", False, id="share, missed"),
        pytest.param("tools_per_sample", 2.25, "2.2", None, id="no goal"),
    ],
)
def test_a_goal_is_judged_by_the_value_and_not_by_what_is_printed(
    name: str, value: float, written: str, reached: bool | None
) -> None:
    assert (METRICS[name].write(value), METRICS[name].is_reached(value)) == (written, reached)
