"""The ground that every domain stands on: worlds, tables, tools with strict arguments, examples."""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from mock_apis.core import Domain, Record, Table, Tool, World
from mock_apis.core.entities import Entity, IsoDate
from mock_apis.core.errors import Conflict, InvalidArgument, NotFound
from mock_apis.core.examples import resolve_example, run_example

ShelfId = Annotated[str, Field(pattern=r"^SH-[0-9A-F]{6}$"), Entity("shelf.id")]


class Size(Record):
    width: float
    height: float


class Shelf(Record):
    shelf_id: ShelfId
    label: str
    size: Size | None = None


library = Domain("library", category="test", description="Shelves for tests.")


def seed_shelves(w: World) -> list[Shelf]:
    return [Shelf(shelf_id=f"SH-00000{n}", label=w.draw("label", n).pick(("red", "blue"))) for n in (1, 2, 3)]


SHELVES = Table("shelves", key="shelf_id", seed_rows=seed_shelves)


@library.tool(
    example={"label": "oak", "size": {"width": 1.0, "height": 2.5}}, errors=[Conflict], writes=True, kind="stateful"
)
def build(w: World, label: str, size: Size, count: Annotated[int, Field(ge=1, le=9)] = 1) -> Shelf:
    """Build a shelf of a size in the library.

    label: What is written on it.
    size: Width and height
        in metres.
    count: How many boards.
    """
    shelf = SHELVES.put(w, Shelf(shelf_id=w.new_id("SH"), label=label, size=size))
    if label == "red":
        raise Conflict(f"label {label} is taken")
    return shelf


@library.tool(example={"shelf_id": "@library_build.shelf_id"}, errors=[NotFound], kind="stateful")
def get(w: World, shelf_id: ShelfId, day: IsoDate | None = None, style: Literal["long", "short"] = "long") -> Shelf:
    """Show one shelf of the library as it stands.

    shelf_id: The shelf, as given when it was built.
    day: The day of interest, YYYY-MM-DD.
    style: How much is shown.
    """
    return SHELVES.get(w, shelf_id)


@library.tool(example={}, kind="stateful")
def paint(w: World) -> Shelf:
    """Paint a shelf without saying that this writes."""
    return SHELVES.put(w, Shelf(shelf_id="SH-000001", label="paint"))


BUILD, GET = library.tools["library_build"], library.tools["library_get"]
OAK = {"label": "oak", "size": {"width": 1.0, "height": 2.5}}


def test_a_fork_does_not_see_later_writes_and_its_own_are_not_seen() -> None:
    world = World(1)
    SHELVES.put(world, Shelf(shelf_id="SH-00000B", label="before"))
    fork = world.fork()
    SHELVES.put(world, Shelf(shelf_id="SH-00000A", label="mine"))
    SHELVES.remove(fork, "SH-000001")
    assert SHELVES.find(fork, "SH-00000A") is None
    assert SHELVES.find(world, "SH-000001") is not None
    assert fork.now == world.now
    assert fork.state_hash() != world.state_hash()


def test_adopting_a_fork_takes_over_rows_ids_and_clock() -> None:
    world, fork = World(1), World(1).fork()
    SHELVES.put(fork, Shelf(shelf_id=fork.new_id("SH"), label="new"))
    before = world.now
    world.adopt(fork)
    assert (world.state_hash(), world.now) == (fork.state_hash(), fork.now)
    assert world.now > before
    assert [shelf.label for shelf in SHELVES.all(world)][-1] == "new"


def test_the_state_hash_is_decided_by_seed_and_writes_and_not_by_reads() -> None:
    world, twin = World(1), World(1)
    assert world.state_hash() != World(2).state_hash()
    SHELVES.all(world)
    world.draw("anything").bits()
    assert world.state_hash() == twin.state_hash()
    for each in (world, twin):
        SHELVES.put(each, Shelf(shelf_id="SH-00000B", label="same"))
    assert world.state_hash() == twin.state_hash()
    world.new_id("SH")
    assert world.state_hash() != twin.state_hash()


def test_new_ids_are_the_same_in_the_same_world_and_tell_nothing_of_each_other() -> None:
    ids = [World(5).new_id("EV"), *(world.new_id("EV") for world in [World(5)] for _ in range(200))]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 200
    numbers = [int(number.removeprefix("EV-"), 16) for number in ids[1:]]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert len(steps) == 199
    assert World(6).new_id("EV") != ids[0]
    assert World(5).new_id("XX").removeprefix("XX") != ids[0].removeprefix("EV")


