"""Similarity by embeddings of a local sentence-transformers model, worked out once for a catalog and kept.

The vectors are those of this machine's arithmetic: another one may rank two nearly equal neighbours the other way.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.negatives.minilm import NAME, model_folder
from toolgrad_local.negatives.ranking import Ranking, describe_for_ranking, order_by_score
from toolgrad_local.teacher.cache import cache_home
from toolgrad_local.teacher.digest import digest_weights

BATCH = 64
MODEL_FILES = ("modules.json", "config.json")


@dataclass(frozen=True)
class Embeddings:
    """A model folder that `require_model` has passed."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def rank(self, catalog: Catalog) -> Ranking:
        """The ranking among a catalog's tools. The first time, embedding 1,400 tools takes about a minute."""
        texts = [describe_for_ranking(tool) for tool in catalog.tools.values()]
        vectors = load_vectors(self.folder, texts)
        return cache(partial(rank_by_vectors, tuple(catalog.tools), vectors))


def require_model(folder: Path) -> Path:
    """The resolved folder. Raises ConfigError if it is not there or no sentence-transformers model."""
    if folder == model_folder() and not folder.is_dir():
        raise ConfigError(f"{NAME} is not in {folder}; run `toolgrad-local embeddings fetch`, or use `lexical`")
    if not folder.is_dir():
        raise ConfigError(f"no embedding model '{folder}'; known are {NAME}, lexical and any local model folder")
    for name in MODEL_FILES:
        if not (folder / name).is_file():
            raise ConfigError(f"{folder} is no sentence-transformers folder: it has no {name}")
    if not list(folder.glob("*.safetensors")):
        raise ConfigError(f"{folder} has no .safetensors file; other kinds of weights are not read")
    return folder.resolve()


def load_vectors(folder: Path, texts: list[str]) -> Any:
    """One unit vector a text, float32, from the cache if these texts were embedded by this model before."""
    import numpy

    path = vectors_path(folder, texts)
    if path.is_file():
        try:
            found = numpy.load(path, allow_pickle=False)
        except (ValueError, EOFError):
            found = numpy.zeros((0, 0))
        if found.ndim == 2 and len(found) == len(texts):
            return found
    vectors = embed_texts(folder, texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with draft.open("wb") as file:
        numpy.save(file, vectors, allow_pickle=False)
    draft.replace(path)
    return vectors


def vectors_path(folder: Path, texts: list[str]) -> Path:
    """Named by the digests of the model and of the texts, so that a change of either is another file."""
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return cache_home() / "embeddings" / "vectors" / f"{folder.name}-{digest_weights(folder)[:16]}-{digest[:16]}.npy"


def embed_texts(folder: Path, texts: list[str]) -> Any:
    """Unit vectors, on the processor, without a network."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    quiet: Any = logging
    quiet.disable_progress_bar()
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ConfigError(f"{folder} cannot be loaded as a sentence-transformers model: {first_line(error)}") from error
    return model.encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)


def first_line(error: BaseException) -> str:
    """What an error says, in one line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def rank_by_vectors(names: tuple[str, ...], vectors: Any, name: str) -> tuple[str, ...]:
    """The other tools, most similar first."""
    scores = vectors @ vectors[names.index(name)]
    return order_by_score(dict(zip(names, map(float, scores), strict=True)), name)
