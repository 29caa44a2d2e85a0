"""What every stage of one step needs, and the one way in which a stage asks the teacher."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jsonschema_rs

from mock_apis.core import canonical_json
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.sampler import Pool
from toolgrad_local.data_model.exchange import STAGES, Message, Reply, Request, RequestKey, Sampling, Stage
from toolgrad_local.data_model.run_config import Baseline, LoopSettings
from toolgrad_local.data_model.stages import Ask
from toolgrad_local.data_model.style import StyleLists
from toolgrad_local.data_model.teacher import Teacher
from toolgrad_local.data_model.trajectory import Step
from toolgrad_local.errors import ReplyError
from toolgrad_local.journal.store import Journal
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.seeding import derive_seed


def ignore_step(step: Step) -> None:
    """For whoever does not want to know."""


@dataclass(frozen=True)
class Setting:
    """What is the same for all samples of a run."""

    seed: int
    catalog: Catalog
    pools: tuple[Pool, ...]
    prompts: Prompts
    teacher: Teacher
    journal: Journal
    loop: LoopSettings
    sampling: dict[Stage, Sampling]
    styles: StyleLists | None = None
    languages: tuple[str, ...] = ("English",)
    baseline: Baseline | None = None
    """None for ToolGrad."""
    on_step: Callable[[Step], None] = ignore_step
    """Told of every step that is done."""


@dataclass(frozen=True)
class StepContext:
    """One step of one sample; collects a trace of what was asked."""

    setting: Setting
    sample: int
    step: int
    """One more than the last step's for what comes after it."""
    asks: list[Ask] = field(default_factory=list)

    @property
    def world_seed(self) -> int:
        """Of the sample's world."""
        return derive_seed(self.setting.seed, "world", self.sample)

    def sorted_asks(self) -> tuple[Ask, ...]:
        """The traces in an order that does not depend on which reply came first."""
        return tuple(sorted(self.asks, key=lambda ask: (STAGES.index(ask.stage), ask.slot, ask.attempt)))


def accept_any(value: Any) -> None:
    """For stages to which any reply that fits its schema will do."""


async def ask(
    context: StepContext,
    stage: Stage,
    schema: dict[str, Any],
    messages: tuple[Message, ...],
    *,
    slot: int = 0,
    first_attempt: int = 0,
    judge: Callable[[Any], None] = accept_any,
) -> Any:
    """The teacher's reply as a JSON value that fits the schema and that `judge` does not raise ReplyError for.

    A reply that does not is asked for again with the next seed, `reply_attempts` times in all;
    then the last ReplyError is raised. `first_attempt` keeps the keys of one slot apart.
    """
    for attempt in range(first_attempt, first_attempt + context.setting.loop.reply_attempts):
        key = RequestKey(sample=context.sample, step=context.step, stage=stage, slot=slot, attempt=attempt)
        request = Request(
            key=key,
            messages=messages,
            json_schema=schema,
            sampling=context.setting.sampling[stage],
            seed=derive_seed(context.setting.seed, key.sample, key.step, stage, slot, attempt),
        )
        reply = await context.setting.teacher.ask(request)
        trace = partial(
            Ask,
            stage=stage,
            slot=slot,
            attempt=attempt,
            request_digest=request.digest[:16],
            prompt_tokens=reply.usage.prompt_tokens,
            completion_tokens=reply.usage.completion_tokens,
        )
        try:
            value = read_reply(reply, schema)
            judge(value)
        except ReplyError as error:
            context.asks.append(trace(failure=error.kind))
            failed = error
        else:
            context.asks.append(trace())
            return value
    raise failed


def read_reply(reply: Reply, schema: dict[str, Any]) -> Any:
    """The reply's JSON value. Raises ReplyError if it is cut off, no JSON, or does not fit the schema.

    Half a surrogate pair and a number beyond a float's range (`1e999`) are no JSON here: no journal can hold them.
    """
    if reply.finish_reason == "length":
        raise ReplyError("cut_off", "the reply was cut off by max_tokens")
    if reply.finish_reason != "stop":
        raise ReplyError("engine_error", f"the engine ended the reply with '{reply.finish_reason}'")
    try:
        value = json.loads(reply.text)
        canonical_json(value).encode()
    except ValueError as error:
        raise ReplyError("unparsable", f"the reply is no JSON: {error}") from error
    try:
        find_validator(schema).validate(value)
    except jsonschema_rs.ValidationError as error:
        raise ReplyError("schema_mismatch", error.message) from error
    return value


def find_validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """The schema's validator, made once: schemas are shared objects that nobody changes."""
    kept = _VALIDATORS.get(id(schema))
    if kept is None:
        if len(_VALIDATORS) == MOST_VALIDATORS:
            del _VALIDATORS[next(iter(_VALIDATORS))]
        kept = _VALIDATORS[id(schema)] = (schema, jsonschema_rs.Draft202012Validator(schema))
    return kept[1]


MOST_VALIDATORS = 2048
_VALIDATORS: dict[int, tuple[dict[str, Any], jsonschema_rs.Draft202012Validator]] = {}
"""By the identity of the schema, which is kept with it so that no other object takes its place."""