def test_a_table_finds_replaces_and_removes_rows() -> None:
    world = World(1)
    assert [shelf.shelf_id for shelf in SHELVES.all(world)] == ["SH-000001", "SH-000002", "SH-000003"]
    SHELVES.put(world, Shelf(shelf_id="SH-000002", label="replaced"))
    SHELVES.put(world, Shelf(shelf_id="SH-00000A", label="added"))
    removed = SHELVES.remove(world, "SH-000001")
    assert removed.shelf_id == "SH-000001"
    assert next(shelf.label for shelf in SHELVES.all(world)) == "replaced"
    assert [shelf.shelf_id for shelf in SHELVES.all(world)] == ["SH-000002", "SH-000003", "SH-00000A"]
    assert SHELVES.find(world, "SH-000001") is None
    with pytest.raises(NotFound, match="no shelf_id 'SH-000001'"):
        SHELVES.get(world, "SH-000001")
    with pytest.raises(NotFound, match="SH-000001"):
        SHELVES.remove(world, "SH-000001")


def test_seeded_rows_do_not_depend_on_what_was_written_before_they_were_read() -> None:
    early, late = World(3), World(3)
    rows = SHELVES.all(early)
    for _ in range(5):
        late.new_id("SH")
    assert SHELVES.all(late) == rows


def test_a_failed_write_leaves_the_world_as_it_was() -> None:
    world = World(1)
    before = world.state_hash()
    with pytest.raises(Conflict):
        BUILD.run(world, {**OAK, "label": "red"})
    assert world.state_hash() == before
    assert BUILD.run(world, OAK) == BUILD.run(World(1), OAK)


def test_a_tool_that_writes_without_declaring_it_is_a_bug_that_says_where() -> None:
    with pytest.raises(RuntimeError, match=r"library_paint \(.*test_core.py:\d+\) writes but is not declared"):
        library.tools["library_paint"].run(World(1), {})


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        pytest.param(BUILD, {**OAK, "count": "2"}, "count", id="text for an integer"),
        pytest.param(BUILD, {**OAK, "count": 2.0}, "count", id="float for an integer"),
        pytest.param(BUILD, {**OAK, "count": True}, "count", id="boolean for an integer"),
        pytest.param(BUILD, {**OAK, "count": 10}, "count", id="out of range"),
        pytest.param(BUILD, {**OAK, "count": None}, "count", id="null for an optional"),
        pytest.param(BUILD, {**OAK, "label": 3}, "label", id="number for a text"),
        pytest.param(BUILD, {**OAK, "size": {"width": "1", "height": 2}}, "size.width", id="text in a nested number"),
        pytest.param(BUILD, {**OAK, "size": {"width": 1}}, "size.height", id="nested field left out"),
        pytest.param(BUILD, {**OAK, "size": {"width": 1, "height": 2, "depth": 3}}, "size.depth", id="nested extra"),
        pytest.param(BUILD, {**OAK, "size": {"width": 1, "height": True}}, "size.height", id="nested boolean"),
        pytest.param(BUILD, {**OAK, "colour": "red"}, "colour", id="extra"),
        pytest.param(BUILD, {"label": "oak"}, "size", id="left out"),
        pytest.param(GET, {"shelf_id": "SH-1"}, "shelf_id", id="pattern"),
        pytest.param(GET, {"shelf_id": "SH-000001\n"}, "shelf_id", id="pattern and a newline"),
        pytest.param(GET, {"shelf_id": "SH-000001", "day": "2025-02-30"}, "day", id="no such day"),
        pytest.param(GET, {"shelf_id": "SH-000001", "day": None}, "day", id="null for left out"),
        pytest.param(GET, {"shelf_id": "SH-000001", "style": "tall"}, "style", id="not in the enum"),
        pytest.param(BUILD, {**OAK, "label": "\ud800"}, "arguments", id="half a surrogate pair"),
        pytest.param(BUILD, {**OAK, "size": {"width": float("nan"), "height": 1}}, "size.width", id="not a number"),
        pytest.param(BUILD, {**OAK, "size": {"width": float("inf"), "height": 1}}, "size.width", id="infinity"),
    ],
)
def test_arguments_are_checked_strictly(tool: Tool, arguments: dict[str, Any], named: str) -> None:
    world = World(1)
    before = world.state_hash()
    with pytest.raises(InvalidArgument, match=rf"^{named}: ") as caught:
        tool.run(world, arguments)
    assert str(caught.value).encode()
    assert world.state_hash() == before


