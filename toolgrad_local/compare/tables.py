"""A comparison as rows: for the terminal and for Markdown."""

from toolgrad_local.compare.compare import Comparison
from toolgrad_local.compare.figures import FIGURES, Figure
from toolgrad_local.intervals import Interval

NOTE = (
    "With 95 % bootstrap intervals over samples. Passed, the paper's meaning: a kept call and an answer; ours: every "
    "argument sourced, query and response audited. Seconds are summed over requests that ran side by side. A star: the "
    "interval of the difference leaves out zero; of so many figures, one in twenty does by chance."
)


def list_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row a figure: its title, then what each run has."""
    first = [("method", *(run.method for run in comparison.runs))]
    first.append(("samples", *(str(run.samples) for run in comparison.runs)))
    return first + [
        (figure.title, *(figure.tell(run.figures[figure.key]) for run in comparison.runs)) for figure in FIGURES
    ]


def list_difference_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row a figure: its title, then each run's less the first's, with a star where the interval leaves out zero."""
    return [
        (figure.title, *(tell_difference(figure, run.less_first[figure.key]) for run in comparison.runs[1:]))
        for figure in FIGURES
    ]


def tell_difference(figure: Figure, interval: Interval | None) -> str:
    """`+6.7 (-10.0 to 23.3)`"""
    if interval is None:
        return figure.tell(None)
    sign = "+" if interval.value > 0 else ""
    return f"{sign}{figure.tell(interval)}{' *' if interval.low > 0 or interval.high < 0 else ''}"


def title_differences(comparison: Comparison) -> str:
    """What the second table is of."""
    how = "sample by sample" if comparison.paired else "runs drawn apart: samples or seeds differ"
    return f"less {comparison.runs[0].name} ({how})"


def list_notes(comparison: Comparison) -> list[str]:
    """What a reader has to know to read the table."""
    notes = [f"Teacher {comparison.teacher}, catalog {comparison.catalog[:12]}. {NOTE}"]
    if comparison.differences:
        notes.append(f"Not the same in all runs: {'; '.join(comparison.differences)}.")
    return notes


def write_markdown(comparison: Comparison) -> str:
    """compare.md"""
    names = [run.name for run in comparison.runs]
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(row)} |" for row in list_rows(comparison)]
    lines += ["", f"| {title_differences(comparison)} | {' | '.join(names[1:])} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(row)} |" for row in list_difference_rows(comparison)]
    return "\n".join([*lines, "", *(f"{note}\n" for note in list_notes(comparison)), "![](compare.svg)", ""])
