"""Rows as tokens and labels: only what the assistant says bears loss, and no row is ever cut."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from toolgrad_local.errors import ConfigError
from toolgrad_local.training.chat_template import FAULTS, ChatTemplate
from toolgrad_local.training.corpus import CorpusRow
from toolgrad_local.training.words import DroppedCalls, MarkedText, mark_words

LeftOut = Literal["longer_than_context", "template_refuses", "template_drops_calls"]
UNLABELLED = -100
"""What torch's cross entropy ignores."""


@dataclass(frozen=True)
class TokenSequence:
    """What a step reads."""

    input_ids: list[int]
    labels: list[int]


@dataclass(frozen=True)
class Tokenized:
    """A split's rows as sequences."""

    sequences: tuple[TokenSequence, ...]
    rows: tuple[CorpusRow, ...]
    """Those that are in them; one row may be several sequences."""
    left_out: Counter[str]

    @property
    def tokens(self) -> int:
        """Of all sequences."""
        return sum(len(sequence.input_ids) for sequence in self.sequences)

    @property
    def labelled(self) -> int:
        """Tokens that bear loss."""
        return sum(label != UNLABELLED for sequence in self.sequences for label in sequence.labels)


def tokenize_rows(rows: Iterable[CorpusRow], template: ChatTemplate, context: int) -> Tokenized:
    """Every row that the template can say and the context can hold. Raises ConfigError if a turn cannot be ended."""
    turn_ends = special_tokens(template.tokenizer)
    made: list[TokenSequence] = []
    kept: list[CorpusRow] = []
    left_out: Counter[str] = Counter()
    for row in rows:
        found = tokenize_row(row, template, turn_ends, context)
        if isinstance(found, str):
            left_out[found] += 1
        else:
            made += found
            kept.append(row)
    return Tokenized(tuple(made), tuple(kept), left_out)


def tokenize_row(
    row: CorpusRow, template: ChatTemplate, turn_ends: frozenset[str], context: int
) -> list[TokenSequence] | LeftOut:
    """The row's sequences, or why it is left out."""
    tokenizer = template.tokenizer
    try:
        texts = mark_words(template, row.messages, row.tools, turn_ends, tokenizer.eos_token)
    except DroppedCalls:
        return "template_drops_calls"
    except FAULTS:
        return "template_refuses"
    sequences = [encode(tokenizer, text) for text in texts]
    if any(len(sequence.input_ids) > context for sequence in sequences):
        return "longer_than_context"
    return sequences


def encode(tokenizer: Any, marked: MarkedText) -> TokenSequence:
    """Tokens, and as labels those that lie within the assistant's words."""
    found = tokenizer(marked.text, add_special_tokens=False, return_offsets_mapping=True)
    labels = [
        token if any(start <= first and last <= end for start, end in marked.spans) and first < last else UNLABELLED
        for token, (first, last) in zip(found["input_ids"], found["offset_mapping"], strict=True)
    ]
    return TokenSequence(list(found["input_ids"]), labels)


def special_tokens(tokenizer: Any) -> frozenset[str]:
    """The tokens that no text is split into."""
    return frozenset(token.content for token in tokenizer.added_tokens_decoder.values() if token.special)


def settle_turn_end(template: ChatTemplate, sequences: Iterable[TokenSequence]) -> None:
    """Make the token that ends an answer the tokenizer's eos_token, so that whoever serves the model stops there.

    Raises ConfigError if a template that the recipe names ends turns with what is no token of this tokenizer.
    """
    tokenizer = template.tokenizer
    ends = Counter(tokenizer.convert_ids_to_tokens(sequence.input_ids[-1]) for sequence in sequences)
    if template.named is not None and not any(end in template.text for end in ends):
        raise ConfigError(
            f"the chat template {template.named} ends a turn with what is no token of this model's tokenizer; "
            "name one that was written for it"
        )
    if tokenizer.eos_token not in ends:
        tokenizer.eos_token = ends.most_common(1)[0][0]
