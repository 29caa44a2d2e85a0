"""The libraries that people load and train with, on files that are really written."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from toolgrad_local.data_model.example import Example
from toolgrad_local.export.format import Format
from toolgrad_local.export.formats.table import FORMATS
from toolgrad_local.export.row import Row, keep, row_of, single_turn_of
from toolgrad_local.export.storage import write_split

Maker = Callable[..., Example]
FORMS = [pytest.param(form, id=name) for name, form in FORMATS.items()]
FAMILIES = ("qwen3", "llama3_1", "glm4moe", "gptoss", "nemotron_3_nano", "lfm2_v2")
WORD = r"[\w.-]+|\S"


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No hub, and caches of its own."""
    import datasets
    import huggingface_hub.constants

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()


@pytest.fixture(scope="module")
def rows(make_example: Maker) -> list[Row]:
    """Three rows with calls, one of them with 0.3 among its arguments, and one without."""
    offered = ("appliances_running_cost", "cities_get", "fluids_tank_outflow")
    thoughts = ("Two at once.", "Then the cost.", "That is all.")
    calls = (["cards_poker_hand", "algebra_from_roots"], ["appliances_running_cost"])
    return [
        row_of(make_example("w000001", *calls, offered=offered, thoughts=thoughts)),
        row_of(make_example("w000002", ["algebra_substitute"], offered=offered, thoughts=("One.", "Done."))),
        row_of(make_example("w000002-irrelevance", offered=offered)),
        row_of(make_example("w000003", ["fluids_tank_outflow"], offered=("cities_get",), thoughts=("One.", "Done."))),
    ]


def shape(form: Format, rows: list[Row]) -> list[dict[str, Any]]:
    """The rows that fit, as the format writes them."""
    fitting = [row for row in rows if row.turns or form.has_negatives]
    return [form.write(single_turn_of(row) if form.scope == "single_turn" else row) for row in fitting]


@pytest.mark.parametrize("form", FORMS)
def test_datasets_loads_parquet_as_it_was_written(form: Format, rows: list[Row], tmp_path: Path) -> None:
    import datasets

    written = shape(form, rows)
    write_split(tmp_path, "train", written, form.columns)
    loaded = datasets.load_dataset("parquet", data_files=str(tmp_path / "train-*.parquet"), split="train")
    assert list(loaded) == written


@pytest.mark.parametrize("form", FORMS)
def test_datasets_loads_jsonl_without_filling_in_none(form: Format, rows: list[Row], tmp_path: Path) -> None:
    import datasets

    written = shape(form, rows)
    write_split(tmp_path, "train", written, form.columns)
    loaded = list(datasets.load_dataset("json", data_files=str(tmp_path / "train.jsonl"), split="train"))
    assert round_all(loaded) == round_all(written)
    assert form.name not in ("openai", "sharegpt", "hermes", "react", "xlam") or loaded == written


def round_all(value: Any) -> Any:
    """The value with floats of nine digits: the library's JSONL reader changes the sixteenth of some."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: round_all(item) for key, item in value.items()}
    return [round_all(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    """A real tokenizer of a handful of words; templates are given to it."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    tiny = Tokenizer(models.WordLevel({"<unk>": 0, "<eos>": 1, "<pad>": 2, "a": 3}, unk_token="<unk>"))
    tiny.pre_tokenizer = pre_tokenizers.Split(Regex(WORD), "isolated")
    return PreTrainedTokenizerFast(
        tokenizer_object=tiny, eos_token="<eos>", pad_token="<pad>", bos_token="<eos>", unk_token="<unk>"
    )


def template_of(family: str) -> str:
    """The chat template that TRL ships."""
    import trl

    return (Path(trl.__path__[0]) / "chat_templates" / f"{family}.jinja").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_chat_templates_say_every_call_result_and_tool(
    family: str, rows: list[Row], tokenizer: Any, tmp_path: Path
) -> None:
    import datasets

    form = FORMATS["trl"]
    kept = [row for row in rows if family != "llama3_1" or all(len(turn.calls) == 1 for turn in row.turns)]
    write_split(tmp_path, "train", shape(form, kept), form.columns)
    loaded = datasets.load_dataset("parquet", data_files=str(tmp_path / "train-*.parquet"), split="train")
    for row, found in zip(kept, loaded, strict=True):
        text = tokenizer.apply_chat_template(
            found["messages"], tools=found["tools"], tokenize=False, chat_template=template_of(family)
        )
        said = without_calls_beside(row) if family == "gptoss" else row
        assert missing_from(text, said) == []
        assert "0.30000000000000004" not in text


def without_calls_beside(row: Row) -> Row:
    """What a template says that drops all but the first of several calls side by side; `train` refuses such rows."""
    turns = tuple(turn.model_copy(update={"calls": turn.calls[:1]}) for turn in row.turns)
    return row.model_copy(update={"turns": turns})


