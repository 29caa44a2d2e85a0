"""What must hold of every row, whoever wrote it."""

from collections.abc import Iterator, Mapping

import jsonschema

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.example import Split
from toolgrad_local.export.format import Format
from toolgrad_local.export.row import Row, group_of, kind_of
from toolgrad_local.export.split import find_overlap


def check_rows(rows: Mapping[Split, tuple[Row, ...]], form: Format, catalog: Catalog) -> Iterator[str]:
    """Problems of single rows, and of negatives beside the positive of their workflow."""
    gold = {
        group_of(row.id): {call.tool for turn in row.turns for call in turn.calls}
        for part in rows.values()
        for row in part
        if row.turns
    }
    for split, part in rows.items():
        for number, row in enumerate(part, start=1):
            place = f"data/{split}.jsonl:{number}, {row.id}"
            yield from (f"{place}: {problem}" for problem in check_calls(row, catalog))
            if form.holds >= {"tools"}:
                yield from (f"{place}: {problem}" for problem in check_offered(row, gold.get(group_of(row.id), set())))
            if not row.query.strip():
                yield f"{place}: no query"


def check_calls(row: Row, catalog: Catalog) -> Iterator[str]:
    """Every call fits its tool; a positive has calls and a negative has none."""
    if bool(row.turns) != (kind_of(row.id) == "positive"):
        yield f"a {kind_of(row.id)} row {'has' if row.turns else 'lacks'} calls"
    for call in (call for turn in row.turns for call in turn.calls):
        if call.tool not in catalog.tools:
            yield f"calls {call.tool}, which the catalog lacks"
        elif not jsonschema.Draft202012Validator(catalog.tools[call.tool].parameters).is_valid(call.arguments):
            yield f"the arguments of {call.tool} do not fit its parameters"


def check_offered(row: Row, gold: set[str]) -> Iterator[str]:
    """The tools that are called are offered; to a row that lacks a tool, none of its workflow's is."""
    offered = [tool.name for tool in row.tools or ()]
    called = {call.tool for turn in row.turns for call in turn.calls}
    if len(set(offered)) < len(offered):
        yield "offers a tool twice"
    yield from (f"calls {tool}, which is not offered" for tool in sorted(called - set(offered)))
    if kind_of(row.id) in ("irrelevance", "missing_tool"):
        yield from (f"offers {tool}, which its query is about" for tool in sorted(gold & set(offered)))


def check_splits(rows: Mapping[Split, tuple[Row, ...]]) -> Iterator[str]:
    """No workflow and no query in both, no id twice."""
    same_query, same_group = find_overlap(rows.get("train", ()), rows.get("test", ()))
    yield from (f"data/train.jsonl: the query of {row} is in test too" for row in sorted(same_query))
    yield from (f"data/: {group} is in train and in test" for group in sorted(same_group))
    ids = [row.id for part in rows.values() for row in part]
    if len(set(ids)) < len(ids):
        yield f"data/: {len(ids) - len(set(ids))} ids are there twice"
