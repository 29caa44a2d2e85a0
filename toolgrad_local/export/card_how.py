"""The card's second half: licences, limits, how to make the data set again, digests."""

import shlex

from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.licences import licence_ids
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.record import DatasetRecord
from toolgrad_local.negatives.options import tell_shares


def describe_licences(record: DatasetRecord) -> str:
    """The licence of each part, and whom to name."""
    parts = [
        f"- {part.part}: {part.licence}{f'. {part.attribution}' if part.attribution else ''}"
        for part in record.licences
    ]
    ids = ", ".join(licence_ids(record.licences))
    return (
        f"## Licences\n\nTogether: {ids}. They follow from the teacher, whose text the queries and responses are, and "
        "from the catalog, whose descriptions and results the rows repeat; `other` stands for what has no identifier "
        "of its own. Every table of the catalog is listed, whether the rows use it or not.\n\n" + "\n".join(parts)
    )


def describe_limits(record: DatasetRecord) -> str:
    """What the data set does not promise."""
    form = FORMATS[record.options.format]
    missing = sorted({"today", "tools", "results", "answer", "thoughts"} - form.holds)
    limits = [
        "The tools are mocks: some give true facts or exact computations, others a seeded world that is fiction.",
        "The audit checks figures, dates and names mechanically; it does not judge style, and a query may read oddly.",
        "A distractor that could answer is excluded where this can be shown by executing it; one may still be left.",
    ]
    if missing:
        limits.append(f"The format has no place for: {', '.join(missing)}.")
    if record.options.hold_out:
        held = ", ".join(record.options.hold_out)
        limits.append(f"All workflows that call a tool of {held} are in test; train rows may still offer such tools.")
    if record.run.config.teacher == "scripted":
        limits.insert(
            0, "The teacher is the scripted one: the text is nonsense that fits the schemas, for tests alone."
        )
    if "json_list" in form.columns.values() or "json" in form.columns.values():
        limits.append(
            "Prefer Parquet with `datasets`: its JSONL reader rounds some decimals in nested columns (0.3 becomes "
            "0.30000000000000004). In the Parquet files they are spelt so that they come out exact."
        )
    return "## Limits\n\n" + "\n".join(f"- {limit}" for limit in limits)


def describe_making(record: DatasetRecord) -> str:
    """The commands that made it."""
    config = record.run.config
    generate = (
        f"toolgrad-local generate --teacher {shlex.quote(config.teacher)} --samples {config.samples} "
        f"--iterations {config.loop.iterations} --seed {config.seed} --out RUN"
    )
    catalog = " --catalog FOLDER" if record.run.own_catalog else ""
    return (
        f"## How to make it again\n\nMade by {record.made_by}, Parquet by {record.parquet_by}.\n\n"
        f"```\n{generate}{catalog}\n"
        f"toolgrad-local export RUN {export_arguments(record.options)} --out DIR{catalog}\n"
        f"toolgrad-local verify DIR{catalog}\n```\n\n"
        "`dataset.json` holds every setting. A teacher's replies differ from machine to machine, so the same run comes "
        "from its journal: `toolgrad-local replay`. From the same run the same options give the same bytes."
    )


def export_arguments(options: ExportOptions) -> str:
    """The options on a command line."""
    parts = [f"--format {options.format} --split {options.split:g} --seed {options.seed}"]
    parts += [f"--limit {options.limit}"] if options.limit is not None else []
    parts += [f"--hold-out {shlex.quote(domain)}" for domain in options.hold_out]
    parts += ["--single-turn"] if options.single_turn else []
    parts.append(f"--offered {options.offered} --distractors {options.distractors} --negatives {options.negatives}")
    parts += [f"--kind {share}" for share in tell_shares(options.kinds)]
    return " ".join(parts)


def describe_digests(record: DatasetRecord) -> str:
    """SHA-256 of what it was made of and of its files."""
    run = record.run
    made_of = {
        "weights of the teacher": run.weights or "not known",
        "catalog": run.catalog,
        "prompts": run.prompts,
        **{f"run: {name}": digest for name, digest in run.outputs.items()},
    }
    few = {path: digest for path, digest in record.files.items() if path.startswith("data/")}
    lines = [f"- {name}: `{digest}`" for name, digest in {**made_of, **few}.items()]
    return "## Digests\n\nSHA-256; `dataset.json` has those of all files.\n\n" + "\n".join(lines)
