"""JSON documents given as text: queried, compared, patched, checked against a schema."""

from typing import Any, Literal

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, ResourceExhausted
from mock_apis.data_tools.csv_text import CsvText, write_csv
from mock_apis.data_tools.json_rules import check_growth, check_schema_words, patch_value, schema_of
from mock_apis.data_tools.json_text import LONGEST_TEXT, JsonText, load_json, pointer, same, type_of, write_json

json_tools = Domain(
    "json_tools",
    category="data_tools",
    description="Work on JSON documents that are given as text, up to 4000 characters.",
)

LONGEST_EXPRESSION = 120
MOST_ITEMS = 20
PEOPLE = '[{"name": "Ada", "age": 36, "city": "London"}, {"name": "Alan", "age": 41, "city": "Wilmslow"}]'


class Document(Record):
    json_text: JsonText
    type: str
    """object, array, string, integer, number, boolean or null."""


class SchemaFault(Record):
    pointer: str
    """JSON Pointer to the value at fault; empty for the whole document."""
    keyword: str
    message: str


class Validation(Record):
    valid: bool
    total: int
    faults: list[SchemaFault]


class Change(Record):
    pointer: str
    kind: Literal["added", "removed", "changed"]
    before: JsonText | None
    after: JsonText | None


class Changes(Record):
    total: int
    changes: list[Change]


class Csv(Record):
    csv_text: CsvText
    rows: int
    columns: int


@json_tools.tool(
    example={"document": PEOPLE, "expression": "[?age > `40`].name"}, errors=[ResourceExhausted], kind="computation"
)
def query(w: World, document: JsonText, expression: str) -> Document:
    """Take values out of a JSON document with a JMESPath expression.

    document: JSON text of at most 4000 characters.
    expression: JMESPath of at most 120 characters, for example people[?age > `40`].name
    """
    import jmespath

    value = load_json("document", document)
    if len(expression) > LONGEST_EXPRESSION:
        raise ResourceExhausted(f"expression: {len(expression)} characters are over {LONGEST_EXPRESSION}")
    try:
        compiled = jmespath.compile(expression)
        check_growth(compiled.parsed)
        found = compiled.search(value)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise InvalidArgument(f"expression: {str(error).splitlines()[0] if str(error) else 'cannot be read'}") from None
    return document_of("expression", found)


@json_tools.tool(
    example={
        "document": '{"age": "36"}',
        "schema_text": '{"type": "object", "properties": {"age": {"type": "integer"}}}',
    },
    errors=[ResourceExhausted],
    kind="computation",
)
def validate(w: World, document: JsonText, schema_text: JsonText) -> Validation:
    """Check a JSON document against a JSON Schema and list what breaks it.

    document: JSON text of at most 4000 characters.
    schema_text: JSON Schema (draft 2020-12) as JSON text, without $ref and regular expressions.
    """
    import jsonschema

    value, rules = load_json("document", document), load_json("schema_text", schema_text)
    check_schema_words(rules)
    try:
        jsonschema.Draft202012Validator.check_schema(rules)
    except jsonschema.SchemaError as error:
        raise InvalidArgument(f"schema_text: {error.message[:200]}") from None
    found = sorted(
        jsonschema.Draft202012Validator(rules).iter_errors(value),
        key=lambda error: (list(map(str, error.absolute_path)), str(error.validator), error.message),
    )
    faults = [
        SchemaFault(
            pointer=pointer(tuple(error.absolute_path)), keyword=str(error.validator), message=error.message[:160]
        )
        for error in found[:5]
    ]
    return Validation(valid=not found, total=len(found), faults=faults)


@json_tools.tool(
    example={"before": '{"a": 1, "b": [1, 2]}', "after": '{"a": 2, "b": [1]}'},
    errors=[ResourceExhausted],
    kind="computation",
)
def diff(w: World, before: JsonText, after: JsonText) -> Changes:
    """List the places at which two JSON documents differ, at most the first 20.

    before: The earlier JSON text, at most 4000 characters.
    after: The later JSON text, at most 4000 characters.
    """
    changes = compare(load_json("before", before), load_json("after", after), ())
    shown = changes[:MOST_ITEMS]
    if sum(len(change.before or "") + len(change.after or "") for change in shown) > LONGEST_TEXT:
        raise ResourceExhausted(f"after: the values that differ have over {LONGEST_TEXT} characters")
    return Changes(total=len(changes), changes=shown)


@json_tools.tool(
    example={"document": '{"name": "Ada", "age": 36}', "patch": '{"age": null, "city": "London"}'},
    errors=[ResourceExhausted],
    kind="computation",
)
def merge(w: World, document: JsonText, patch: JsonText) -> Document:
    """Apply a JSON Merge Patch (RFC 7396), in which null removes a key.

    document: JSON text to change, at most 4000 characters.
    patch: JSON text of the values to set; a null removes its key.
    """
    return document_of("patch", merge_values(load_json("document", document), load_json("patch", patch)))


