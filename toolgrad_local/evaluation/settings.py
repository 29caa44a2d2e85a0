"""settings.json: all that decides the answers of an evaluation, so that none is continued under other ones."""

from pathlib import Path

from pydantic import ValidationError

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.exchange import Sampling
from toolgrad_local.errors import ConfigError

NAME = "settings.json"


class Settings(Data):
    """What is asked, of whom, and how."""

    model: str
    """Its name, for people."""
    weights: str
    """SHA-256."""
    calls: str
    """The format in which it writes calls."""
    template: str
    """SHA-256 of its chat template."""
    parallel: bool
    data: str
    """SHA-256 of the data set's dataset.json; for the leaderboard, its version."""
    split: str
    """Or the categories of the leaderboard."""
    limit: int | None
    turns: int | None
    seen: tuple[str, ...] = ()
    """Rows of small talk that are not asked, since the model was trained on them."""
    sampling: Sampling


def keep_settings(out: Path, settings: Settings) -> None:
    """Write them into a new folder. Raises ConfigError for a folder that holds an evaluation under other ones."""
    path = out / NAME
    if not path.exists():
        if out.is_dir() and any(out.iterdir()):
            raise ConfigError(f"--out {out} is not empty and no evaluation; name a new folder")
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(settings.model_dump_json(indent=2) + "\n", encoding="utf-8")
        return
    kept = read_settings(out).model_dump()
    other = [name for name, value in settings.model_dump().items() if kept[name] != value]
    if other:
        told = ", ".join(f"{name} ({kept[name]})" for name in other)
        raise ConfigError(f"--out {out} holds an evaluation with other settings: {told}; name a new folder")


def read_settings(out: Path) -> Settings:
    """Of an evaluation's folder. Raises ConfigError for what is none."""
    path = out / NAME
    if not path.is_file():
        raise ConfigError(f"{out} is no evaluation: it has no {NAME}; name a folder that evaluate wrote")
    try:
        return Settings.model_validate_json(path.read_bytes())
    except ValidationError:
        raise ConfigError(f"{path} is damaged or of another version; evaluate anew into another folder") from None
