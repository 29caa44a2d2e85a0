"""A comparison as rows: for the terminal and for Markdown."""

from toolgrad_local.compare.compare import Comparison
from toolgrad_local.compare.figures import FIGURES

NOTE = (
    "With 95 % bootstrap intervals over samples. Passed, the paper's meaning: a kept call and an answer; ours: every "
    "argument sourced, query and response audited. Seconds are summed over requests that ran side by side."
)


def list_rows(comparison: Comparison) -> list[tuple[str, ...]]:
    """A row a figure: its title, then what each run has."""
    first = [("method", *(run.method for run in comparison.runs))]
    first.append(("samples", *(str(run.samples) for run in comparison.runs)))
    return first + [
        (figure.title, *(figure.tell(run.figures[figure.key]) for run in comparison.runs)) for figure in FIGURES
    ]


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
    return "\n".join([*lines, "", *(f"{note}\n" for note in list_notes(comparison)), "![](compare.svg)", ""])
