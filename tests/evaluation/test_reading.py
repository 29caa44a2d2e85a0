"""Replies in every format, sound and broken, and what is said to be wrong with them."""

from typing import Any

import pytest

from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.example import OfferedTool
from toolgrad_local.evaluation.answer import Said
from toolgrad_local.evaluation.reading import read_reply

PARIS = ToolCall(tool="weather_forecast", arguments={"city": "Paris"})
OSLO = ToolCall(tool="weather_forecast", arguments={"city": "Oslo", "days": 2})
PARIS_JSON = '{"name": "weather_forecast", "arguments": {"city": "Paris"}}'
OSLO_JSON = '{"name": "weather_forecast", "arguments": {"city": "Oslo", "days": 2}}'
BOTH = {
    "hermes": f"<tool_call>\n{PARIS_JSON}\n</tool_call>\n<tool_call>{OSLO_JSON}</tool_call>",
    "json": f"[{PARIS_JSON}, {OSLO_JSON}]",
    "mistral": f"[TOOL_CALLS][{PARIS_JSON}, {OSLO_JSON}]</s>",
    "pythonic": '[weather_forecast(city="Paris"), weather_forecast(city="Oslo", days=2)]',
    "constrained": f'{{"calls": [{PARIS_JSON}, {OSLO_JSON}]}}',
}
PROSE = {**dict.fromkeys(BOTH, "I cannot help with that [sorry]."), "constrained": '{"answer": "I cannot."}'}


def read(
    text: str, form: str, tools: tuple[OfferedTool, ...], finish: Any = "stop"
) -> tuple[list[ToolCall], list[str]]:
    """Calls and errors."""
    taken = read_reply(Said(text=text, finish=finish), form, tools)
    return list(taken.calls), list(taken.errors)


@pytest.mark.parametrize("form", BOTH)
def test_two_calls_are_read_in_every_format(form: str, tools: tuple[OfferedTool, ...]) -> None:
    assert read(BOTH[form], form, tools) == ([PARIS, OSLO], [])


@pytest.mark.parametrize("form", PROSE)
def test_prose_is_no_call_and_no_error(form: str, tools: tuple[OfferedTool, ...]) -> None:
    taken = read_reply(Said(text=PROSE[form], finish="stop"), form, tools)
    assert (taken.calls, taken.errors, taken.abstains) == ((), (), True)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        pytest.param("json", f"<|python_tag|>{PARIS_JSON}; {OSLO_JSON}<|eom_id|>", id="llama, two values"),
        pytest.param("json", f"```json\n[{PARIS_JSON}, {OSLO_JSON}]\n```", id="fence"),
        pytest.param("json", f"{PARIS_JSON}\n{OSLO_JSON}".replace("arguments", "parameters"), id="parameters"),
        pytest.param("pythonic", "```tool_code\n" + BOTH["pythonic"] + "\n```", id="gemma"),
        pytest.param("pythonic", "<|python_start|>" + BOTH["pythonic"] + "<|python_end|>", id="llama 4"),
        pytest.param(
            "mistral",
            '[TOOL_CALLS]weather_forecast[ARGS]{"city": "Paris"}'
            '[TOOL_CALLS]weather_forecast{"city": "Oslo", "days": 2}',
            id="mistral, later",
        ),
        pytest.param("hermes", f"<tool_call>{PARIS_JSON}<tool_call>{OSLO_JSON}", id="tags that are not closed"),
    ],
)
def test_the_variants_of_a_format_are_read(form: str, text: str, tools: tuple[OfferedTool, ...]) -> None:
    assert read(text, form, tools) == ([PARIS, OSLO], [])


def tagged(text: str) -> str:
    """A call of Hermes."""
    return f"<tool_call>\n{text}\n</tool_call>"


