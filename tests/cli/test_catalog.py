"""`toolgrad-local catalog`, on the package of docs/catalog.md."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.generation.usage import count_usage

Command = Callable[..., Any]
TOOLS = ["bikes_search", "bikes_rent", "bikes_return"]
FIRST_BIKE = "@bikes_search.bikes[0].bike_id"
VOID = {"meta", "input", "link", "br"}
"""Elements without an end."""


@pytest.fixture
def catalog_command(command: Command, example_folder: Path) -> Command:
    """Runs `toolgrad-local catalog …` on the example package."""

    def run(*arguments: object) -> Any:
        return command("catalog", *arguments, "--catalog", example_folder)

    return run


class PageParser(HTMLParser):
    """Keeps the open elements, and what is wrong with the nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.seen.append(tag)
        self.fetched += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")


def read_page(path: Path) -> dict[str, Any]:
    """The data of a page that is valid HTML and names no address. Fails if it is not."""
    text = path.read_text(encoding="utf-8")
    parser = PageParser()
    parser.feed(text)
    parser.close()
    assert (parser.faults, parser.open) == ([], [])
    assert {"html", "head", "title", "body", "script", "svg"} <= set(parser.seen)
    assert text.startswith("<!doctype html>")
    found = re.search(r"^const data = (.*);$", text, re.MULTILINE)
    assert found is not None
    assert set(re.findall(r"https?://[^\"'\s]*", text.replace(found[1], ""))) == {"http://www.w3.org/2000/svg"}
    assert parser.fetched == []
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_stats_counts_the_package(catalog_command: Command) -> None:
    outcome = catalog_command("stats")
    assert outcome.code == 0
    assert outcome.out.startswith("3 tools in 1 domains of 1 categories\n1 domains with state; 2 tools write\n")


def test_stats_as_json_has_its_keys(catalog_command: Command, example_folder: Path) -> None:
    figures = json.loads(catalog_command("stats", "--json").out)
    assert {"tools", "domains", "categories", "stateful_domains", "linked_share", "kinds", "digest"} <= set(figures)
    assert (figures["tools"], figures["linked_share"], figures["kinds"]) == (3, 0.6667, {"stateful": 3})
    assert figures["digest"] == load_catalog(example_folder).digest
    assert figures["said_by_people"] == ["city.name"]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        pytest.param([], TOOLS, id="none"),
        pytest.param(["rent"], TOOLS, id="text in name or description"),
        pytest.param(["Cheapest bicycles"], ["bikes_search"], id="every word"),
        pytest.param(["aeroplane"], [], id="no such text"),
        pytest.param(["--category", "mobility"], TOOLS, id="category"),
        pytest.param(["--domain", "bikes", "back"], ["bikes_return"], id="domain and text"),
        pytest.param(["--kind", "stateful"], TOOLS, id="kind"),
        pytest.param(["--kind", "data"], [], id="no such kind"),
    ],
)
def test_list_filters(catalog_command: Command, filters: list[str], names: list[str]) -> None:
    outcome = catalog_command("list", *filters)
    *lines, end = outcome.out.splitlines()
    assert (outcome.code, [line.split()[0] for line in lines]) == (0, names)
    assert end == f"{len(names)} of 3 tools"
    rows = [json.loads(line) for line in catalog_command("list", *filters, "--json").out.splitlines()]
    assert [row["tool"] for row in rows] == names
    assert all(set(row) == {"tool", "category", "domain", "kind", "writes", "description"} for row in rows)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--category", "--category: there is no category 'travel'; there are mobility"),
        ("--domain", "--domain: there is no domain 'travel'; there are bikes"),
    ],
)
def test_list_names_the_categories_and_domains_that_there_are(catalog_command: Command, option: str, said: str) -> None:
    outcome = catalog_command("list", option, "travel")
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"error: {said}\n")


