"""What the tools of a user's package did that no tool may do: hang, die, eat memory."""

from collections import Counter

from toolgrad_local.data_model.outcome import TOOL_FAULTS, Outcome
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.journal.store import Journal


class KnownFaults:
    """The calls of a run that met a bound. Whether one does is the machine's doing too, so that the run is believed;
    every other call is to be made again."""

    def __init__(self, folder: RunFolder) -> None:
        """Of a journal that is missing or damaged nothing is known."""
        self._faults: dict[str, str] = {}
        try:
            journal = Journal(folder.journal, read_only=True)
        except JournalError:
            return
        try:
            for key, text in journal.outcomes():
                if Outcome.model_validate_json(text).error in TOOL_FAULTS:
                    self._faults[key] = text
        except (JournalError, ValueError):
            return
        finally:
            journal.close()

    def outcome(self, key: str) -> str | None:
        """A fault, None for any other call."""
        return self._faults.get(key)

    def add_outcome(self, key: str, outcome: str) -> None:
        """A run that is done is not added to."""


def count_faults(trajectory: Trajectory) -> Counter[tuple[str, str]]:
    """How often a tool failed by its own fault in one sample, by tool and kind."""
    attempts = [attempt for step in trajectory.steps for report in step.reports for attempt in report.attempts]
    solved = trajectory.round_trip.attempts if trajectory.round_trip else ()
    made = ((attempt.call.tool, attempt.result.error) for attempt in (*attempts, *solved))
    return Counter((tool, error) for tool, error in made if error in TOOL_FAULTS)


def group_faults(faults: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Tool to its faults by kind, in order of names."""
    grouped: dict[str, dict[str, int]] = {}
    for (tool, kind), count in sorted(faults.items()):
        grouped.setdefault(tool, {})[kind] = count
    return grouped
