from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.negatives.embeddings import Embeddings, load_vectors, vectors_path
from toolgrad_local.negatives.lexical import Lexical, rank_by_words, weigh_words
from toolgrad_local.negatives.minilm import NAME
from toolgrad_local.negatives.ranking import describe_for_ranking, order_by_score
from toolgrad_local.negatives.similarity import open_similarity


@pytest.fixture
def make_model(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder with empty model files."""

    def make(*names: str) -> Path:
        folder = tmp_path / "my-model"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_text("{}")
        return folder

    return make


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_shared_rare_words_make_texts_similar() -> None:
    vectors = weigh_words({"a": "park a car", "b": "park the car", "c": "boil a fish", "d": "fry a fish"})
    assert rank_by_words(vectors, "a")[0] == "b"
    assert rank_by_words(vectors, "c")[0] == "d"


def test_equal_scores_rank_by_name_whatever_the_last_bits_say() -> None:
    assert order_by_score({"b": 0.5, "a": 0.5 - 1e-9, "own": 1.0, "c": 0.9}, "own") == ("c", "a", "b")


def test_words_find_the_neighbours_of_a_tool(catalog: Catalog) -> None:
    ranked = Lexical().rank(catalog)("parking_lots")
    assert len(ranked) == len(catalog.tools) - 1
    assert sum(name.startswith("parking_") for name in ranked[:5]) >= 3


def test_without_a_model_words_are_used_and_named_so() -> None:
    assert open_similarity(None).name == open_similarity("lexical").name == "lexical"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        pytest.param((), "it has no modules.json", id="empty"),
        pytest.param(("modules.json",), "it has no config.json", id="no config"),
        pytest.param(("modules.json", "config.json"), "no .safetensors file", id="no weights"),
    ],
)
def test_a_folder_that_is_no_model_is_refused(
    make_model: Callable[..., Path], files: tuple[str, ...], says: str
) -> None:
    with pytest.raises(ConfigError, match=says):
        open_similarity(str(make_model(*files)))


def test_an_absent_model_is_refused_with_the_remedy() -> None:
    with pytest.raises(ConfigError, match="toolgrad-local embeddings fetch"):
        open_similarity(NAME)
    with pytest.raises(ConfigError, match="no embedding model 'mpnet'; known are all-MiniLM-L6-v2, lexical"):
        open_similarity("mpnet")


def test_vectors_that_are_in_the_cache_are_not_made_again(make_model: Callable[..., Path], catalog: Catalog) -> None:
    folder = make_model("modules.json", "config.json", "model.safetensors")
    texts = [describe_for_ranking(tool) for tool in catalog.tools.values()]
    path = vectors_path(folder, texts)
    path.parent.mkdir(parents=True)
    vectors = numpy.eye(len(texts), dtype=numpy.float32)
    names = list(catalog.tools)
    vectors[names.index("parking_quote")] = vectors[names.index("parking_lots")]
    numpy.save(path, vectors)
    assert Embeddings(folder).rank(catalog)("parking_lots")[0] == "parking_quote"
    assert len(load_vectors(folder, texts)) == len(texts)


def test_other_texts_or_another_model_are_other_vectors(make_model: Callable[..., Path]) -> None:
    folder = make_model("modules.json", "config.json", "model.safetensors")
    first = vectors_path(folder, ["a"])
    assert vectors_path(folder, ["b"]) != first
    (folder / "model.safetensors").write_text("other weights")
    assert vectors_path(folder, ["a"]) != first
