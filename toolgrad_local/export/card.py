"""The data set's README.md: what it is, in figures that are all in dataset.json."""

from collections.abc import Iterable, Sequence

from toolgrad_local.export.card_front import front_matter
from toolgrad_local.export.card_how import describe_digests, describe_licences, describe_limits, describe_making
from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.record import DatasetRecord
from toolgrad_local.export.statistics import Spread


def render_card(record: DatasetRecord) -> str:
    """The whole file."""
    sections = (
        describe_data(record),
        describe_funnel(record),
        describe_statistics(record),
        describe_left_out(record),
        describe_licences(record),
        describe_limits(record),
        describe_making(record),
        describe_digests(record),
    )
    return front_matter(record) + "\n" + "\n\n".join(sections) + "\n"


def describe_data(record: DatasetRecord) -> str:
    """What the rows are and how they are loaded."""
    form = FORMATS[record.options.format]
    columns = ", ".join(f"`{name}`" for name in form.columns)
    view = (
        " They end with the calls (single-turn view)."
        if record.options.single_turn or form.scope == "single_turn"
        else ""
    )
    about = f": {record.run.description.rstrip('.')}" if record.run.description else ""
    return (
        f"# Tool use, {record.options.format}\n\n"
        f"Rows in the format `{form.name}`: {form.title}.{view} Every call was executed in a deterministic world; what "
        "a sample had to pass to be released is in the funnel below. Queries and responses were written by the "
        f"teacher `{record.run.config.teacher}`{about}; the tools are mock APIs.\n\n"
        f"Columns: {columns}. The id tells what a row is: `w000012` comes from sample 12 of the run, "
        f"`w000012-missing_tool` is a negative of it, `n0007` needs no tool.\n\n"
        "```python\n"
        "from datasets import load_dataset\n\n"
        'rows = load_dataset("DIR")["train"]\n'
        "```\n\n"
        "That reads the Parquet files; the files `data/*.jsonl` hold the same rows."
    )


def describe_funnel(record: DatasetRecord) -> str:
    """How many samples of the run came how far."""
    funnel = record.run.funnel
    lines = (
        ("started", funnel.started),
        ("grown: a call and a query", funnel.grown),
        ("grounded: every argument has a source", funnel.grounded),
        ("query passed the audit", funnel.query_ok),
        ("response passed the audit", funnel.response_ok),
        (f"round trip agreed ({record.run.config.loop.round_trip})", funnel.round_trip_ok),
        ("unique", funnel.unique),
        ("released", funnel.released),
    )
    return (
        "## Funnel of the run\n\n"
        + table(("samples", "count"), [(name, str(count)) for name, count in lines])
        + f"\n\nPass rate by the paper's meaning {funnel.pass_rate_paper:.1%}, by ours {funnel.pass_rate_strict:.1%}; "
        f"{funnel.grounded_share_of_released:.1%} of the released samples are grounded."
    )


def describe_statistics(record: DatasetRecord) -> str:
    """Rows, tools, calls, queries."""
    found = record.statistics
    kinds = sorted({kind for part in found.rows.values() for kind in part})
    rows = [
        (split, *(str(part.get(k, 0)) for k in kinds), str(sum(part.values()))) for split, part in found.rows.items()
    ]
    figures = (
        ("calls a row with calls", say_spread(found.calls)),
        ("turns a row with calls", say_spread(found.turns)),
        ("turns with parallel calls", str(found.parallel_turns)),
        ("tools offered a row", say_spread(found.offered_tools)),
        ("words a query", say_spread(found.query_words)),
        ("different queries", str(found.queries)),
        ("different tools called", str(found.distinct_tools_called)),
        ("different tools offered", str(found.distinct_tools_offered or "-")),
        ("domains of the calls", str(len(found.calls_by_domain))),
    )
    domains = ", ".join(f"{name} {count}" for name, count in found.calls_by_domain.items())
    return (
        "## Statistics\n\n"
        + table(("split", *kinds, "rows"), rows)
        + "\n\n"
        + table(("figure", "number, or least / mean / most"), figures)
        + f"\n\nCalls by domain: {domains or 'none'}."
    )


def say_spread(spread: Spread | None) -> str:
    """`1 / 2.5 / 6`"""
    return "-" if spread is None else f"{spread.least} / {spread.mean:.2f} / {spread.most}"


def describe_left_out(record: DatasetRecord) -> str:
    """What is not in the data set, and what was excluded from the offered tools."""
    similar = record.made.similarity
    how = f"Similar tools were found by `{similar}`." if similar else "No tools are offered."
    return (
        "## Left out and excluded\n\n"
        + count_table("samples and rows left out", record.made.left_out)
        + "\n\n"
        + count_table("distractors and negatives", example_counts(record))
        + f"\n\n{how}"
    )


def example_counts(record: DatasetRecord) -> dict[str, int]:
    """What happened while rows were made, in one table."""
    found = record.made.examples
    if found is None:
        return {}
    return {
        **{f"tool not offered since it could serve: {name}": n for name, n in found.excluded.items()},
        **{f"similar tool tried, could not serve: {name}": n for name, n in found.harmless.items()},
        **{f"negative not made: {name}": n for name, n in found.dropped.items()},
        **{f"negatives of another kind instead of {name}": n for name, n in found.passed_on.items()},
        "negatives that no kind could supply": found.lacking,
        "rows with fewer tools than asked for": found.small,
    }


def count_table(title: str, counts: dict[str, int]) -> str:
    """A table of counts by reason, or that there are none."""
    return table((title, "count"), [(reason, str(n)) for reason, n in sorted(counts.items()) or [("none", 0)]])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
