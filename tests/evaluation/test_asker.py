"""Conversations with a model that says what a test wants: what it is shown, and when it is asked no more."""

from collections.abc import Callable
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.chat import ChatRequest
from toolgrad_local.data_model.exchange import Sampling
from toolgrad_local.errors import RequestRefused
from toolgrad_local.evaluation.asker import Asker
from toolgrad_local.evaluation.question import Question

PARIS = ("weather_forecast", {"city": "Paris"})
STAMPS: tuple[str, dict[str, Any]] = ("tasks_create", {"title": "Buy stamps"})
NOWHERE = ("weather_forecast", {"city": "Nowhereville"})
SAMPLING = Sampling(temperature=0.0, max_tokens=100)


@pytest.fixture
def errand(ask_row: Callable[..., Question]) -> Question:
    """A reading call, then a writing one."""
    return ask_row("w000004", [PARIS], [STAMPS])


class Refusing:
    """Refuses every request."""

    name = "refusing"

    def __init__(self, why: str) -> None:
        self.why = why

    async def ask(self, request: Any) -> Any:
        """Raises RequestRefused."""
        raise RequestRefused(self.why)


async def test_results_are_given_back_until_the_model_answers(
    catalog: Catalog, errand: Question, told_teacher: Any, say_calls: Any
) -> None:
    replies = [say_calls(PARIS, beside="First the weather.").text, say_calls(NOWHERE).text, "It is sunny."]
    teacher = told_teacher(evaluate=[*replies])
    answer = await Asker(teacher, "hermes", True, SAMPLING).answer(errand, catalog, None)
    assert [reply.text for reply in answer.replies] == replies
    last = teacher.requests[-1]
    assert isinstance(last, ChatRequest)
    assert [message["role"] for message in last.chat] == ["system", "user", "assistant", "tool", "assistant", "tool"]
    assert last.chat[2]["content"] == "First the weather."
    assert last.chat[2]["tool_calls"][0]["function"]["name"] == "weather_forecast"
    assert '"city": "Paris"' in last.chat[3]["content"]
    assert '"error": "not_found"' in last.chat[5]["content"]
    assert last.chat[5]["tool_call_id"] == "call00002"
    assert [tool["function"]["name"] for tool in last.tools] == [tool.name for tool in errand.tools]
    assert last.json_schema == {}


async def test_a_model_that_never_answers_is_asked_a_few_times(
    catalog: Catalog, errand: Question, told_teacher: Any, say_calls: Any
) -> None:
    many = [say_calls(PARIS).text] * 9
    for turns, wanted in ((None, 4), (2, 2)):
        answer = await Asker(told_teacher(evaluate=many[:]), "hermes", True, SAMPLING).answer(errand, catalog, turns)
        assert len(answer.replies) == wanted


async def test_a_negative_and_a_single_turn_row_are_asked_once(
    catalog: Catalog, ask_row: Callable[..., Question], told_teacher: Any, say_calls: Any
) -> None:
    for question in (ask_row("w000004-irrelevance"), ask_row("w000004", [PARIS, STAMPS], answer=None)):
        answer = await Asker(told_teacher(evaluate=[say_calls(PARIS).text]), "hermes", True, SAMPLING).answer(
            question, catalog, None
        )
        assert len(answer.replies) == 1


async def test_a_template_with_one_call_a_turn_is_shown_one_after_the_other(
    catalog: Catalog, errand: Question, told_teacher: Any, say_calls: Any
) -> None:
    teacher = told_teacher(evaluate=[say_calls(PARIS, STAMPS).text, "Done."])
    await Asker(teacher, "hermes", False, SAMPLING).answer(errand, catalog, None)
    chat = teacher.requests[-1].chat
    assert [len(message.get("tool_calls", ())) for message in chat[2:]] == [1, 0, 1, 0]


async def test_a_constrained_model_is_told_the_tools_in_words(
    catalog: Catalog, errand: Question, told_teacher: Any
) -> None:
    calls = {"calls": [{"name": "weather_forecast", "arguments": {"city": "Paris"}}]}
    teacher = told_teacher(evaluate=[calls, {"answer": "Sunny."}])
    answer = await Asker(teacher, "constrained", False, SAMPLING).answer(errand, catalog, None)
    first, last = teacher.requests
    assert len(answer.replies) == 2
    assert first.tools == ()
    assert "tasks_create" in first.chat[0]["content"]
    assert first.chat[0]["content"].startswith("Today is")
    named = [branch["properties"]["name"]["enum"] for branch in calls_of(first.json_schema)]
    assert named == [[tool.name] for tool in errand.tools]
    assert last.chat[-1]["content"].startswith("Results: [{")


def calls_of(schema: dict[str, Any]) -> Any:
    """The branches of a constrained reply's calls."""
    return schema["anyOf"][0]["properties"]["calls"]["items"]["anyOf"]


async def test_a_prompt_that_is_too_long_is_told_from_other_refusals(catalog: Catalog, errand: Question) -> None:
    long = Asker(Refusing("maximum context length is 2048"), "hermes", True, SAMPLING)
    assert (await long.answer(errand, catalog, None)).replies[0].finish == "too_long"
    with pytest.raises(RequestRefused, match="template"):
        await Asker(Refusing("the template fails"), "hermes", True, SAMPLING).answer(errand, catalog, None)
