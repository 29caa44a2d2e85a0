"""Writes a text anew, told what is wrong with the best one so far, until the audit finds nothing."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from toolgrad_local.data_model.audit import Finding
from toolgrad_local.errors import ReplyError


class Audited(Protocol):
    """A text with what is wrong with it."""

    @property
    def findings(self) -> tuple[Finding, ...]: ...


Text = TypeVar("Text", bound=Audited)


async def write_best(tries: int, write: Callable[[int, Text | None], Awaitable[Text]]) -> Text:
    """The first text without a finding, else the one with fewest.

    `write` is given the number of the try and the best text so far. Raises its ReplyError if no try gives a text.
    """
    best: Text | None = None
    failed = ReplyError("cut_off", "nothing was asked for")
    for number in range(tries):
        try:
            text = await write(number, best)
        except ReplyError as error:
            failed = error
            continue
        if best is None or len(text.findings) < len(best.findings):
            best = text
        if not best.findings:
            break
    if best is None:
        raise failed
    return best
