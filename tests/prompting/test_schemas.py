"""Reply schemas: few, constant, and within what a grammar compiler takes."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import CatalogError
from toolgrad_local.prompting.compile import COMPILERS, check_schemas
from toolgrad_local.prompting.handles import chain_handles, index_of, report_handles
from toolgrad_local.prompting.schemas import (
    FINISH,
    GIVE_UP,
    arguments_schema,
    calls_schema,
    posed_schema,
    proposal_schema,
    query_schema,
    response_schema,
    selection_schema,
    step_schema,
    strip_prose,
    thoughts_schema,
    tool_schema,
)

STAGE_SCHEMAS = {
    "propose": proposal_schema(("tasks_create", "tasks_list"), 3),
    "select": selection_schema(3, 2, may_decline=True),
    "inverse_predict": query_schema(),
    "respond": response_schema(),
    "solve": tool_schema(("tasks_create", "tasks_list")),
    "think": thoughts_schema(3),
    "pose": posed_schema(),
}


def keywords(node: Any) -> Iterator[str]:
    """Every schema keyword, property names left aside."""
    if isinstance(node, list):
        for item in node:
            yield from keywords(item)
    elif isinstance(node, dict):
        for key, child in node.items():
            yield key
            yield from keywords(list(child.values()) if key == "properties" else child)


@pytest.mark.parametrize("stage", STAGE_SCHEMAS)
def test_no_reply_schema_bounds_a_length(stage: str) -> None:
    assert {"minLength", "maxLength"}.isdisjoint(keywords(STAGE_SCHEMAS[stage]))


@pytest.mark.parametrize("backend", sorted(COMPILERS))
def test_every_backend_compiles_the_schemas_of_the_stages(backend: str) -> None:
    check_schemas(STAGE_SCHEMAS.items(), backend)


@pytest.mark.parametrize("backend", sorted(COMPILERS))
def test_every_backend_compiles_the_unions_of_the_baselines(backend: str, catalog: Catalog) -> None:
    tools = tuple(catalog.tools[name] for name in ("flights_search", "tasks_create", "tasks_list"))
    unions = [("step", step_schema(tools, (FINISH, GIVE_UP))), ("calls", calls_schema(tools, 4))]
    check_schemas(unions, backend)


@pytest.mark.parametrize("backend", sorted(COMPILERS))
def test_a_schema_that_a_backend_cannot_compile_is_named_with_a_remedy(backend: str) -> None:
    bad = {"type": "object", "properties": {"a": {"type": "string", "pattern": "(["}}, "required": ["a"]}
    schemas = [*STAGE_SCHEMAS.items(), ("tool flights_fly", bad), ("tool flights_land", {"type": "strin"})]
    with pytest.raises(CatalogError) as caught:
        check_schemas(schemas, backend)
    said = str(caught.value)
    assert said.startswith(f"backend {backend} cannot compile tool flights_fly: ")
    assert "; tool flights_land: " in said
    assert said.endswith("simplify the schema or change `backend`")
    assert "\n" not in said


def test_a_proposal_says_what_it_wants_before_it_names_the_tool() -> None:
    items = STAGE_SCHEMAS["propose"]["properties"]["proposals"]
    assert (items["minItems"], items["maxItems"]) == (3, 3)
    assert list(items["items"]["properties"]) == ["instruction", "tool"]
    assert items["items"]["properties"]["tool"]["enum"] == ["tasks_create", "tasks_list"]


@pytest.mark.parametrize("chains", [0, 1, 10])
@pytest.mark.parametrize("may_decline", [True, False])
def test_a_selection_points_at_reports_and_chains_that_exist(chains: int, may_decline: bool) -> None:
    properties = selection_schema(2, chains, may_decline)["properties"]
    assert properties["report"]["enum"] == ["r1", "r2", *(["none"] if may_decline else [])]
    assert properties["chain"]["enum"] == ["new", *"ABCDEFGHIJ"[:chains]]


def test_a_solver_says_what_is_left_before_it_names_a_tool_or_none() -> None:
    assert STAGE_SCHEMAS["solve"]["properties"]["tool"]["enum"] == ["tasks_create", "tasks_list", "none"]
    assert list(STAGE_SCHEMAS["solve"]["properties"]) == ["left", "tool"]


def test_there_are_exactly_as_many_thoughts_as_are_asked_for() -> None:
    for count, valid in ((2, False), (3, True), (4, False)):
        checker = jsonschema.Draft202012Validator(STAGE_SCHEMAS["think"])
        assert checker.is_valid({"thoughts": ["So."] * count}) is valid


def test_handles_lead_back_to_their_positions() -> None:
    assert [index_of(handle, report_handles(3)) for handle in ("r1", "r3", "none", "r4")] == [0, 2, None, None]
    assert [index_of(handle, chain_handles(2)) for handle in ("A", "B", "new", "C")] == [0, 1, None, None]


def test_small_ranges_are_spelled_out_and_large_ones_are_left() -> None:
    small, large = {"type": "integer", "minimum": 1, "maximum": 4}, {"type": "integer", "minimum": 1, "maximum": 5000}
    parameters = {"type": "object", "properties": {"small": small, "large": large, "many": {"items": small}}}
    bare = arguments_schema(parameters)["properties"]
    assert bare["small"] == {"type": "integer", "enum": [1, 2, 3, 4]}
    assert bare["large"] == large
    assert bare["many"] == {"items": {"type": "integer", "enum": [1, 2, 3, 4]}}


def test_argument_schemas_lose_prose_and_no_constraint(catalog: Catalog) -> None:
    for tool in catalog.tools.values():
        bare = strip_prose(tool.parameters)
        assert {"description", "default", "x-entity"}.isdisjoint(keywords(bare))
        assert list(bare["properties"]) == list(tool.parameters["properties"])
        kept = [key for key in keywords(tool.parameters) if key not in ("description", "default", "x-entity")]
        assert sorted(keywords(bare)) == sorted(kept)


def test_a_parameter_may_be_called_like_a_keyword() -> None:
    parameters = {
        "type": "object",
        "properties": {"description": {"type": "string", "description": "Prose."}, "default": {"type": "integer"}},
        "required": ["description"],
        "additionalProperties": False,
    }
    bare = arguments_schema(parameters)
    assert bare["properties"] == {"description": {"type": "string"}, "default": {"type": "integer"}}
    jsonschema.validate({"description": "x"}, bare)
