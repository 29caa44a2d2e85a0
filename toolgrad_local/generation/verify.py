"""Checks a run: every record, every digest, and every kept call executed once more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from mock_apis.core import canonical_json
from toolgrad_local.audit.provenance import settle, trace_call
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.outcome import TOOL_FAULTS
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.generation.audit import audit_trajectory
from toolgrad_local.generation.faults import KnownFaults
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, hash_file, read_manifest
from toolgrad_local.generation.outputs import read_lines
from toolgrad_local.generation.verify_journal import Written, check_journal, digest_line
from toolgrad_local.loop.agreement import compare
from toolgrad_local.loop.close import judge
from toolgrad_local.loop.turns import plan_turns
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
    if catalog.host is not None:
        catalog = replace(catalog, store=KnownFaults(folder))
    problems = list(check_digests(folder, manifest, catalog))
    samples = calls = 0
    seen: Counter[int] = Counter()
    written: Written = {}
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
            seen[trajectory.sample] += 1
            written[trajectory.sample] = digest_line(line)
            calls += len(trajectory.workflow.links)
            problems += [
                f"{place}, sample {trajectory.sample}: {p}" for p in check_sample(trajectory, manifest, catalog)
            ]
            if (trajectory.rejected is None) != accepted:
                problems.append(f"{place}, sample {trajectory.sample}: is in the wrong file")
    problems += check_numbers(folder, manifest, seen)
    problems += check_journal(folder, manifest, written)
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
    """Execute the kept calls in a fresh world, trace their arguments and audit the sample again."""
    expected = derive_seed(manifest.config.seed, "world", trajectory.sample)
    if trajectory.world_seed != expected:
        yield f"world_seed is {trajectory.world_seed}, its seed gives {expected}"
    session = Session.fresh(catalog, trajectory.world_seed)
    today = session.world.today
    before = Workflow()
    for index, link in enumerate(trajectory.workflow.links):
        result = session.call(link.call)
        if canonical_json(result.model_dump()) != canonical_json(link.result.model_dump()):
            said = f" ({result.error})" if result.error in TOOL_FAULTS else ""
            yield f"call {index + 1} ({link.call.tool}) gives another result when it is executed again{said}"
            return
        leaves = trace_call(link.call, catalog.tools[link.call.tool], before, catalog.tools)
        before = before.append(link.model_copy(update={"leaves": leaves}))
    if trajectory.query is None:
        return
    if settle(before, trajectory.query, today, trajectory.style.language) != trajectory.workflow:
        yield "the sources of its arguments are not what tracing them again gives"
        return
    if trajectory.accepted:
        yield from check_verdict(trajectory, manifest, catalog)
    elif trajectory.rejected is None:
        yield "is released without a response"


def check_verdict(trajectory: Trajectory, manifest: Manifest, catalog: Catalog) -> Iterator[str]:
    """The audit, the turns, the round trip and the verdict, made again."""
    audit = audit_trajectory(trajectory, catalog)
    if audit != trajectory.audit:
        yield "its audit is not what auditing it again gives"
    if plan_turns(catalog, trajectory.world_seed, trajectory.workflow) != trajectory.turns:
        yield "its turns are not what its edges and the world give"
    yield from check_round_trip(trajectory, catalog)
    verdict = judge(audit, trajectory.round_trip, manifest.config.loop.round_trip == "require")
    if verdict != trajectory.rejected and (verdict, trajectory.rejected) != (None, "duplicate"):
        yield f"is {trajectory.rejected or 'released'}, its audit says {verdict or 'released'}"


def check_round_trip(trajectory: Trajectory, catalog: Catalog) -> Iterator[str]:
    """The solver's calls give what they gave, and agree with the workflow as far as it says."""
    trip = trajectory.round_trip
    if trip is None:
        return
    session = Session.fresh(catalog, trajectory.world_seed)
    if [session.call(attempt.call) for attempt in trip.attempts] != [attempt.result for attempt in trip.attempts]:
        yield "a call of its round trip gives another result when it is executed again"
    elif trip != compare(trip.attempts, trajectory.workflow, catalog, trajectory.world_seed, trajectory.query or ""):
        yield "its round trip does not agree with the workflow as it says"


def check_numbers(folder: RunFolder, manifest: Manifest, seen: Counter[int]) -> Iterator[str]:
    """Every sample of a finished run is there once, and no other."""
    wanted = set(range(manifest.config.samples))
    if manifest.finished and seen != Counter(wanted):
        twice = sorted(sample for sample, count in seen.items() if count > 1)
        yield (
            f"{folder.root.name}: samples missing: {sorted(wanted - seen.keys())[:10]}, samples twice: {twice[:10]}, "
            f"samples that are none of the run: {sorted(seen.keys() - wanted)[:10]}"
        )
