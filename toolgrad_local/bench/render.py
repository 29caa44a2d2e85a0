"""RESULTS.md out of results.json."""

from collections.abc import Iterator, Mapping

from toolgrad_local.bench.metrics import METRICS
from toolgrad_local.bench.results import FigureResult, find_headlines, spread_of

TITLES = {
    "ideal": "Against the ideal",
    "schedule": "Against the reference's schedule",
    "overhead": "Our own overhead",
    "memory": "Memory",
    "cache": "Prefix cache",
    "grammars": "Grammars",
    "cost": "Cost a sample",
    "kills": "Kills, scripted teacher",
    "engine_kills": "Kills, real engine",
    "connections": "Connections",
}
"""In the order in which figures are shown; others follow."""
COLUMNS = ("what", "goal", "median", "spread", "reached")
REACHED = {True: "yes", False: "no", None: ""}


def render_results(figures: Mapping[str, FigureResult]) -> str:
    """The page: what has a goal first, then each figure with its command and machine."""
    ordered = [*(name for name in TITLES if name in figures), *(name for name in figures if name not in TITLES)]
    lines = [
        "# Results",
        "",
        "Rendered from [results.json](results.json) by `toolgrad-local bench`; how each figure is measured is in "
        "[README.md](README.md). Median and spread (least to most) are of the repeats of one run.",
        "",
        *render_table(("figure", *COLUMNS), (row for name in ordered for row in headline_rows(name, figures[name]))),
    ]
    headlines = find_headlines(figures)
    if "kills_tried" in headlines:
        lines += ["", f"Kills survived: {headlines.get('kills_survived', 0):.0f} of {headlines['kills_tried']:.0f}."]
    for name in ordered:
        lines += ["", *render_figure(name, figures[name])]
    return "\n".join(lines) + "\n"


def headline_rows(name: str, result: FigureResult) -> Iterator[tuple[str, ...]]:
    """The figure's metrics that have a goal."""
    for metric, row in metric_rows(result):
        if METRICS[metric].at_most is not None or METRICS[metric].at_least is not None:
            yield (TITLES.get(name, name), *row)


def metric_rows(result: FigureResult) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name of each metric, and its cells under COLUMNS."""
    for name, values in result.metrics.items():
        metric, spread = METRICS[name], spread_of(values)
        width = f"{metric.write(spread.low)} to {metric.write(spread.high)} of {spread.count}"
        yield (
            name,
            (
                metric.label,
                metric.goal,
                metric.write(spread.median),
                width if spread.count > 1 else "one measurement",
                REACHED[metric.is_reached(spread.median)],
            ),
        )


def render_figure(name: str, result: FigureResult) -> Iterator[str]:
    """The lines of one figure's section."""
    machine = result.machine
    yield f"## {TITLES.get(name, name)}"
    yield ""
    yield f"`{result.command}`"
    yield ""
    yield f"{result.date}; {machine['processor']}, {machine['cores']} cores, GPUs: {machine['gpus']}."
    if result.settings:
        yield "; ".join(f"{key} {value}" for key, value in result.settings.items()) + "."
    if result.versions:
        yield "Versions: " + ", ".join(f"{key} {value}" for key, value in result.versions.items()) + "."
    yield ""
    yield from render_table(COLUMNS, (row for _, row in metric_rows(result)))
    for table in result.tables:
        yield from ("", f"{table.title}:", "")
        yield from render_table(table.columns, table.rows)


def render_table(columns: tuple[str, ...], rows: Iterator[tuple[str, ...]] | tuple[tuple[str, ...], ...]) -> list[str]:
    """A Markdown table."""
    lines = [columns, tuple("---" for _ in columns), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
