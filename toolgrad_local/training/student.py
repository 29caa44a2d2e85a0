"""The model that is to be trained: where its weights are, what they are, and its tokenizer."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.digest import check_weights, digest_weights
from toolgrad_local.teacher.profiles import load_profile


@dataclass(frozen=True)
class Student:
    """A folder of weights that is whole, and in a format that runs no code when it is read."""

    name: str
    folder: Path
    digest: str
    template_arguments: dict[str, Any]
    """What the profile gives the chat template, such as `enable_thinking: false`."""
    context: int | None
    """Tokens that the model can look at; None where its config does not say."""


def find_student(name_or_path: str) -> Student:
    """A profile's weights or a folder. Raises ConfigError or TeacherError, one line, for what cannot be trained."""
    profile = load_profile(name_or_path)
    folder = require_weights(profile)
    problems = check_weights(folder)
    if problems:
        raise ConfigError(f"--model {name_or_path}: {problems[0]}")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    require_trainable(name_or_path, config)
    longest = config.get("text_config", config).get("max_position_embeddings")
    return Student(profile.name, folder, digest_weights(folder), profile.chat_template, longest)


def require_trainable(name: str, config: dict[str, Any]) -> None:
    """Raises ConfigError for an architecture that only code in the folder knows, and for quantized weights."""
    import transformers

    kind = config.get("model_type")
    if kind not in transformers.CONFIG_MAPPING:
        raise ConfigError(
            f"--model {name}: its model_type is {kind!r}, which transformers {transformers.__version__} does not know; "
            "code that lies in a model's folder is not run"
        )
    if "quantization_config" in config:
        raise ConfigError(f"--model {name}: its weights are quantized; train the model that it was made from")


def load_tokenizer(folder: Path) -> Any:
    """The tokenizer. Raises ConfigError if it cannot say which characters a token stands for."""
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
    if not tokenizer.is_fast:
        raise ConfigError(f"{folder} has no tokenizer.json, which says which characters a token stands for; add it")
    if tokenizer.eos_token is None:
        raise ConfigError(f"the tokenizer of {folder} has no eos_token, with which a reply would end; name one in it")
    return tokenizer