def test_an_integer_is_a_number_and_a_whole_emoji_is_a_text() -> None:
    built = BUILD.run(World(1), {"label": "🌲", "size": {"width": 1, "height": 2}})
    assert (built["label"], built["size"]) == ("🌲", {"width": 1.0, "height": 2.0})


def test_parameter_schemas_are_inlined_and_closed() -> None:
    assert BUILD.parameters == {
        "type": "object",
        "properties": {
            "label": {"type": "string", "description": "What is written on it."},
            "size": {
                "type": "object",
                "properties": {"width": {"type": "number"}, "height": {"type": "number"}},
                "required": ["width", "height"],
                "additionalProperties": False,
                "description": "Width and height in metres.",
            },
            "count": {"type": "integer", "minimum": 1, "maximum": 9, "default": 1, "description": "How many boards."},
        },
        "required": ["label", "size"],
        "additionalProperties": False,
    }


def test_an_optional_parameter_may_be_left_out_and_has_no_null_in_its_schema() -> None:
    day = GET.parameters["properties"]["day"]
    assert (day["type"], "anyOf" in day, "default" in day) == ("string", False, False)
    assert GET.parameters["required"] == ["shelf_id"]
    assert GET.parameters["properties"]["style"]["default"] == "long"


def test_result_schemas_keep_entities_and_null() -> None:
    properties = GET.result["properties"]
    assert properties["shelf_id"]["x-entity"] == "shelf.id"
    assert [branch["type"] for branch in properties["size"]["anyOf"]] == ["object", "null"]


def test_an_example_runs_what_it_refers_to_in_the_same_world_once() -> None:
    world = World(1)
    shelf = run_example(library.tools, "library_get", world)
    assert shelf["label"] == "oak"
    assert [row.label for row in SHELVES.all(world)].count("oak") == 1
    assert resolve_example(library.tools, "library_build", world) == OAK


@pytest.mark.parametrize(
    ("example", "said"),
    [
        pytest.param({"shelf_id": "@library_burn.id"}, "which is no other tool's result", id="no such tool"),
        pytest.param({"shelf_id": "@library_lost.id"}, "which is no other tool's result", id="itself"),
        pytest.param({"shelf_id": "@library_build.id"}, "which that result does not have", id="no such field"),
        pytest.param({"shelf_id": "@library_build.label[0].id"}, "which that result does not have", id="no such depth"),
    ],
)
def test_an_example_that_refers_to_nothing_is_refused(example: dict[str, Any], said: str) -> None:
    domain = Domain("library", category="test", description="Shelves with a broken example.")
    domain.tools["library_build"] = BUILD
    domain.tool(example=example, kind="stateful")(lost)
    with pytest.raises(ValueError, match=f"the example of library_lost refers to .*{said}"):
        run_example(domain.tools, "library_lost", World(1))


def lost(w: World, shelf_id: str) -> Shelf:
    """Show a shelf whose example refers to nothing.

    shelf_id: The shelf, as given when it was built.
    """
    return SHELVES.get(w, shelf_id)


def untyped(w: World, label) -> Shelf:  # type: ignore[no-untyped-def]
    """Show a shelf by a label without a type.

    label: What is written on it.
    """
    return SHELVES.all(w)[0]


def undescribed(w: World, label: str) -> Shelf:
    """Show a shelf by a label that nothing describes."""
    return SHELVES.all(w)[0]


def endless(w: World):  # type: ignore[no-untyped-def]
    """Show a shelf without saying what a shelf is."""


@pytest.mark.parametrize(
    ("function", "example", "said"),
    [
        pytest.param(untyped, {}, "broken_untyped has a parameter label without a type", id="no type"),
        pytest.param(undescribed, {}, "broken_undescribed has a parameter label without a description", id="no line"),
        pytest.param(endless, {}, "broken_endless has no return annotation", id="no return type"),
        pytest.param(lost, None, "broken_lost has no example", id="no example"),
    ],
)
def test_a_declaration_that_lacks_something_is_a_problem_with_its_place(function: Any, example: Any, said: str) -> None:
    domain = Domain("broken", category="test", description="Broken.")
    domain.tool(example=example, kind="data")(function)
    domain.settle()
    (problem,) = domain.problems
    assert re.match(rf".*test_core\.py:\d+: {said}; .{{10}}", str(problem))
    assert not domain.tools


def test_a_tool_is_declared_once() -> None:
    domain = Domain("twice", category="test", description="Twice the same.")
    domain.tool(example={}, kind="data")(lost)
    domain.tool(example={}, kind="data")(lost)
    assert [problem.fault for problem in domain.problems] == ["is declared twice"]
    assert list(domain.tools) == ["twice_lost"]
