"""Checks a run: every record, every digest, and every kept call executed once more."""

from collections.abc import Iterator

from pydantic import ValidationError

from mock_apis.core import canonical_json
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, hash_file, read_manifest
from toolgrad_local.generation.outputs import read_lines
from toolgrad_local.journal.store import Journal
from toolgrad_local.loop.provenance import is_grounded, settle, trace_call
from toolgrad_local.seeding import derive_seed


class Verdict(Data):
    """What `verify` found."""

    samples: int
    calls: int
    """Kept calls that were executed again."""
    problems: tuple[str, ...]
    """Each with its place; empty if all is well."""


def verify_run(folder: RunFolder, catalog: Catalog) -> Verdict:
    """Check a run folder. Raises JournalError or ConfigError if it cannot be read at all."""
    folder.require()
    manifest = read_manifest(folder)
    problems = list(check_digests(folder, manifest, catalog))
    samples = calls = 0
    seen: list[int] = []
    for path, accepted in ((folder.workflows, True), (folder.rejected, False)):
        for place, line in read_lines(path):
            samples += 1
            try:
                trajectory = Trajectory.model_validate_json(line)
            except ValidationError as error:
                problems.append(
                    f"{place}: {error.errors()[0]['msg']} at {'.'.join(map(str, error.errors()[0]['loc']))}"
                )
                continue
            seen.append(trajectory.sample)
            calls += len(trajectory.workflow.links)
            problems += [
                f"{place}, sample {trajectory.sample}: {p}" for p in check_sample(trajectory, manifest, catalog)
            ]
            if (trajectory.rejected is None) != accepted:
                problems.append(f"{place}, sample {trajectory.sample}: is in the wrong file")
    problems += check_numbers(folder, manifest, sorted(seen))
    problems += check_journal(folder)
    return Verdict(samples=samples, calls=calls, problems=tuple(problems))


def check_digests(folder: RunFolder, manifest: Manifest, catalog: Catalog) -> Iterator[str]:
    """The manifest's digests against what is there."""
    if not manifest.finished:
        yield "manifest.json: the run is unfinished; run the same command to resume it"
    for name, digest in manifest.outputs.items():
        path = folder.root / name
        if not path.exists():
            yield f"{name}: missing"
        elif hash_file(path) != digest:
            yield f"{name}: changed since the run finished (sha256 differs from the manifest's)"
    if manifest.catalog != catalog.digest:
        yield f"manifest.json: made with catalog {manifest.catalog[:12]}, installed is {catalog.digest[:12]}"


def check_sample(trajectory: Trajectory, manifest: Manifest, catalog: Catalog) -> Iterator[str]:
    """Execute the kept calls in a fresh world, and trace their arguments again."""
    expected = derive_seed(manifest.config.seed, "world", trajectory.sample)
    if trajectory.world_seed != expected:
        yield f"world_seed is {trajectory.world_seed}, its seed gives {expected}"
    session = Session.fresh(catalog, trajectory.world_seed)
    before = Workflow()
    for index, link in enumerate(trajectory.workflow.links):
        result = session.call(link.call)
        if canonical_json(result.model_dump()) != canonical_json(link.result.model_dump()):
            yield f"call {index + 1} ({link.call.tool}) gives another result when it is executed again"
            return
        leaves = trace_call(link.call, catalog.tools[link.call.tool], before, catalog.tools)
        before = before.append(link.model_copy(update={"leaves": leaves}))
    if trajectory.query is not None and settle(before, trajectory.query) != trajectory.workflow:
        yield "the sources of its arguments are not what tracing them again gives"
    if trajectory.grounded != (trajectory.rejected is None and is_grounded(trajectory.workflow)):
        yield f"grounded is {trajectory.grounded}, its arguments say otherwise"


def check_numbers(folder: RunFolder, manifest: Manifest, seen: list[int]) -> Iterator[str]:
    """Every sample of a finished run is there once."""
    if manifest.finished and seen != list(range(manifest.config.samples)):
        missing = sorted(set(range(manifest.config.samples)) - set(seen))
        twice = sorted({sample for sample in seen if seen.count(sample) > 1})
        yield f"{folder.root.name}: samples missing: {missing[:10]}, samples twice: {twice[:10]}"


def check_journal(folder: RunFolder) -> Iterator[str]:
    """The journal is whole and says the same as the outputs."""
    if not folder.journal.exists():
        yield "journal.sqlite: missing"
        return
    try:
        journal = Journal(folder.journal, read_only=True)
        recorded = set(journal.trajectories())
        journal.close()
    except JournalError as error:
        yield f"journal.sqlite: {error}"
        return
    written = {line for path in (folder.workflows, folder.rejected) for _, line in read_lines(path)}
    if recorded != written:
        yield f"journal.sqlite: {len(recorded ^ written)} records differ between the journal and the outputs"
