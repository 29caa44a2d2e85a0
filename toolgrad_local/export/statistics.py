"""The figures of a data set, taken from its rows alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Split
from toolgrad_local.export.row import Row, kind_of


class Spread(Data):
    """Least, mean (two decimals) and most."""

    least: int
    mean: float
    most: int


class Statistics(Data):
    """Counts over all splits, unless said otherwise."""

    rows: dict[str, dict[str, int]]
    """By split, then by kind."""
    queries: int
    """Different ones."""
    query_words: Spread
    offered_tools: Spread | None
    """A row; None where the format holds none."""
    distinct_tools_offered: int | None
    distinct_tools_called: int
    calls: Spread | None
    """A row with calls; None without such rows."""
    turns: Spread | None
    """Turns with calls (in raw workflows: chains), a row with calls."""
    parallel_turns: int
    """Turns with more than one call."""
    calls_by_domain: dict[str, int]


def measure(rows: Mapping[Split, Sequence[Row]], catalog: Catalog) -> Statistics:
    """The figures of the rows. A tool that the catalog lacks counts under the domain `unknown`."""
    every = [row for part in rows.values() for row in part]
    positive = [row for row in every if row.turns]
    called = [call.tool for row in positive for turn in row.turns for call in turn.calls]
    offered = [row.tools for row in every if row.tools is not None]
    return Statistics(
        rows={
            split: dict(sorted(Counter(kind_of(row.id) for row in part).items()))
            for split, part in rows.items()
            if part
        },
        queries=len({row.query for row in every}),
        query_words=require_spread(len(row.query.split()) for row in every),
        offered_tools=spread(map(len, offered)),
        distinct_tools_offered=len({tool.name for tools in offered for tool in tools}) if offered else None,
        distinct_tools_called=len(set(called)),
        calls=spread(sum(len(turn.calls) for turn in row.turns) for row in positive),
        turns=spread(len(row.turns) for row in positive),
        parallel_turns=sum(len(turn.calls) > 1 for row in positive for turn in row.turns),
        calls_by_domain=dict(sorted(Counter(domain_of(tool, catalog) for tool in called).items())),
    )


def domain_of(tool: str, catalog: Catalog) -> str:
    """The tool's domain."""
    return catalog.tools[tool].domain if tool in catalog.tools else "unknown"


def spread(values: Iterable[int]) -> Spread | None:
    """None without values."""
    found = list(values)
    return Spread(least=min(found), mean=round(sum(found) / len(found), 2), most=max(found)) if found else None


def require_spread(values: Iterable[int]) -> Spread:
    """Of values that are there; zeros without any."""
    return spread(values) or Spread(least=0, mean=0, most=0)
