"""Rows of really executed calls as questions, answers as models write them, and an exported data set."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.call import ToolCall
from toolgrad_local.data_model.example import ExampleCall, OfferedTool, Turn
from toolgrad_local.data_model.exchange import Sampling
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.evaluation.answer import Answer, Said
from toolgrad_local.evaluation.evaluate import ANSWERS
from toolgrad_local.evaluation.lines import LineFile
from toolgrad_local.evaluation.question import Question, make_question, world_seed
from toolgrad_local.evaluation.settings import Settings, keep_settings
from toolgrad_local.export.collect import Made
from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.json_text import plain_json
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.export.record import DatasetRecord, RunFacts
from toolgrad_local.export.row import Row
from toolgrad_local.export.statistics import measure
from toolgrad_local.generation.funnel import count_funnel
from toolgrad_local.negatives.offered import offer_tool

RUN_SEED = 7
OFFERED = ("weather_forecast", "tasks_create", "tasks_list", "cities_get", "loans_monthly_payment", "flights_search")
Call = tuple[str, dict[str, Any]]


@pytest.fixture(scope="session")
def make_row(catalog: Catalog) -> Callable[..., Row]:
    """Makes a row; each turn is a list of calls, executed in the row's world."""

    def make(row_id: str, *turns: Sequence[Call], query: str = "Please do it.", answer: str | None = "Done.") -> Row:
        seed = world_seed(row_id, RUN_SEED)
        session = Session.fresh(catalog, seed or 0)
        today, made, count = session.world.today.isoformat(), [], 0
        for turn in turns:
            calls = []
            for tool, arguments in turn:
                count += 1
                result = session.call(ToolCall(tool=tool, arguments=arguments))
                assert result.ok, result.message
                value = None if answer is None else result.value
                calls.append(ExampleCall(id=f"call_{count}", tool=tool, arguments=arguments, result=value))
            made.append(Turn(thought=None, calls=tuple(calls)))
        tools = tuple(offer_tool(catalog.tool(name)) for name in OFFERED)
        return Row(id=row_id, query=query, today=today, tools=tools, turns=tuple(made), thought=None, answer=answer)

    return make


@pytest.fixture(scope="session")
def ask_row(catalog: Catalog, make_row: Callable[..., Row]) -> Callable[..., Question]:
    """Makes the question of such a row."""

    def make(row_id: str, *turns: Sequence[Call], hold_out: Sequence[str] = (), **parts: Any) -> Question:
        return make_question(0, make_row(row_id, *turns, **parts), catalog, RUN_SEED, hold_out)

    return make


@pytest.fixture(scope="session")
def say_calls() -> Callable[..., Said]:
    """A reply that makes the calls in the format of Hermes."""

    def say(*calls: Call, beside: str = "") -> Said:
        tags = [f"<tool_call>\n{json.dumps({'name': t, 'arguments': a})}\n</tool_call>" for t, a in calls]
        return Said(text="\n".join([beside, *tags] if beside else tags), finish="stop")

    return say


@pytest.fixture(scope="session")
def answer_with() -> Callable[..., Answer]:
    """An answer of replies, given as such or as texts."""

    def make(row: str, *replies: Said | str) -> Answer:
        said = [Said(text=r, finish="stop") if isinstance(r, str) else r for r in replies]
        return Answer(id=row, replies=tuple(said))

    return make


@pytest.fixture(scope="session")
def tools(catalog: Catalog) -> tuple[OfferedTool, ...]:
    """What rows offer."""
    return tuple(offer_tool(catalog.tool(name)) for name in OFFERED)


@pytest.fixture
def write_data(catalog: Catalog, tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as an exported data set: `write_data(train=[...], test=[...])`."""

    def write(name: str = "data", *, run: str = "run-a", form: str = "trl", **rows: Sequence[Row]) -> Path:
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        for split, part in rows.items():
            lines = [plain_json(FORMATS[form].write(row)) + "\n" for row in part]
            (folder / "data" / f"{split}.jsonl").write_text("".join(lines), encoding="utf-8")
        splits: Any = {split: tuple(part) for split, part in rows.items()}
        facts = RunFacts(
            config=RunConfig(samples=1, seed=RUN_SEED, teacher="scripted", styles=None),
            description="",
            weights=None,
            catalog=catalog.digest,
            own_catalog=False,
            prompts="",
            outputs={"workflows.jsonl": run},
            versions={},
            languages=("English",),
            funnel=count_funnel(()),
        )
        record = DatasetRecord(
            parquet_by="nothing",
            options=ExportOptions(format=form),
            run=facts,
            made=Made(left_out={}, examples=None, similarity=None),
            statistics=measure(splits, catalog),
            licences=(),
            files={},
        )
        (folder / "dataset.json").write_text(record.model_dump_json(), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def write_evaluation(tmp_path: Path) -> Callable[..., Path]:
    """Writes answers as an evaluation that waits to be scored."""

    def write(data: Path, answers: Sequence[Answer], name: str = "evaluation", **changes: Any) -> Path:
        out = tmp_path / name
        settings = Settings(
            model=name,
            weights="0" * 64,
            calls="hermes",
            template="0" * 64,
            parallel=True,
            data=hashlib.sha256((data / "dataset.json").read_bytes()).hexdigest(),
            split="test",
            limit=None,
            turns=None,
            sampling=Sampling(temperature=0.0, max_tokens=512),
        )
        keep_settings(out, settings.model_copy(update=changes))
        with LineFile(out / ANSWERS, Answer).open() as lines:
            for answer in answers:
                lines.add(answer)
        return out

    return write
