"""Opens what finds similar tools: embeddings where a model is on this machine, else words."""

from pathlib import Path

from toolgrad_local.negatives.embeddings import Embeddings, require_model
from toolgrad_local.negatives.lexical import LEXICAL, Lexical
from toolgrad_local.negatives.minilm import NAME, is_fetched, model_folder
from toolgrad_local.negatives.ranking import Similarity

__all__ = ["Similarity", "open_similarity"]


def open_similarity(name: str | None) -> Similarity:
    """`lexical`, the name of the packaged model, or a sentence-transformers folder.

    None is the packaged model if it has been fetched, else lexical. Raises ConfigError for a model that is absent.
    """
    if name == LEXICAL or (name is None and not is_fetched()):
        return Lexical()
    if name is None or name == NAME:
        return Embeddings(require_model(model_folder()))
    return Embeddings(require_model(Path(name).expanduser()))