@pytest.mark.parametrize(
    ("text", "calls", "errors"),
    [
        pytest.param(tagged('{"name": "weather_forecast", "arguments": {"city": "Par'), 0, ["not_json"], id="half"),
        pytest.param(tagged("{'name': 'weather_forecast'}"), 0, ["not_json"], id="quotes of Python"),
        pytest.param(tagged('{"name": "weather_forecast", "arguments": {"days": NaN}}'), 0, ["not_json"], id="NaN"),
        pytest.param(tagged('{"name": "a", "arguments": {"x": 1e999}}'), 0, ["not_json"], id="infinity"),
        pytest.param(tagged(r'{"name": "a", "arguments": {"x": "\ud800"}}'), 0, ["not_json"], id="half a pair"),
        pytest.param(tagged("[" * 100_000), 0, ["not_json"], id="very deep"),
        pytest.param(tagged('{"arguments": {"city": "Paris"}}'), 0, ["no_name"], id="no name"),
        pytest.param(tagged('"weather_forecast"'), 0, ["no_name"], id="no object"),
        pytest.param(
            tagged('{"name": "weather_forecast", "arguments": ["Paris"]}'), 0, ["arguments_not_object"], id="list"
        ),
        pytest.param(
            tagged('{"name": "weather_forecast", "arguments": "{\\"city\\": \\"Paris\\"}"}'),
            0,
            ["arguments_not_object"],
            id="JSON within a text",
        ),
        pytest.param(tagged('{"name": "weather", "arguments": {}}'), 1, ["unknown_tool"], id="unknown tool"),
        pytest.param(
            tagged('{"name": "weather_forecast", "arguments": {"city": "Paris", "days": "3"}}'),
            1,
            ["arguments_do_not_fit"],
            id="a text for a number",
        ),
        pytest.param(tagged('{"name": "weather_forecast"}'), 1, ["arguments_do_not_fit"], id="a required one missing"),
        pytest.param("Sure.\n" + tagged(PARIS_JSON), 1, ["text_beside"], id="text beside"),
        pytest.param(PARIS_JSON, 0, ["unmarked"], id="without tags"),
        pytest.param(f"```json\n{PARIS_JSON}\n```", 0, ["unmarked"], id="a fence instead of tags"),
        pytest.param(tagged(PARIS_JSON) + tagged("{}") + tagged("{"), 1, ["no_name", "not_json"], id="one each"),
    ],
)
def test_what_is_wrong_with_a_call_is_counted_by_kind(
    text: str, calls: int, errors: list[str], tools: tuple[OfferedTool, ...]
) -> None:
    found, wrong = read(text, "hermes", tools)
    assert (len(found), wrong) == (calls, errors)


def test_a_broken_call_is_no_abstention_and_a_cut_off_refusal_is(tools: tuple[OfferedTool, ...]) -> None:
    assert not read_reply(Said(text=tagged("{"), finish="stop"), "hermes", tools).abstains
    assert not read_reply(Said(text=PARIS_JSON, finish="stop"), "hermes", tools).abstains
    cut = read_reply(Said(text="I am afraid that", finish="length"), "hermes", tools)
    assert (cut.abstains, cut.errors) == (True, ("cut_off",))


def test_a_constrained_answer_that_is_cut_off_calls_nothing(tools: tuple[OfferedTool, ...]) -> None:
    answer, calls = '{"answer": "I am afraid', '{"calls": [{"name": "weather_fore'
    assert read(answer, "constrained", tools, "length") == ([], ["cut_off"])
    assert read(calls, "constrained", tools, "length") == ([], ["cut_off", "not_json"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[weather_forecast('Paris')]", id="arguments without names"),
        pytest.param("[weather_forecast(city=Paris)]", id="a name for a value"),
        pytest.param("[weather_forecast(city='Paris']", id="no Python"),
    ],
)
def test_python_that_is_no_call_with_named_values_is_an_error(text: str, tools: tuple[OfferedTool, ...]) -> None:
    calls, errors = read(text, "pythonic", tools)
    assert calls == []
    assert errors in (["not_json"], ["arguments_not_object"])


def test_pythonic_values_are_those_of_json(tools: tuple[OfferedTool, ...]) -> None:
    calls, _ = read("[a.b(x=true, y=None, z=(1, -2.5), w={'k': [null]})]", "pythonic", tools)
    assert calls == [ToolCall(tool="a.b", arguments={"x": True, "y": None, "z": [1, -2.5], "w": {"k": [None]}})]


def test_names_with_hyphens_and_dots_are_read(tools: tuple[OfferedTool, ...]) -> None:
    for name in ("get-weather", "math.factorial"):
        assert [call.tool for call in read(tagged(f'{{"name": "{name}", "arguments": {{}}}}'), "hermes", tools)[0]] == [
            name
        ]
