"""A very small model, really trained."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.teacher.digest import check_folder, digest_weights
from toolgrad_local.teacher.hardware import gpu_names
from toolgrad_local.training.loss_log import LossLog
from toolgrad_local.training.record import read_record

Command = Callable[..., Any]
Write = Callable[..., Path]
LORA = {"rank": 2, "alpha": 4, "dropout": 0.1}


@pytest.fixture
def train(command: Command, small_model: Path, dataset: Path, recipe_file: Write, tmp_path: Path) -> Callable[..., Any]:
    """Trains the small model into a folder: `train("out", "--steps", 3, lora=None)`."""

    def run(name: str, *options: object, model: Path = small_model, data: Path = dataset, **changes: Any) -> Any:
        recipe = recipe_file(**changes)
        return command(
            "train", "--model", model, "--data", data, "--recipe", recipe, "--out", tmp_path / name, *options
        )

    return run


@pytest.mark.parametrize("lora", [pytest.param(None, id="every weight"), pytest.param(LORA, id="LoRA")])
def test_a_trained_model_is_a_plain_folder_that_says_how_it_was_trained(
    lora: dict[str, Any] | None, train: Callable[..., Any], small_model: Path, dataset: Path, tmp_path: Path
) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    outcome = train("out", "--steps", 3, lora=lora)
    assert outcome.code == 0, outcome.err
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} >= {"config.json", "model.safetensors", "tokenizer.json", "loss.svg"}
    assert (out / "model.safetensors").stat().st_mode == (out / "config.json").stat().st_mode
    assert not {path.name for path in out.iterdir()} & {
        "checkpoints",
        "partial",
        "adapter_model.safetensors",
        "README.md",
    }
    assert check_folder(out) == []
    record = read_record(out)
    assert record is not None
    assert (record.base.digest, record.steps) == (digest_weights(small_model), 3)
    rows = [json.loads(line)["id"] for line in (dataset / "data" / "train.jsonl").read_text().splitlines()]
    assert (record.data.rows, record.data.left_out) == (len(rows), {})
    assert record.data.groups == tuple(sorted({row.partition("-")[0] for row in rows}))
    lines = LossLog(out / "log.jsonl").lines()
    assert [line["step"] for line in lines if "loss" in line] == [1, 2, 3]
    assert [line["step"] for line in lines if "test_loss" in line] == [0, 1, 2, 3]
    assert record.losses.train_last < record.losses.train_first
    assert record.tokens > 0
    tokenizer: Any = AutoTokenizer.from_pretrained(out)
    assert tokenizer.eos_token == "<|im_end|>"
    assert "<tool_call>" in tokenizer.chat_template
    trained = AutoModelForCausalLM.from_pretrained(out)
    assert trained.config.eos_token_id == tokenizer.eos_token_id
    before = dict(AutoModelForCausalLM.from_pretrained(small_model).named_parameters())
    assert any(not before[name].equal(weight) for name, weight in trained.named_parameters())
    again = train("out", "--steps", 3, lora=lora)
    assert (again.code, again.out) == (0, outcome.out)


def test_a_picture_encoder_is_left_as_it_was(train: Callable[..., Any], tokenizer: Any, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, Gemma3Config, Gemma3ForConditionalGeneration

    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    torch.manual_seed(0)
    config = Gemma3Config(
        text_config={**sizes, "vocab_size": len(tokenizer), "num_key_value_heads": 1, "head_dim": 8,
                     "max_position_embeddings": 8192, "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1},
        vision_config={**sizes, "image_size": 28, "patch_size": 14},
        mm_tokens_per_image=1, image_token_index=5, boi_token_index=6, eoi_token_index=7,
    )  # fmt: skip
    Gemma3ForConditionalGeneration(config).save_pretrained(tmp_path / "base")
    tokenizer.save_pretrained(tmp_path / "base")
    outcome = train("out", "--steps", 1, model=tmp_path / "base", lora=LORA, chat_template="gemma")
    assert outcome.code == 0, outcome.err
    before, after = (
        dict(AutoModelForCausalLM.from_pretrained(tmp_path / n).named_parameters()) for n in ("base", "out")
    )
    changed = {name for name, weight in after.items() if not before[name].equal(weight)}
    assert before.keys() == after.keys()
    assert changed
    assert all(".language_model.layers." in name for name in changed)


def test_the_step_with_the_least_test_loss_is_known(tmp_path: Path) -> None:
    log = LossLog(tmp_path / "log.jsonl")
    assert log.least("test_loss") is None
    for step, loss in ((0, 2.2), (5, 1.6), (10, 1.6), (15, 1.9)):
        log.add(step, step / 5, {"eval_loss": loss})
    assert log.least("test_loss") == (1.6, 5)


def test_the_same_seed_gives_the_same_losses_and_weights(train: Callable[..., Any], tmp_path: Path) -> None:
    for name, seed in (("one", 0), ("two", 0), ("other", 1)):
        assert train(name, "--steps", 2, "--seed", seed, lora=LORA).code == 0
    logs = [(tmp_path / name / "log.jsonl").read_bytes() for name in ("one", "two", "other")]
    assert logs[0] == logs[1] != logs[2]
    assert digest_weights(tmp_path / "one") == digest_weights(tmp_path / "two") != digest_weights(tmp_path / "other")


def test_another_training_is_not_continued(train: Callable[..., Any], tmp_path: Path) -> None:
    assert train("out", "--steps", 1).code == 0
    refused = train("out", "--steps", 1, learning_rate=0.5)
    assert refused.code == 1
    assert refused.err == (
        f"error: {tmp_path / 'out'} holds a training with other values of recipe.learning_rate (0.01, now 0.5); "
        "give another --out\n"
    )
    other = train("out", "--steps", 1, model=tmp_path / "out")
    assert (other.code, "base.digest (" in other.err, other.err.count("\n")) == (1, True, 1)


def test_rows_that_do_not_fit_are_counted(train: Callable[..., Any], tmp_path: Path) -> None:
    assert train("whole", "--steps", 1).code == 0
    whole, lengths = read_record(tmp_path / "whole"), []
    assert whole is not None
    assert train("short", "--steps", 1, context=1500).code == 0
    short = read_record(tmp_path / "short")
    assert short is not None
    lengths = [short.data.rows, short.data.left_out["longer_than_context"]]
    assert min(lengths) > 0
    assert sum(lengths) == whole.data.rows
    none = train("none", context=256)
    assert none.code == 2
    assert none.err == f"error: no row can be trained on: {whole.data.rows} longer than context of {whole.data.rows}\n"


def break_config(folder: Path, **values: Any) -> None:
    """Give the model's config other values."""
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | values))


