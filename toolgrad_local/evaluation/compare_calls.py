"""Whether a call is the gold one: to the letter, but for what the schema leaves open, or by meaning."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from mock_apis.core import canonical_json
from toolgrad_local.audit.codes import EXACT_CASE, is_code_said
from toolgrad_local.audit.leaves import pick_branch
from toolgrad_local.audit.moments import is_moment
from toolgrad_local.audit.provenance import same_value
from toolgrad_local.audit.said import is_said
from toolgrad_local.audit.tokens import clean
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.export.formats.bfcl_values import as_floats

Schema = Mapping[str, Any]
Schemas = Mapping[str, Schema]
Same = Callable[[ToolCall, ToolCall], bool]


@dataclass(frozen=True)
class Agreement:
    """How many of the gold calls the model made."""

    tools: int
    """Of the same tool, with whatever arguments."""
    exact: int
    acceptable: int
    """A default is left out or stated, 2 is 2.0 where any number may stand."""
    meaning: int
    """Texts that differ in case, accents, spaces or the stop at their end; a date or a code in other words."""


def compare_calls(
    gold: Sequence[ToolCall], made: Sequence[ToolCall], schemas: Schemas, today: date | None
) -> Agreement:
    """Each gold call is met by one call at most, whatever the order. `schemas`: of the tools' parameters, with the
    catalog's marks of entities where there are any."""
    acceptable = partial(is_acceptable, schemas=schemas)
    meant = partial(means_the_same, schemas=schemas, today=today)
    counts = []
    left_gold, left_made = list(gold), list(made)
    for same in (is_exact, acceptable, meant):
        left_gold, left_made = drop_pairs(left_gold, left_made, same)
        counts.append(len(gold) - len(left_gold))
    tools = Counter(call.tool for call in gold) & Counter(call.tool for call in made)
    return Agreement(tools.total(), *counts)


def drop_pairs(gold: list[ToolCall], made: list[ToolCall], same: Same) -> tuple[list[ToolCall], list[ToolCall]]:
    """What is left when each gold call has taken the first call that is the same."""
    left, rest = [], list(made)
    for wanted in gold:
        place = next((i for i, call in enumerate(rest) if call.tool == wanted.tool and same(wanted, call)), None)
        if place is None:
            left.append(wanted)
        else:
            del rest[place]
    return left, rest


def is_exact(gold: ToolCall, made: ToolCall) -> bool:
    """The same arguments to the letter; their order says nothing."""
    return canonical_json(gold.arguments) == canonical_json(made.arguments)


def is_acceptable(gold: ToolCall, made: ToolCall, schemas: Schemas) -> bool:
    """The same but for what the schema leaves open."""
    schema = schemas.get(gold.tool, {})
    return canonical_json(settle(gold.arguments, schema)) == canonical_json(settle(made.arguments, schema))


def settle(value: Any, schema: Schema) -> Any:
    """Without arguments that state their default, at any depth, and with floats where the schema says number."""
    return as_floats(drop_defaults(value, schema), schema)


def drop_defaults(value: Any, schema: Schema) -> Any:
    """Without what the schema would fill in."""
    if isinstance(value, list):
        return [drop_defaults(item, schema.get("items", {})) for item in value]
    if not isinstance(value, dict):
        return value
    children = schema.get("properties", {})
    required = schema.get("required", ())
    return {
        name: drop_defaults(item, children.get(name, {}))
        for name, item in value.items()
        if name in required or "default" not in children.get(name, {}) or not is_default(item, children[name])
    }


def is_default(value: Any, schema: Schema) -> bool:
    """True if the value is what the schema fills in."""
    return canonical_json(as_floats(value, schema)) == canonical_json(as_floats(schema["default"], schema))


def means_the_same(gold: ToolCall, made: ToolCall, schemas: Schemas, today: date | None) -> bool:
    """The same by meaning, argument by argument."""
    schema = schemas.get(gold.tool, {})
    return agree(settle(gold.arguments, schema), settle(made.arguments, schema), schema, "", today)


def agree(gold: Any, made: Any, schema: Schema, path: str, today: date | None) -> bool:
    """The same shape, with leaves that mean the same."""
    if "anyOf" in schema:
        schema = pick_branch(dict(schema), gold)
    if isinstance(gold, dict) and isinstance(made, dict):
        children = schema.get("properties", {})
        return gold.keys() == made.keys() and all(
            agree(gold[name], made[name], children.get(name, {}), f"{path}.{name}" if path else name, today)
            for name in gold
        )
    if isinstance(gold, list) and isinstance(made, list):
        pairs = zip(gold, made, strict=False)
        items = schema.get("items", {})
        return len(gold) == len(made) and all(agree(g, m, items, path, today) for g, m in pairs)
    if isinstance(gold, dict | list) or isinstance(made, dict | list):
        return False
    return same_value(gold, made) or says_the_same(gold, made, schema, path, today)


def says_the_same(gold: Any, made: Any, schema: Schema, path: str, today: date | None) -> bool:
    """True for texts that say one thing: the same words, one moment, or a code and its name."""
    if not isinstance(gold, str) or not isinstance(made, str) or "enum" in schema:
        return False
    entity = str(schema.get("x-entity", ""))
    if plain(gold) == plain(made) and entity not in EXACT_CASE:
        return True
    if is_moment(gold):
        return is_said(gold, made, path=path, today=today)
    return bool(entity) and is_code_said(gold, entity, made)


def plain(text: str) -> str:
    """Without accents, case, double spaces and what may stand at the end of a sentence."""
    return " ".join(clean(text).casefold().split()).strip(" .!?\"'")
