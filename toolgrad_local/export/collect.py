"""From a finished run to the rows of each split."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.example import Split
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.choose import choose_samples
from toolgrad_local.export.format import Format
from toolgrad_local.export.json_text import exact_json
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.row import Row, chains_of, group_of, keep, row_of, single_turn_of
from toolgrad_local.export.split import SPLITS, assign_splits, find_overlap
from toolgrad_local.negatives.examples import Counts, make_examples
from toolgrad_local.negatives.similarity import Similarity

Rows = Mapping[Split, tuple[dict[str, Any], ...]]
"""The rows of each split as the format writes them, by id."""


class Made(Data):
    """How the rows came about."""

    left_out: dict[str, int]
    """Samples and rows that are not in the data set, by reason."""
    examples: Counts | None
    """What was excluded while distractors and negatives were chosen; None where no tools are offered."""
    similarity: str | None
    """What found similar tools; None where no tools are offered."""


def collect_rows(
    released: Sequence[Trajectory], catalog: Catalog, form: Format, options: ExportOptions, similarity: Similarity
) -> tuple[Rows, Made]:
    """The rows of each split. Raises ConfigError for options that do not fit the run."""
    require_domains(options.hold_out, catalog)
    if options.single_turn and form.scope == "chains":
        raise ConfigError(f"--single-turn does not go with --format {form.name}, which holds whole workflows")
    chosen, left_out = choose_samples(released, form, options)
    counts: Counts | None = None
    if form.scope == "chains":
        rows = [chains_of(trajectory) for trajectory in chosen]
    else:
        asked = options.examples if form.has_negatives else options.examples.model_copy(update={"negatives": 0})
        made = make_examples(chosen, catalog, asked, similarity)
        rows, counts = [row_of(example) for example in made.examples], made.counts
    if form.scope == "single_turn" or options.single_turn:
        rows = [single_turn_of(row) for row in rows]
    sides = assign_splits(
        {group_of(row.id) for row in rows}, held_out(chosen, catalog, options), options.split, options.seed
    )
    kept = {split: [row for row in rows if sides[group_of(row.id)] == split] for split in SPLITS}
    written, dropped = write_rows(kept, form)
    return written, Made(
        left_out={**left_out, **dropped},
        examples=counts,
        similarity=None if form.scope == "chains" else similarity.name,
    )


def require_domains(names: Iterable[str], catalog: Catalog) -> None:
    """Raises ConfigError for a domain that the catalog lacks, with names that are near it."""
    import difflib

    known = [domain.name for domain in catalog.domains]
    for name in names:
        if name not in known:
            near = ", ".join(difflib.get_close_matches(name, known, 3)) or "see `toolgrad-local catalog stats`"
            raise ConfigError(f"--hold-out {name}: no such domain in {catalog.package}; near it: {near}")


def held_out(chosen: Iterable[Trajectory], catalog: Catalog, options: ExportOptions) -> set[str]:
    """The groups of the workflows that use a tool of a held-out domain."""
    return {
        f"w{trajectory.sample:06d}"
        for trajectory in chosen
        if any(catalog.tool(link.call.tool).domain in options.hold_out for link in trajectory.workflow.links)
    }


def write_rows(kept: Mapping[Split, Sequence[Row]], form: Format) -> tuple[Rows, dict[str, int]]:
    """Each row as the format writes it. Dropped and counted: a train row whose query is in test, and a row that the
    format does not give back as it was."""
    same_query, _ = find_overlap(kept["train"], kept["test"])
    dropped: Counter[str] = Counter()
    written: dict[Split, tuple[dict[str, Any], ...]] = {}
    for split, rows in kept.items():
        found = []
        for row in rows:
            if split == "train" and row.id in same_query:
                dropped["query_in_test"] += 1
                continue
            shaped = form.write(row)
            if comes_back(row, shaped, form):
                found.append(shaped)
            else:
                dropped["not_held_by_format"] += 1
        written[split] = tuple(found)
    return written, dict(dropped)


def comes_back(row: Row, shaped: Mapping[str, Any], form: Format) -> bool:
    """True if reading gives what was written, and every reader gets its numbers right."""
    try:
        for name, column in form.columns.items():
            if column in ("json", "json_list"):
                exact_json(shaped[name])
        return form.read(shaped) == keep(row, form.holds)
    except (ValueError, KeyError, TypeError, IndexError, StopIteration):
        return False
