"""Which words bear loss, for the templates of many models: the golden files show them between ⟦ and ⟧."""

import copy
import datetime
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.assets import asset_folder
from toolgrad_local.data_model.example import ExampleCall, OfferedTool, Turn
from toolgrad_local.errors import ConfigError
from toolgrad_local.export.formats.trl import TRL
from toolgrad_local.export.row import Row
from toolgrad_local.training.chat_template import ChatTemplate, choose_template
from toolgrad_local.training.corpus import CorpusRow
from toolgrad_local.training.tokens import UNLABELLED, TokenSequence, settle_turn_end, special_tokens, tokenize_row
from toolgrad_local.training.words import mark_words

CHATML = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
TOOLS = tuple(
    OfferedTool(
        name=name,
        description=f"Says {what}.",
        parameters={"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    )
    for name, what in (("cities_get", "where a city is"), ("weather_now", "its weather"))
)
ONE_BY_ONE = {"llama3_1": "refuses calls side by side", "gptoss": "says the first call alone"}
OWN = {"hermes", "gemma", "llama-3"}
MARKED = ("hermes", "gemma", "llama-3", "qwen2_5", "lfm2_v2")
"""Templates that mark the words themselves, or that TRL has marked, in one text for a conversation."""


class FixedDay(datetime.datetime):
    """Some templates say what day it is."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "FixedDay":
        return cls(2026, 11, 29, tzinfo=tz)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The golden files' day."""
    monkeypatch.setattr("transformers.utils.chat_template_utils.datetime", FixedDay)


def template_text(name: str) -> str:
    """One that we ship, or one that TRL ships."""
    import trl

    folder = asset_folder("models") if name in OWN else Path(trl.__path__[0])
    return (folder / "chat_templates" / f"{name}.jinja").read_text(encoding="utf-8")


def make_row(
    *turns: tuple[tuple[str, str], ...], answer: str | None = "In Orléans it is 0.3° and “clear”."
) -> CorpusRow:
    """Turns of calls, each a tool and a city."""
    numbers = itertools.count(1)
    made = tuple(
        Turn(
            thought=None,
            calls=tuple(
                ExampleCall(
                    id=f"call_{next(numbers)}", tool=tool, arguments={"city": city}, result={"found": f"{city}!"}
                )
                for tool, city in turn
            ),
        )
        for turn in turns
    )
    row = Row(
        id="w000001", query="How is Orléans?", today="2024-05-09", tools=TOOLS, turns=made, thought=None, answer=answer
    )
    written = TRL.write(row)
    return CorpusRow("", row, tuple(written["messages"]), tuple(written["tools"]))


TWO_TURNS = make_row((("cities_get", "Orléans"),), (("weather_now", "Orléans"),))
SIDE_BY_SIDE = make_row((("cities_get", "Orléans"), ("weather_now", "Orléans")))
SINGLE = make_row((("cities_get", "Orléans"), ("weather_now", "Orléans")), answer=None)
NEGATIVE = make_row(answer="No tool of these can.")


def tokenized(row: CorpusRow, name: str, tokenizer: Any, context: int = 8192) -> list[TokenSequence] | str:
    """The row with a template."""
    template = ChatTemplate(template_text(name), tokenizer, name)
    return tokenize_row(row, template, special_tokens(tokenizer), context)


def show_words(sequences: list[TokenSequence] | str, tokenizer: Any) -> str:
    """The text with what bears loss in brackets."""
    assert not isinstance(sequences, str)
    return "\n\n=== another sequence ===\n\n".join(
        "".join(
            f"⟦{text}⟧" if marked else text
            for marked, text in (
                (marked, tokenizer.decode([token for token, _ in pairs]))
                for marked, pairs in itertools.groupby(
                    zip(sequence.input_ids, sequence.labels, strict=True), key=lambda pair: pair[1] != UNLABELLED
                )
            )
        )
        for sequence in sequences
    )


def labelled(sequences: list[TokenSequence] | str, tokenizer: Any) -> list[str]:
    """What bears loss, each stretch of it."""
    return [part.partition("⟧")[0] for part in show_words(sequences, tokenizer).split("⟦")[1:]]


@pytest.mark.parametrize(
    "name",
    ["hermes", "gemma", "llama-3", "qwen2_5", "qwen3", "llama3_1", "glm4moe", "gptoss", "nemotron_3_nano", "lfm2_v2"],
)
def test_exactly_the_words_of_the_assistant_bear_loss(
    name: str, tokenizer: Any, golden: Callable[[str, str], None]
) -> None:
    rows = [TWO_TURNS, NEGATIVE] if name in ONE_BY_ONE else [TWO_TURNS, SIDE_BY_SIDE, SINGLE, NEGATIVE]
    shown = [show_words(tokenized(row, name, tokenizer), tokenizer) for row in rows]
    golden(f"{name}.txt", "\n\n=== another row ===\n\n".join(shown) + "\n")
    first, second, answer = labelled(tokenized(TWO_TURNS, name, tokenizer), tokenizer)
    for words, said, unsaid in (
        (first, "cities_get", "weather_now"),
        (second, "weather_now", "cities_get"),
        (answer, "In Orléans it is 0.3° and “clear”.", "found"),
    ):
        assert said in words
        assert unsaid not in words
        assert words.endswith(tuple(special_tokens(tokenizer)))


@pytest.mark.parametrize("name", MARKED)
def test_the_marks_of_a_template_agree(name: str, tokenizer: Any) -> None:
    """But for the line break before the first word, which TRL's marks have inside and the prompt already ends with."""
    text = template_text(name if name in OWN else f"{name}_training")
    for row in (TWO_TURNS, SIDE_BY_SIDE, SINGLE, NEGATIVE):
        ours = tokenized(row, name, tokenizer)
        assert not isinstance(ours, str)
        theirs = tokenizer.apply_chat_template(
            list(row.messages), tools=list(row.tools), chat_template=text, tokenize=True, return_dict=True,
            return_assistant_tokens_mask=True,
        )  # fmt: skip
        assert len(ours) == 1
        mask = theirs["assistant_masks"]
        marked = [token for token, bit in zip(theirs["input_ids"], mask, strict=True) if bit]
        assert "".join(tokenizer.decode(marked).split()) == "".join("".join(labelled(ours, tokenizer)).split())


@pytest.mark.parametrize(("name", "reason"), [("llama3_1", "template_refuses"), ("gptoss", "template_drops_calls")])
def test_a_row_that_a_template_cannot_say_is_left_out_with_the_reason(name: str, reason: str, tokenizer: Any) -> None:
    assert tokenized(SIDE_BY_SIDE, name, tokenizer) == reason


def test_a_row_longer_than_the_context_is_left_out_whole(tokenizer: Any) -> None:
    (sequence,) = tokenized(TWO_TURNS, "hermes", tokenizer)
    assert isinstance(sequence, TokenSequence)
    length = len(sequence.input_ids)
    assert tokenized(TWO_TURNS, "hermes", tokenizer, context=length) == [sequence]
    assert tokenized(TWO_TURNS, "hermes", tokenizer, context=length - 1) == "longer_than_context"


def test_what_follows_the_end_of_a_turn_bears_no_loss(tokenizer: Any) -> None:
    (marked,) = mark_words(
        ChatTemplate(template_text("hermes"), tokenizer, None), TWO_TURNS.messages, TWO_TURNS.tools,
        special_tokens(tokenizer), "<eos>",
    )  # fmt: skip
    assert [marked.text[end : end + 18] for _, end in marked.spans[:-1]] == ["\n<|im_start|>user\n"] * 2
    assert marked.text.endswith("<|im_end|>")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param(CHATML, "offered tools and tool calls", id="plain turns"),
        pytest.param(
            CHATML.replace("{{ m.content }}", "{{ raise_exception('No tools.') }}"),
            r"tools \(No tools\.\)",
            id="raises",
        ),
    ],
)
def test_a_template_without_tools_is_refused_with_what_it_lacks(text: str, missing: str, tokenizer: Any) -> None:
    tokenizer.chat_template = text
    with pytest.raises(
        ConfigError, match=f"chat template of mine has no place for {missing}; .*`chat_template: gemma`"
    ):
        choose_template("mine", tokenizer, None, {})
    tokenizer.chat_template = None
    with pytest.raises(ConfigError, match="mine has no chat template; name one"):
        choose_template("mine", tokenizer, None, {})


