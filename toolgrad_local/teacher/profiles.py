"""Teacher profiles: the YAML files of models/, a file of the user's, or a bare folder of weights."""

import difflib
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolgrad_local.assets import asset_folder
from toolgrad_local.data_model.exchange import Sampling, Stage
from toolgrad_local.data_model.profile import Checkpoint, Serving, TeacherProfile
from toolgrad_local.errors import ConfigError
from toolgrad_local.yaml_file import read_yaml

DEFAULT_SAMPLING: dict[Stage, Sampling] = {
    "propose": Sampling(temperature=0.7, max_tokens=400),
    "execute": Sampling(temperature=0.3, max_tokens=200),
    "select": Sampling(temperature=0.3, max_tokens=100),
    "pose": Sampling(temperature=0.7, max_tokens=400),
    "standard": Sampling(temperature=0.3, max_tokens=800),
    "react": Sampling(temperature=0.3, max_tokens=320),
    "dfs": Sampling(temperature=0.7, max_tokens=320),
    "inverse_predict": Sampling(temperature=0.7, max_tokens=320),
    "respond": Sampling(temperature=0.3, max_tokens=400),
    "solve": Sampling(temperature=0.0, max_tokens=80),
    "fill": Sampling(temperature=0.0, max_tokens=200),
    "think": Sampling(temperature=0.5, max_tokens=400),
    "omit": Sampling(temperature=0.3, max_tokens=200),
    "probe": Sampling(temperature=0.0, max_tokens=64),
}
FOLDER_CONTEXT = 16384
"""Tokens served for a folder without a profile, or fewer if its config says so."""


def list_profiles() -> list[TeacherProfile]:
    """The profiles that ship, by name."""
    return [read_profile(path) for path in profile_files()]


def load_profile(name_or_path: str) -> TeacherProfile:
    """A shipped profile by its name, one from a .yaml file, or a default one for a folder with config.json.

    Raises ConfigError, one line a problem.
    """
    for file in profile_files():
        if file.stem == name_or_path:
            return read_profile(file)
    path = Path(name_or_path).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return read_profile(path)
    if path.is_dir():
        return describe_folder(path.resolve())
    raise ConfigError(describe_unknown(name_or_path))


def sampling_for(profile: TeacherProfile) -> dict[Stage, Sampling]:
    """How each stage draws tokens: what the profile sets, over the defaults, field by field."""
    return {
        stage: default.model_copy(update=profile.sampling[stage].model_dump(exclude_unset=True))
        if stage in profile.sampling
        else default
        for stage, default in DEFAULT_SAMPLING.items()
    }


def profile_files() -> list[Path]:
    """The YAML files of models/, sorted."""
    return sorted(asset_folder("models").glob("*.yaml"))


def read_profile(path: Path) -> TeacherProfile:
    """A profile out of a YAML file. Raises ConfigError naming file, key and value."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise ConfigError(f"{path} holds no mapping; a profile has the keys {', '.join(TeacherProfile.model_fields)}")
    try:
        profile = TeacherProfile.model_validate(content)
    except ValidationError as error:
        raise ConfigError("\n".join(describe_problem(path, problem) for problem in error.errors())) from error
    problems = [f"{path}: {problem}" for problem in find_contradictions(profile, path)]
    if problems:
        raise ConfigError("\n".join(problems))
    return profile


def find_contradictions(profile: TeacherProfile, path: Path) -> list[str]:
    """What the types cannot say: one kind of checkpoint, a name that is the file's, sampling within bounds."""
    problems = []
    kinds = sorted(profile.checkpoint.model_dump(exclude_none=True))
    if len(kinds) != 1:
        problems.append(f"checkpoint has {' and '.join(kinds) or 'none'}; give one of embedded, folder, hub_name")
    if profile.name != path.stem:
        problems.append(f"name is '{profile.name}'; it must be the file's, '{path.stem}'")
    for stage, sampling in profile.sampling.items():
        if sampling.temperature < 0:
            problems.append(f"sampling.{stage}.temperature is {sampling.temperature}; it must be 0 or more")
        if not 0 < sampling.top_p <= 1:
            problems.append(f"sampling.{stage}.top_p is {sampling.top_p}; it must be above 0 and at most 1")
        if not 0 <= sampling.min_p < 1:
            problems.append(f"sampling.{stage}.min_p is {sampling.min_p}; it must be 0 or more and below 1")
        if not 0 < sampling.max_tokens < profile.serving.context:
            problems.append(
                f"sampling.{stage}.max_tokens is {sampling.max_tokens}; "
                f"it must be above 0 and below serving.context ({profile.serving.context})"
            )
    return problems


def describe_problem(path: Path, problem: Any) -> str:
    """One of pydantic's errors as a line: file, key, value, what is wanted."""
    key = ".".join(str(part) for part in problem["loc"] if part != "[key]")
    if problem["type"] == "extra_forbidden":
        return f"{path}: unknown key '{key}'{suggest_key(problem['loc'])}"
    if problem["type"] == "missing":
        return f"{path}: the key '{key}' is missing"
    return f"{path}: {key} is {problem['input']!r}; {problem['msg'][:1].lower()}{problem['msg'][1:]}"


def suggest_key(location: tuple[Any, ...]) -> str:
    """The keys that a mapping may have, where the unknown one is at the top or one level down."""
    models: dict[str, Any] = {"serving": Serving, "checkpoint": Checkpoint}
    model = TeacherProfile if len(location) == 1 else models.get(str(location[0]))
    if model is None:
        return ""
    near = difflib.get_close_matches(str(location[-1]), model.model_fields, 1)
    return f"; did you mean '{near[0]}'?" if near else f"; known are {', '.join(model.model_fields)}"


def describe_folder(folder: Path) -> TeacherProfile:
    """A profile for a folder of weights that has none. Raises ConfigError if it has no usable config.json."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{folder} is no model folder: its config.json cannot be read ({error})") from error
    longest = config.get("max_position_embeddings") if isinstance(config, dict) else None
    context = min(FOLDER_CONTEXT, longest) if isinstance(longest, int) else FOLDER_CONTEXT
    if context < 2048:
        raise ConfigError(f"{folder}/config.json: max_position_embeddings is {context}; a teacher needs 2048 or more")
    return TeacherProfile(
        name=folder.name,
        description=f"The model in {folder}.",
        licence="unknown: see the folder",
        memory="unknown: its .safetensors files, and a cache beside them",
        checkpoint=Checkpoint(folder=str(folder)),
        serving=Serving.model_validate({"context": context}),
    )


def describe_unknown(name: str) -> str:
    """One line for a teacher that is neither a profile, a file nor a folder."""
    names = [file.stem for file in profile_files()]
    near = difflib.get_close_matches(name, names, 1)
    hint = f", did you mean '{near[0]}'?" if near else "."
    return f"no teacher '{name}'{hint} Known: {', '.join(names)}; a .yaml file or a model folder is taken too"