@pytest.mark.parametrize(
    ("spoil", "changes", "said"),
    [
        pytest.param(lambda f: None, {"chat_template": None}, "small has no chat template; name one", id="no template"),
        pytest.param(
            lambda f: None, {"chat_template": "herms"}, "there is no chat template 'herms'; known", id="unknown"
        ),
        pytest.param(
            lambda f: break_config(f, model_type="mine", auto_map={"AutoModelForCausalLM": "mine.Model"}),
            {},
            "code that lies in a model's folder is not run",
            id="own code",
        ),
        pytest.param(
            lambda f: (f / "model.safetensors").rename(f / "pytorch_model.bin"),
            {},
            "has no .safetensors file",
            id="pickle",
        ),
    ],
)
def test_what_cannot_be_trained_is_one_line(
    spoil: Callable[[Path], object], changes: dict[str, Any], said: str, train: Callable[..., Any], small_model: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    copy = tmp_path / "small"
    shutil.copytree(small_model, copy)
    spoil(copy)
    outcome = train("out", model=copy, **changes)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith("error: ")
    assert said in outcome.err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a driver."""
    monkeypatch.setenv("PATH", "")
    gpu_names.cache_clear()
    yield
    gpu_names.cache_clear()


def test_a_recipe_for_a_gpu_is_refused_before_anything_is_read(no_gpu: None, command: Command, tmp_path: Path) -> None:
    outcome = command("train", "--model", "gemma-3-12b", "--data", tmp_path / "none", "--out", tmp_path / "out")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "error: the recipe gemma-3-12b needs a GPU with 80 GB, and this machine has no GPU; "
        "without one there is smollm2-135m\n"
    )


def test_a_folder_with_something_else_in_it_is_left_alone(train: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    outcome = train("out")
    assert (outcome.code, outcome.out) == (2, "")
    assert "out is not empty and holds no training; name a new folder" in outcome.err
