"""Recipes: the YAML files of models/recipes/, or a file of the user's."""

import difflib
from pathlib import Path

from pydantic import Field, ValidationError

from toolgrad_local.assets import asset_folder
from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError
from toolgrad_local.yaml_file import read_yaml


class Lora(Data):
    """Adapters on every linear layer but the last one; they are merged into the weights at the end."""

    rank: int = Field(ge=1)
    alpha: int = Field(ge=1)
    dropout: float = Field(ge=0, lt=1)


class Recipe(Data):
    """How a model is trained. The learning rate is constant, the optimizer AdamW without decay."""

    name: str
    description: str
    memory: str
    """What it needs, for people."""
    gpu: bool
    """True: refused on a machine without one."""
    learning_rate: float = Field(gt=0)
    epochs: float = Field(gt=0)
    steps: int | None = Field(default=None, ge=1)
    """Optimizer steps at most; None: as many as the epochs have."""
    batch: int = Field(ge=1)
    """Sequences that are computed together."""
    accumulation: int = Field(default=1, ge=1)
    """Batches a step."""
    context: int = Field(default=8192, ge=256)
    """Tokens of a row at most; a longer one is left out."""
    lora: Lora | None = None
    """None: every weight is trained."""
    chat_template: str | None = None
    """A file of models/chat_templates, without `.jinja`, or a path; None: the model's own template."""
    seed: int = Field(default=0, ge=0, lt=2**31)


def load_recipe(name_or_path: str) -> Recipe:
    """A shipped recipe by its name, or one out of a .yaml file. Raises ConfigError, one line a problem."""
    files = recipe_files()
    for file in files:
        if file.stem == name_or_path:
            return read_recipe(file)
    path = Path(name_or_path).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return read_recipe(path)
    names = [file.stem for file in files]
    near = difflib.get_close_matches(name_or_path, names, 1)
    hint = f", did you mean '{near[0]}'?" if near else "."
    raise ConfigError(f"no recipe '{name_or_path}'{hint} Known: {', '.join(names)}; a .yaml file is taken too")


def find_recipe(model: str) -> Recipe:
    """The recipe that is named like the model's profile. Raises ConfigError if there is none."""
    names = [file.stem for file in recipe_files()]
    if model not in names:
        raise ConfigError(
            f"there is no recipe named like the model '{model}'; give --recipe {', '.join(names)} or a file"
        )
    return load_recipe(model)


def recipe_files() -> list[Path]:
    """The YAML files of models/recipes/, sorted."""
    return sorted((asset_folder("models") / "recipes").glob("*.yaml"))


def read_recipe(path: Path) -> Recipe:
    """Raises ConfigError naming file, key and value."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ConfigError(f"{path} holds no mapping; a recipe has the keys {', '.join(Recipe.model_fields)}")
    try:
        return Recipe.model_validate({"name": path.stem, **content})
    except ValidationError as error:
        problems = [(".".join(map(str, problem["loc"])), problem) for problem in error.errors()]
        raise ConfigError("\n".join(f"{path}: {key}: {problem['msg']}" for key, problem in problems)) from error
