"""Takes a folder for a run: a new one, or the one that it was begun in."""

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.assemble import make_manifest
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import (
    Manifest,
    find_changed_output,
    parse_manifest,
    read_manifest,
    refuse_other,
    write_manifest,
)
from toolgrad_local.journal.lock import hold_lock
from toolgrad_local.journal.store import Journal
from toolgrad_local.prompting.render import Prompts


def claim_folder(
    folder: RunFolder, config: RunConfig, profile: TeacherProfile | None, weights: str | None, catalog: Catalog
) -> bool:
    """Start the run's folder, or find it again; True if the run in it is finished.

    Raises JournalError if it was made under another config, is damaged, or another process is at it.
    """
    folder.prepare()
    wanted = make_manifest(config, profile, weights, catalog, Prompts())
    if not folder.manifest.exists():
        start_folder(folder, wanted)
        return False
    with hold_lock(folder.journal):
        kept = read_manifest(folder)
        refuse_other(folder, kept, wanted)
        require_journal(folder)
        changed = find_changed_output(folder, kept)
        if changed is not None:
            raise JournalError(
                f"{changed} was changed after the run had finished; move it away and run the same command to write it "
                "anew"
            )
        return kept.finished and all((folder.root / name).exists() for name in kept.outputs)


def start_folder(folder: RunFolder, wanted: Manifest) -> None:
    """Journal first, then manifest: where there is a manifest, a journal without one has lost what it held.

    A manifest that somebody moved away is written anew from the journal.
    """
    journal = Journal(folder.journal)
    try:
        text = journal.manifest()
        if text is None:
            journal.keep_manifest(wanted.model_dump_json())
            kept = wanted
        else:
            kept = parse_manifest(text, f"the manifest in {folder.journal}")
        refuse_other(folder, kept, wanted)
        if not folder.manifest.exists():
            write_manifest(folder, kept)
    finally:
        journal.close()


def require_journal(folder: RunFolder) -> None:
    """Raises JournalError if there is a manifest and no journal."""
    if not folder.journal.exists():
        raise JournalError(
            f"{folder.journal} is missing; restore it from a copy, or remove {folder.root} to start the run over"
        )


def require_same_run(folder: RunFolder, journal: Journal) -> None:
    """Raises JournalError if the journal is not the one that the manifest was written with."""
    text = journal.manifest()
    if text is None:
        raise JournalError(
            f"{folder.journal} is empty, though the run was begun; restore it from a copy, or remove {folder.root} to "
            "start the run over"
        )
    refuse_other(folder, parse_manifest(text, f"the manifest in {folder.journal}"), read_manifest(folder))
