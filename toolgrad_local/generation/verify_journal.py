"""Checks a run's journal: every row of it, what it was made with, and that it says the same as the outputs."""

from collections.abc import Iterator
from hashlib import blake2b

from pydantic import ValidationError

from mock_apis.core import canonical_json
from toolgrad_local.data_model.stages import Ask, Attempt
from toolgrad_local.data_model.trajectory import Rejection, Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import Manifest, parse_manifest
from toolgrad_local.generation.outputs import find_repeated, judge_repeated
from toolgrad_local.journal.opening import find_log
from toolgrad_local.journal.store import Journal
from toolgrad_local.journal.wal import find_lost_tail

MOST_TOLD = 20
"""Damaged rows that are named one by one."""
Written = dict[int, bytes]
"""The digest of each sample's line in the outputs; the lines themselves of a large run do not fit into memory."""


def digest_line(line: str) -> bytes:
    """Of a sample as it is written."""
    return blake2b(line.encode(), digest_size=16).digest()


def check_journal(folder: RunFolder, manifest: Manifest, written: Written) -> Iterator[str]:
    """Everything that is wrong with the journal, each with its place."""
    name = folder.journal.name
    try:
        if (tail := find_lost_tail(find_log(folder.journal))) is not None:
            yield f"{name}-wal: cannot be read from byte {tail.start} on, {tail.commits} rows are lost"
        journal = Journal(folder.journal, read_only=True)
    except JournalError as error:
        yield f"{name}: {error}"
        return
    try:
        damaged = 0
        for damaged, row in enumerate(journal.find_damage(), start=1):
            if damaged <= MOST_TOLD:
                yield f"{name}: {row} is damaged: its checksum is not what its content gives"
        if damaged > MOST_TOLD:
            yield f"{name}: {damaged - MOST_TOLD} more rows are damaged"
        if not damaged:
            yield from (f"{name}: {problem}" for problem in check_manifest(journal, manifest))
            yield from (f"{name}: {problem}" for problem in check_samples(journal, written))
    except JournalError as error:
        yield f"{name}: {error}"
    finally:
        journal.close()


def check_manifest(journal: Journal, manifest: Manifest) -> Iterator[str]:
    """The manifest is the one that the journal was begun with, but for what it says since the run is finished."""
    text = journal.manifest()
    if text is None:
        yield "does not say what the run was made with; it has been emptied or replaced"
        return
    begun = parse_manifest(text, "the manifest in it")
    left, right = (m.model_dump(exclude={"outputs", "digest"}) for m in (begun, manifest))
    for field in left:
        if left[field] != right[field]:
            yield f"was begun with another {field} than manifest.json says"


def check_samples(journal: Journal, written: Written) -> Iterator[str]:
    """Every finished sample has its replies and calls, and the outputs say the same of it. One at a time is read."""
    verdicts: list[tuple[Rejection | None, str | None]] = []
    recorded: list[tuple[int, bytes, bytes]] = []
    for text in journal.trajectories():
        try:
            trajectory = Trajectory.model_validate_json(text)
        except ValidationError as error:
            yield f"a sample in it is no record ({error.errors()[0]['msg']})"
            continue
        yield from (f"sample {trajectory.sample}: {problem}" for problem in check_traces(journal, trajectory))
        verdicts.append((trajectory.rejected, trajectory.query))
        as_repeated = judge_repeated(trajectory, True).model_dump_json()
        recorded.append((trajectory.sample, digest_line(text), digest_line(as_repeated)))
    repeated = find_repeated(verdicts)
    wanted = {sample: digests[place in repeated] for place, (sample, *digests) in enumerate(recorded)}
    different = sorted(s for s in wanted.keys() | written.keys() if wanted.get(s) != written.get(s))
    if different:
        yield f"{len(different)} samples differ between the journal and the outputs: {different[:10]}"


def check_traces(journal: Journal, trajectory: Trajectory) -> Iterator[str]:
    """What the sample asked and called is in the journal."""
    asked = journal.asked(trajectory.sample)
    for step, ask in list_asks(trajectory):
        digest = asked.get((step, ask.stage, ask.slot, ask.attempt))
        place = f"step {step}, {ask.stage}, slot {ask.slot}, attempt {ask.attempt}"
        if digest is None:
            yield f"the reply of {place} is missing"
        elif not digest.startswith(ask.request_digest):
            yield f"the reply of {place} answers another request"
    called = journal.called(trajectory.sample)
    for key, attempt in list_calls(trajectory):
        texts = (canonical_json(attempt.call.model_dump()), canonical_json(attempt.result.model_dump()))
        if called.get(key) != texts:
            state = "not what it says" if key in called else "missing"
            yield f"the call of step {key[0]}, slot {key[1]}, attempt {key[2]} is {state}"


def list_asks(trajectory: Trajectory) -> Iterator[tuple[int, Ask]]:
    """Every request with its step."""
    for step in trajectory.steps:
        yield from ((step.index, ask) for ask in step.asks)
    yield from ((len(trajectory.steps), ask) for ask in trajectory.closing)


def list_calls(trajectory: Trajectory) -> Iterator[tuple[tuple[int, int, int], Attempt]]:
    """Every executed call with its step, slot and attempt."""
    for step in trajectory.steps:
        for slot, report in enumerate(step.reports):
            yield from (((step.index, slot, number), attempt) for number, attempt in enumerate(report.attempts))
    if trajectory.round_trip is not None:
        attempts = enumerate(trajectory.round_trip.attempts)
        yield from (((len(trajectory.steps), number, 0), attempt) for number, attempt in attempts)