def test_show_tells_all_of_a_tool(catalog_command: Command) -> None:
    outcome = catalog_command("show", "bikes_rent")
    assert outcome.code == 0
    for part in (
        "bikes_rent  mobility / bikes, stateful, changes the world",
        "Rent a bicycle from now on, for some hours.",
        "hours (integer ≥ 1 ≤ 72): For how many hours.",
        "rental_id (string, bike_rental.id)",
        "invalid_argument, not_found, conflict",
        'bikes_rent {"bike_id":"BIKE-',
        '→ {"bike_id":"BIKE-',
        "bike.id: given by bikes_search, bikes_return",
        "bike_rental.id: taken by bikes_return",
    ):
        assert part in outcome.out


def test_show_as_json_follows_the_seed(catalog_command: Command) -> None:
    first, again, other = (
        json.loads(catalog_command("show", "bikes_rent", "--json", "--seed", seed).out) for seed in (1, 1, 2)
    )
    assert first == again
    assert first["example"] != other["example"]
    assert first["given_by"] == {"bike.id": ["bikes_search", "bikes_return"]}
    assert first["taken_by"] == {"bike_rental.id": ["bikes_return"]}


def test_show_suggests_near_names(catalog_command: Command, example_folder: Path) -> None:
    outcome = catalog_command("show", "bikes_retrun")
    assert outcome.code == 2
    assert outcome.err.startswith("error: no tool 'bikes_retrun' in my_apis; near it: bikes_return")


def test_call_prints_the_result(catalog_command: Command) -> None:
    outcome = catalog_command("call", "bikes_search", '{"city": "Dublin", "limit": 1}')
    assert outcome.code == 0
    result = json.loads(outcome.out)
    assert (result["total"], [bike["city"] for bike in result["bikes"]]) == (3, ["Dublin"])
    assert catalog_command("call", "bikes_search", '{"city": "Dublin", "limit": 1}').out == outcome.out
    assert catalog_command("call", "bikes_search", '{"city": "Dublin"}', "--seed", 1).out != outcome.out


def test_call_without_arguments_is_a_call_with_none(catalog_command: Command) -> None:
    assert catalog_command("call", "bikes_search").out == catalog_command("call", "bikes_search", "{}").out


def test_call_takes_references_to_examples(catalog_command: Command) -> None:
    outcome = catalog_command("call", "bikes_rent", json.dumps({"bike_id": FIRST_BIKE, "hours": 2}))
    assert outcome.code == 0
    assert json.loads(outcome.out)["returned"] is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param({"bike_id": FIRST_BIKE}, "invalid_argument: hours: Field required", id="missing"),
        pytest.param({"bike_id": FIRST_BIKE, "hours": "2"}, "invalid_argument: hours: ", id="type"),
        pytest.param({"bike_id": FIRST_BIKE, "hours": 100}, "invalid_argument: hours: ", id="out of range"),
        pytest.param({"bike_id": "7", "hours": 1}, "invalid_argument: bike_id: ", id="pattern"),
        pytest.param({"bike_id": FIRST_BIKE, "hours": 1, "bell": 1}, "invalid_argument: bell: ", id="one too many"),
        pytest.param({"bike_id": "BIKE-000000", "hours": 1}, "not_found: no bike_id 'BIKE-000000'", id="no such id"),
    ],
)
def test_a_call_that_fails_says_why_and_exits_with_1(
    catalog_command: Command, arguments: dict[str, Any], said: str
) -> None:
    outcome = catalog_command("call", "bikes_rent", json.dumps(arguments))
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(said)
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        pytest.param("bikes_rent", "{bike}", "the arguments are not JSON (", id="no JSON"),
        pytest.param("bikes_rent", "[1]", "the arguments are not a JSON object such as {}: [1]", id="no object"),
        pytest.param("bikes_ride", "{}", "no tool 'bikes_ride' in my_apis", id="no tool"),
        pytest.param(
            "bikes_rent",
            '{"bike_id": "@cars_search.cars[0]"}',
            "bikes_rent: the arguments refer to @cars_search.cars[0], which is no other tool's result",
            id="a reference to no tool",
        ),
        pytest.param(
            "bikes_rent",
            '{"bike_id": "@bikes_search.bikes[9].bike_id"}',
            "bikes_rent: the arguments refer to @bikes_search.bikes[9].bike_id, which that result does not have",
            id="a reference to nothing",
        ),
    ],
)
def test_what_is_no_call_is_a_usage_error(catalog_command: Command, tool: str, arguments: str, said: str) -> None:
    outcome = catalog_command("call", tool, arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"error: {said}")


