"""The phases with the scripted teacher: what is grown, recorded, sent again and turned round."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.bench.cache import ShadowTeacher, put_particular_first
from toolgrad_local.bench.free import FreeClient
from toolgrad_local.bench.grammars import KEPT_GRAMMARS, count_compilations, pick_evenly
from toolgrad_local.bench.ideal import order_for_cache
from toolgrad_local.bench.phase import WARM_UP_REQUESTS, grow_samples, refuse_restart, send_all, warm_up
from toolgrad_local.bench.recording import RecordingTeacher, collect_requests, distinct_schemas
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.exchange import Message, Request, RequestKey, Sampling
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.errors import TeacherError
from toolgrad_local.journal.store import Journal
from toolgrad_local.teacher.priming import LONG_TEXT
from toolgrad_local.teacher.scripted import ScriptedTeacher

CONFIG = RunConfig(samples=2, seed=7, teacher="scripted", styles=None, loop=LoopSettings(iterations=2))


def make_request(system: str, user: str, number: int = 0, schema: dict[str, Any] | None = None) -> Request:
    """A request of one place of a run."""
    return Request(
        key=RequestKey(sample=number, step=0, stage="execute"),
        messages=(Message(role="system", content=system), Message(role="user", content=user)),
        json_schema=schema or {},
        sampling=Sampling(max_tokens=9),
        seed=number,
    )


async def test_a_run_is_grown_recorded_and_sent_again_request_by_request(catalog: Catalog, tmp_path: Path) -> None:
    recorder = RecordingTeacher(ScriptedTeacher())
    grown = await grow_samples(recorder, CONFIG, None, catalog, tmp_path, 2)
    again = RecordingTeacher(ScriptedTeacher())
    sent = await send_all(again, order_for_cache(recorder.requests), 3)
    assert grown.summary is not None
    assert grown.requests == sent.requests == len(recorder.requests) > 10
    assert (grown.prompt_tokens, grown.generated_tokens) == (sent.prompt_tokens, sent.generated_tokens)
    assert again.requests == recorder.requests
    assert grown.seconds > 0 < sent.seconds


async def test_the_shadow_asks_in_the_other_order_and_grows_the_same_samples(catalog: Catalog, tmp_path: Path) -> None:
    recorder, asked = RecordingTeacher(ScriptedTeacher()), RecordingTeacher(ScriptedTeacher())
    await grow_samples(recorder, CONFIG, None, catalog, tmp_path / "first", 2)
    shadow = ShadowTeacher(asked, {request.key: reply for request, reply in recorder.exchanges})
    await grow_samples(shadow, CONFIG, None, catalog, tmp_path / "second", 2)
    assert asked.requests == [put_particular_first(request) for request in recorder.requests]
    queries = []
    for name in ("first", "second"):
        journal = Journal(tmp_path / name / "journal.sqlite", read_only=True)
        queries.append([text.partition('"workflow"')[0] for text in journal.trajectories()])
        journal.close()
    assert queries[0] == queries[1]


def test_the_requests_of_a_run_are_grown_from_its_journal(catalog: Catalog, scripted_run: Callable[..., Path]) -> None:
    run = scripted_run()
    journal = Journal(run / "journal.sqlite", read_only=True)
    replies = sum(1 for _ in journal.replies())
    journal.close()
    requests = collect_requests(run, catalog)
    assert len(requests) == replies
    assert 3 < len(distinct_schemas(requests)) <= replies
    assert [request.key.sample for request in requests] == sorted(request.key.sample for request in requests)


def test_a_long_text_is_read_by_one_request_before_those_that_share_it() -> None:
    long, other = "p" * LONG_TEXT, "q" * LONG_TEXT
    requests = [
        make_request(long, "b", 0),
        make_request("short", "facts 2", 1),
        make_request(long, "a", 2),
        make_request(other, "c", 3),
        make_request("short", "facts 1", 4),
    ]
    assert [request.seed for request in order_for_cache(requests)] == [0, 3, 4, 1, 2]


def test_the_texts_change_places_and_the_roles_do_not() -> None:
    turned = put_particular_first(make_request("shared", "particular"))
    assert [(message.role, message.content) for message in turned.messages] == [
        ("system", "particular"),
        ("user", "shared"),
    ]


def test_an_engine_that_keeps_the_last_grammars_compiles_those_again_that_come_back_late() -> None:
    schemas = [{"const": number} for number in range(KEPT_GRAMMARS + 1)]
    once = [make_request("", "", schema=schema) for schema in schemas]
    assert count_compilations(once[:KEPT_GRAMMARS] * 2) == KEPT_GRAMMARS
    assert count_compilations(once * 2) == 2 * len(once)


def test_requests_are_picked_from_the_whole_run() -> None:
    requests = [make_request("", "", number) for number in range(10)]
    assert [request.seed for request in pick_evenly(requests, 4)] == [0, 2, 5, 7]
    assert pick_evenly(requests, 64) == requests


@pytest.mark.parametrize("template", [{}, {"enable_thinking": False}])
def test_a_free_request_differs_by_the_constraint_alone(template: dict[str, Any]) -> None:
    client = FreeClient("http://127.0.0.1:1/v1", "none", chat_template=template)
    body = client.extra_body(make_request("", "", schema={"type": "object"}))
    assert body == {"ignore_eos": True, "min_tokens": 9, **({"chat_template_kwargs": template} if template else {})}


async def test_warming_up_sends_short_requests_of_different_seeds() -> None:
    recorder = RecordingTeacher(ScriptedTeacher())
    await warm_up(recorder)
    assert len({request.seed for request in recorder.requests}) == WARM_UP_REQUESTS
    assert max(len(request.messages[0].content) for request in recorder.requests) < 100


def test_a_measurement_during_which_the_engine_died_is_none() -> None:
    refuse_restart("starting the teacher, 3 s: no output yet")
    with pytest.raises(TeacherError, match="measure again"):
        refuse_restart("the teacher's server died; restart 1 of 3")