@json_tools.tool(
    example={"document": '{"tags": ["x"]}', "operations": '[{"op": "add", "path": "/tags/-", "value": "y"}]'},
    errors=[ResourceExhausted, FailedPrecondition],
    kind="computation",
)
def patch(w: World, document: JsonText, operations: JsonText) -> Document:
    """Apply a JSON Patch (RFC 6902) of add, remove, replace, move, copy and test.

    document: JSON text to change, at most 4000 characters.
    operations: JSON array of at most 20 operations such as {"op": "remove", "path": "/a/0"}.
    """
    steps = load_json("operations", operations)
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise InvalidArgument("operations: is not an array of objects")
    if len(steps) > MOST_ITEMS:
        raise ResourceExhausted(f"operations: {len(steps)} operations are over {MOST_ITEMS}")
    value = load_json("document", document)
    for number, step in enumerate(steps):
        value = patch_value(value, step, f"operations[{number}]")
    return document_of("operations", value)


@json_tools.tool(
    example={"document": '{"user": {"name": "Ada", "tags": ["x", "y"]}}'},
    errors=[ResourceExhausted, Conflict],
    kind="computation",
)
def flatten(w: World, document: JsonText, separator: Literal[".", "/", "_"] = ".") -> Document:
    """Turn a nested JSON document into one flat object of paths and values.

    document: JSON object or array as text, at most 4000 characters.
    separator: What stands between the parts of a path.
    """
    flat: dict[str, Any] = {}
    left: list[tuple[tuple[str, ...], Any]] = [((), load_json("document", document))]
    while left:
        parts, node = left.pop()
        if isinstance(node, dict | list) and node:
            pairs = node.items() if isinstance(node, dict) else enumerate(node)
            left.extend(reversed([((*parts, str(key)), child) for key, child in pairs]))
            continue
        path = separator.join(parts)
        if path in flat:
            raise Conflict(f"separator '{separator}': two values have the path '{path}'; choose another separator")
        flat[path] = node
    return document_of("document", flat)


@json_tools.tool(example={"document": PEOPLE}, errors=[ResourceExhausted], kind="computation")
def infer_schema(w: World, document: JsonText) -> Document:
    """Derive a JSON Schema that the given document and others like it fit.

    document: JSON text of at most 4000 characters to learn from.
    """
    return document_of("document", schema_of(load_json("document", document)))


@json_tools.tool(example={"document": PEOPLE}, errors=[ResourceExhausted], kind="computation")
def to_csv(w: World, document: JsonText) -> Csv:
    """Write a JSON array of flat objects as CSV with a header row.

    document: JSON array of objects without nested values; columns are in order of first use.
    """
    rows = load_json("document", document)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise InvalidArgument("document: is not an array of one or more objects")
    header = list(dict.fromkeys(key for row in rows for key in row))
    if not header or any(isinstance(cell, dict | list) for row in rows for cell in row.values()):
        raise InvalidArgument("document: has no keys or nested values; see json_tools_query and json_tools_flatten")
    text = write_csv("document", header, [[cell_of(row.get(key)) for key in header] for row in rows])
    return Csv(csv_text=text, rows=len(rows), columns=len(header))


def document_of(name: str, value: Any) -> Document:
    """The result of a tool that gives JSON. Raises ResourceExhausted if it is too long."""
    return Document(json_text=write_json(name, value), type=type_of(value))


def compare(before: Any, after: Any, path: tuple[str | int, ...]) -> list[Change]:
    """The differences, keys in the order of the earlier document, then the new ones."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys: list[Any] = list(dict.fromkeys([*before, *after]))
        pairs = [(key, key in before, before.get(key), key in after, after.get(key)) for key in keys]
    elif isinstance(before, list) and isinstance(after, list):
        top = max(len(before), len(after))
        pairs = [
            (at, at < len(before), (*before, *[None] * top)[at], at < len(after), (*after, *[None] * top)[at])
            for at in range(top)
        ]
    else:
        return [] if same(before, after) else [change_at(path, "changed", before, after)]
    changes: list[Change] = []
    for key, had, old, has, new in pairs:
        if had and has:
            changes += compare(old, new, (*path, key))
        else:
            changes.append(change_at((*path, key), "removed" if had else "added", old, new))
    return changes


def change_at(path: tuple[str | int, ...], kind: Literal["added", "removed", "changed"], old: Any, new: Any) -> Change:
    """One difference, with the sides that exist."""
    before = None if kind == "added" else write_json("before", old)
    after = None if kind == "removed" else write_json("after", new)
    return Change(pointer=pointer(path), kind=kind, before=before, after=after)


def merge_values(target: Any, change: Any) -> Any:
    """RFC 7396, section 2."""
    if not isinstance(change, dict):
        return change
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_values(merged.get(key), value)
    return merged


def cell_of(value: Any) -> str:
    """A scalar as a CSV cell; null is empty."""
    return "" if value is None else value if isinstance(value, str) else write_json("document", value)
