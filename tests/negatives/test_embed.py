"""A real sentence-transformers model, tiny and untrained, made here."""

import json
from pathlib import Path

import numpy
import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.negatives.embeddings import load_vectors, vectors_path
from toolgrad_local.negatives.similarity import open_similarity

pytestmark = pytest.mark.slow
pytest.importorskip("sentence_transformers", reason="sentence-transformers is not installed")
TEXTS = ["park a car", "boil a fish", "park the car"]


@pytest.fixture
def tiny_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A BERT of two layers with mean pooling, in a folder."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    folder = tmp_path / "tiny"
    (folder / "1_Pooling").mkdir(parents=True)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "park", "a", "car", "boil", "fish", "the"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), **sizes)).save_pretrained(folder)
    modules = [("0", "", "Transformer"), ("1", "1_Pooling", "Pooling")]
    rows = [
        {"idx": int(name), "name": name, "path": path, "type": f"sentence_transformers.models.{kind}"}
        for name, path, kind in modules
    ]
    (folder / "modules.json").write_text(json.dumps(rows))
    pooling = {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return folder


def test_a_local_model_gives_unit_vectors_that_are_kept(tiny_model: Path) -> None:
    vectors = load_vectors(tiny_model, TEXTS)
    assert vectors.shape == (3, 16)
    assert numpy.allclose((vectors * vectors).sum(axis=1), 1, atol=1e-5)
    kept = vectors_path(tiny_model, TEXTS)
    assert numpy.array_equal(numpy.load(kept, allow_pickle=False), vectors)
    assert open_similarity(str(tiny_model)).name == "tiny"


def test_a_damaged_cache_is_made_again(tiny_model: Path) -> None:
    vectors = load_vectors(tiny_model, TEXTS)
    vectors_path(tiny_model, TEXTS).write_bytes(b"\x93NUMPY torn")
    assert numpy.array_equal(load_vectors(tiny_model, TEXTS), vectors)


def test_a_model_that_cannot_be_loaded_is_one_clear_line(tiny_model: Path) -> None:
    (tiny_model / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0no heade")
    with pytest.raises(ConfigError, match="cannot be loaded as a sentence-transformers model"):
        load_vectors(tiny_model, TEXTS)
