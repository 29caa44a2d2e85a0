"""Which words of a conversation the assistant writes, for any chat template.

The template is asked, not read: what it gives up to an answer, with the words that call for one, is what the model will
be shown; what it gives with the answer, less that, is what the model has to write.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolgrad_local.training.chat_template import ChatTemplate, Messages


class DroppedCalls(ValueError):
    """The template leaves out calls of an answer, as some do with all but the first."""


@dataclass(frozen=True)
class MarkedText:
    """A rendered conversation."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """Where the assistant's words begin and end, the token that ends the turn included."""


def mark_words(
    template: ChatTemplate, messages: Messages, tools: Sequence[Any], turn_ends: Collection[str], eos: str
) -> tuple[MarkedText, ...]:
    """The conversation as one text if its answers are shown later as they were written, else a text for each answer.

    Templates that drop the thoughts of earlier turns, or have no token at the end of a turn, need the latter; there
    `eos` ends the answer. Raises DroppedCalls, and what the template raises.
    """
    turns = [mark_turn(template, messages[: place + 1], tools) for place in answers_of(messages)]
    whole = turns[-1].text
    if all(whole.startswith(turn.text) and ends_turn(turn.text, turn_ends) for turn in turns):
        return (MarkedText(whole, tuple(span for turn in turns for span in turn.spans)),)
    return tuple(end_turn(turn, turn_ends, eos) for turn in turns)


def answers_of(messages: Messages) -> list[int]:
    """Places of what the assistant says."""
    return [place for place, message in enumerate(messages) if message["role"] == "assistant"]


def mark_turn(template: ChatTemplate, messages: Messages, tools: Sequence[Any]) -> MarkedText:
    """The conversation up to an answer, and that answer as the one span. Raises DroppedCalls."""
    before = template.render(messages[:-1], tools, prompt=True)
    after = template.render(messages, tools).rstrip()
    start = common_length(before, after)
    require_calls(after[start:], messages[-1])
    return MarkedText(after, ((start, len(after)),))


def common_length(one: str, other: str) -> int:
    """Characters at the start that both have."""
    if other.startswith(one):
        return len(one)
    return next(place for place, (a, b) in enumerate(zip(one, f"{other}\0", strict=False)) if a != b)


def require_calls(words: str, message: Mapping[str, Any]) -> None:
    """Raises DroppedCalls if the words name fewer calls than the answer has."""
    called = Counter(call["function"]["name"] for call in message.get("tool_calls", ()))
    for name, count in called.items():
        if words.count(name) < count:
            raise DroppedCalls(f"{name} is called {count} times, and the template says {words.count(name)} of them")


def ends_turn(text: str, turn_ends: Iterable[str]) -> bool:
    """True if a token of the tokenizer's own ends the text."""
    return any(text.endswith(end) for end in turn_ends)


def end_turn(turn: MarkedText, turn_ends: Iterable[str], eos: str) -> MarkedText:
    """The text with `eos` after it, unless a token of the tokenizer's own ends it."""
    if ends_turn(turn.text, turn_ends):
        return turn
    (start, end), text = turn.spans[0], turn.text + eos
    return MarkedText(text, ((start, end + len(eos)),))