def test_examples_gives_a_line_a_tool(catalog_command: Command) -> None:
    outcome = catalog_command("examples", "--json")
    rows = [json.loads(line) for line in outcome.out.splitlines()]
    assert (outcome.code, [row["tool"] for row in rows]) == (0, TOOLS)
    for row in rows:
        assert set(row) == {"tool", "arguments", "result", "error"}
        assert row["error"] is None
        assert "@" not in json.dumps(row["arguments"])
    assert catalog_command("examples", "--json").out == outcome.out
    assert catalog_command("examples").out.startswith('bikes_search({"city":"Dublin"})\n  → {"bikes":[')


def test_an_example_that_fails_is_a_line_and_the_exit_code(command: Command, make_package: Any) -> None:
    source = (
        "from mock_apis.core import Domain, Record, World\nfrom mock_apis.core.errors import NotFound\n"
        'holes = Domain("holes", category="odd", description="Nothing is ever found here.")\n'
        "class Nothing(Record):\n    total: int\n"
        '@holes.tool(example={}, errors=[NotFound], kind="data")\n'
        'def look(w: World) -> Nothing:\n    """Look into a hole with nothing in it."""\n'
        '    raise NotFound("no thing here")\n'
    )
    outcome = command("catalog", "examples", "--json", "--catalog", make_package({"odd/holes.py": source}))
    assert outcome.code == 1
    assert json.loads(outcome.out) == {
        "tool": "holes_look",
        "arguments": {},
        "result": None,
        "error": "not_found: no thing here",
    }


def test_graph_writes_one_page_with_every_tool(catalog_command: Command, tmp_path: Path) -> None:
    out = tmp_path / "pages" / "graph.html"
    outcome = catalog_command("graph", "--out", out)
    assert (outcome.code, outcome.out) == (0, f"{out}: 3 tools, open it in a browser\n")
    data = read_page(out)
    assert list(data["tools"]) == sorted(TOOLS)
    assert [domain["tools"] for domain in data["domains"]] == [TOOLS]
    assert data["usage"] is None


def test_the_page_of_the_bundled_catalog_links_its_domains(command: Command, catalog: Catalog, tmp_path: Path) -> None:
    assert command("catalog", "graph", "--out", tmp_path / "graph.html").code == 0
    data = read_page(tmp_path / "graph.html")
    assert set(data["tools"]) == set(catalog.tools)
    assert len(data["links"]) > len(catalog.domains) / 2
    assert all(0 <= domain[axis] <= 1 for domain in data["domains"] for axis in "xy")
    assert ("flight_bookings", "flights") in {(link["a"], link["b"]) for link in data["links"]}


def test_the_page_of_a_run_has_its_counts(
    command: Command, scripted_run: Callable[..., Path], example_folder: Path, tmp_path: Path
) -> None:
    run = scripted_run(samples=2, iterations=3, catalog=example_folder)
    assert command("catalog", "graph", "--run", run, "--out", tmp_path / "graph.html").code == 0
    usage = read_page(tmp_path / "graph.html")["usage"]
    counted = count_usage(run, load_catalog(example_folder))
    assert usage == {name: counts.model_dump() for name, counts in counted.items()}
    assert sum(counts["kept"] for counts in usage.values()) > 0


def test_a_page_of_a_folder_that_is_no_run_is_refused(catalog_command: Command, tmp_path: Path) -> None:
    outcome = catalog_command("graph", "--run", tmp_path, "--out", tmp_path / "graph.html")
    assert outcome.code == 2
    assert "is no run folder" in outcome.err
    assert not (tmp_path / "graph.html").exists()


@pytest.mark.parametrize(
    "words", [["stats"], ["list"], ["show", "bikes_rent"], ["call", "bikes_rent"], ["examples"], ["graph"]]
)
def test_every_command_refuses_a_folder_that_is_no_package(command: Command, tmp_path: Path, words: list[str]) -> None:
    outcome = command("catalog", *words, "--catalog", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"error: {tmp_path} is no package: it has no __init__.py (an empty one will do)\n"
