"""A model of a few thousand weights with a real tokenizer, and a real data set."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.assets import asset_folder
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.export.export import export_dataset
from toolgrad_local.export.options import ExportOptions
from toolgrad_local.generation.finished import open_finished
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.negatives.similarity import open_similarity

RUN = Path(__file__).parents[2] / "examples" / "run"
SPECIAL = re.compile(r"<\|[a-z_]+\|>|<(?:start|end)_of_turn>|\[gMASK\]|<sop>")


def special_words() -> list[str]:
    """Every special token that a template of ours or of TRL's writes."""
    import trl

    folders = (asset_folder("models"), Path(trl.__path__[0]))
    files = [path for folder in folders for path in (folder / "chat_templates").glob("*.jinja")]
    return sorted({token for path in files for token in SPECIAL.findall(path.read_text(encoding="utf-8"))})


def make_tokenizer(texts: list[str]) -> Any:
    """A byte-level BPE, learnt from the texts, that knows the special tokens of every template."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1500,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<bos>", "<eos>", *special_words()],
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token="<bos>",
        eos_token="<eos>",
        pad_token="<eos>",
        clean_up_tokenization_spaces=False,
    )


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """Learnt from the example run."""
    return make_tokenizer((RUN / "workflows.jsonl").read_text(encoding="utf-8").split("\n")[:5])


@pytest.fixture(scope="session")
def small_model(tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder without a chat template of its own."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = tmp_path_factory.mktemp("models") / "small"
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=16, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=8192, bos_token_id=0, eos_token_id=1, pad_token_id=1, tie_word_embeddings=False,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def make_dataset(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Exports some workflows of the example run: `make_dataset(limit=4, seed=1)`."""

    def make(**options: Any) -> Path:
        out = tmp_path_factory.mktemp("data") / "set"
        chosen = ExportOptions.model_validate({"format": "trl", "split": 0.3, "limit": 4, "offered": 3, **options})
        run = open_finished(RunFolder(RUN), catalog)
        export_dataset(run, catalog, chosen, open_similarity("lexical"), out)
        return out

    return make


@pytest.fixture(scope="session")
def dataset(make_dataset: Callable[..., Path]) -> Path:
    """Four workflows."""
    return make_dataset()


@pytest.fixture
def recipe_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a recipe for the small model."""

    def write(**changes: Any) -> Path:
        import yaml

        path = tmp_path / "quick.yaml"
        content = {
            "description": "Quick.", "memory": "little", "gpu": False, "learning_rate": 0.01, "epochs": 2, "batch": 1,
            "accumulation": 1, "chat_template": "hermes",
        }  # fmt: skip
        path.write_text(yaml.safe_dump(content | changes))
        return path

    return write