def test_what_a_profile_gives_its_template_is_written_into_it(tokenizer: Any) -> None:
    tokenizer.chat_template = template_text("qwen3")
    template = choose_template("mine", tokenizer, None, {"enable_thinking": False})
    tokenizer.chat_template = None
    prompt = template.render(TWO_TURNS.messages[:2], TWO_TURNS.tools, prompt=True)
    assert prompt.endswith("<|im_start|>assistant\n<think>\n\n</think>\n\n")
    row = tokenize_row(TWO_TURNS, template, special_tokens(tokenizer), 8192)
    assert "think" not in "".join(labelled(row, tokenizer))


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [("hermes", "<eos>", "<|im_end|>"), ("gemma", "<eos>", "<end_of_turn>"), ("glm4moe", "<eos>", "<eos>"),
     ("gptoss", "<|return|>", "<|return|>")],
)  # fmt: skip
def test_what_ends_an_answer_is_what_a_server_stops_at(name: str, before: str, after: str, tokenizer: Any) -> None:
    other = copy_of(tokenizer, before)
    sequences = tokenized(TWO_TURNS, name, other)
    assert not isinstance(sequences, str)
    settle_turn_end(ChatTemplate(template_text(name), other, name if name in OWN else None), sequences)
    assert other.eos_token == after


def test_a_template_of_another_family_is_refused(tokenizer: Any) -> None:
    foreign = copy_of(tokenizer, "<bos>")
    template = ChatTemplate(CHATML.replace("<|im_end|>", "<|no_such_token|>"), foreign, "foreign")
    sequences = tokenize_row(NEGATIVE, template, special_tokens(foreign), 8192)
    assert not isinstance(sequences, str)
    with pytest.raises(
        ConfigError, match="the chat template foreign ends a turn with what is no token of this model's"
    ):
        settle_turn_end(template, sequences)


def copy_of(tokenizer: Any, eos: str) -> Any:
    """Another tokenizer, with another token at the end of a text."""
    other = copy.deepcopy(tokenizer)
    other.eos_token = eos
    return other