def missing_from(text: str, row: Row) -> list[str]:
    """What the row says and the text does not, however the text escapes and spaces it."""
    plain = squeeze(text)
    wanted = [row.query, row.answer or "", "Today is"]
    wanted += [tool.name for tool in row.tools or ()] + [tool.description for tool in row.tools or ()]
    for call in (call for turn in row.turns for call in turn.calls):
        wanted.append(call.tool)
        wanted += [*scalars(call.arguments), *scalars(call.result)]
    return [item for item in wanted if squeeze(item) not in plain]


def squeeze(text: str) -> str:
    """Without spaces, quotes and escapes."""
    unescaped = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"[\s\"'\\]", "", unescaped.replace("\\n", ""))


def scalars(value: Any) -> list[str]:
    """Every scalar of a JSON value, as JSON writes it."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in scalars(item)]
    if isinstance(value, list):
        return [text for item in value for text in scalars(item)]
    return [value if isinstance(value, str) else json.dumps(value)]


def test_trl_takes_the_rows_for_conversations(rows: list[Row], tokenizer: Any) -> None:
    from trl.data_utils import apply_chat_template, is_conversational

    written = shape(FORMATS["trl"], rows)
    for row in written:
        assert is_conversational(row)
    tokenizer.chat_template = template_of("qwen3")
    found = apply_chat_template(written[0], tokenizer, tools=written[0]["tools"])
    assert missing_from(found["text"], rows[0]) == []


def test_trl_trains_on_the_rows(rows: list[Row], tokenizer: Any, tmp_path: Path) -> None:
    import datasets
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM
    from trl import SFTConfig, SFTTrainer

    form = FORMATS["trl"]
    write_split(tmp_path, "train", shape(form, rows), form.columns)
    loaded = datasets.load_dataset("parquet", data_files=str(tmp_path / "train-*.parquet"), split="train")
    tokenizer.chat_template = template_of("qwen3_training")
    torch.manual_seed(0)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=8, hidden_size=8, intermediate_size=8, num_hidden_layers=1, num_attention_heads=1,
            max_position_embeddings=8192, pad_token_id=2, bos_token_id=1, eos_token_id=1,
        )
    )  # fmt: skip
    settings = SFTConfig(
        output_dir=str(tmp_path / "out"), max_steps=1, per_device_train_batch_size=2, max_length=8192, use_cpu=True,
        assistant_only_loss=True, report_to=[], save_strategy="no", bf16=False, gradient_checkpointing=False,
        disable_tqdm=True, dataloader_pin_memory=False,
    )  # fmt: skip
    trainer = SFTTrainer(model, args=settings, train_dataset=loaded, processing_class=tokenizer)
    tokenized: list[Mapping[str, Any]] = list(trainer.train_dataset)
    assert len(tokenized) == len(rows)
    assert all(len(row["input_ids"]) > 100 for row in tokenized)
    assert all(set(row) >= {"input_ids", "labels"} and {-100} < set(row["labels"]) for row in tokenized), tokenized[0]
    trainer.train()


def test_keep_leaves_nothing_that_is_not_held(rows: list[Row]) -> None:
    bare = keep(rows[0], frozenset())
    assert (bare.today, bare.tools, bare.thought, bare.answer) == (None, None, None, None)
    assert {call.result for turn in bare.turns for call in turn.calls} == {None}


class Action(BaseModel):
    """What the paper's code reads of an action (langchain's ToolAgentAction)."""

    tool: str
    tool_input: str | dict[str, Any]
    log: str
    type: Literal["AgentActionMessageLog"]
    message_log: list[Any]
    tool_call_id: str


class Chain(BaseModel):
    """A chain of the paper's code."""

    chain_id: str
    intermediate_steps: list[tuple[Action, dict[str, Any] | str]]


class RawWorkflow(BaseModel):
    """The file of a sample of the paper's code."""

    query: str
    api_use_chains: dict[str, Chain]
    response: str


def test_raw_workflows_have_the_fields_that_the_papers_code_reads(rows: list[Row]) -> None:
    form = FORMATS["toolgrad"]
    written = shape(form, rows)
    assert form.more_files is not None
    files = form.more_files("train", written)
    assert len(files) == len(written) == 3
    for text, row in zip(files.values(), [row for row in rows if row.turns], strict=True):
        workflow = RawWorkflow.model_validate_json(text)
        chains = [[step.tool for step, _ in chain.intermediate_steps] for chain in workflow.api_use_chains.values()]
        assert chains == [[call.tool for call in turn.calls] for turn in row.turns]
        given = [given for chain in workflow.api_use_chains.values() for _, given in chain.intermediate_steps]
        results = [call.result for turn in row.turns for call in turn.calls]
        assert [json.loads(g["response"]) for g in given if isinstance(g, dict)] == results


def test_speakers_take_turns_as_llama_factory_wants(rows: list[Row]) -> None:
    for row in shape(FORMATS["sharegpt"], rows):
        speakers = [part["from"] for part in row["conversations"]]
        assert set(speakers[::2]) <= {"human", "observation"}
        assert set(speakers[1::2]) <= {"gpt", "function_call"}
        for part in row["conversations"]:
            if part["from"] == "function_call":
                calls = json.loads(part["value"])
                assert all(
                    {"name", "arguments"} == set(call) for call in (calls if isinstance(calls, list) else [calls])
                )
