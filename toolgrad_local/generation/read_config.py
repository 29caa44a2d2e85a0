"""Settings from a YAML file and the command line, which wins."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolgrad_local.data_model.run_config import BaselineMethod, RunConfig
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.styles import resolve_styles
from toolgrad_local.teacher.hardware import gpu_names
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.yaml_file import read_yaml

GPU_TEACHER, CPU_TEACHER = "qwen3-8b", "qwen2.5-coder-1.5b"
"""The teacher where none is named."""
SCRIPTED = "scripted"
"""The teacher without a model, which has no profile."""


def read_config(file: Path | None, given: dict[str, Any], method: BaselineMethod | None = None) -> RunConfig:
    """The resolved config. `given` are command-line values, None for those left out; `method` None: ToolGrad, for which
    what the file says of baselines does not count: one file serves all methods.

    Raises ConfigError naming each setting that is unknown or out of range.
    """
    return resolve_config(read_settings(file) if file else {}, given, method, file)


def resolve_config(
    values: dict[str, Any], given: dict[str, Any], method: BaselineMethod | None = None, file: Path | None = None
) -> RunConfig:
    """The same of settings that have been read, from `file` if from any."""
    values = dict(values)
    given = {name: value for name, value in given.items() if value not in (None, ())}
    top = {name: value for name, value in given.items() if name != "iterations"}
    values = {"teacher": GPU_TEACHER if gpu_names() else CPU_TEACHER, **values, **top}
    profile = None if values["teacher"] == SCRIPTED else load_profile(str(values["teacher"]))
    suited = profile.loop if profile else {}
    loop = values.get("loop") or {}
    if isinstance(loop, dict):
        values["loop"] = {**suited, **loop, **{name: given[name] for name in ("iterations",) if name in given}}
    own = values.pop("baseline", None) or {}
    if method is not None:
        suited = profile.baseline if profile else {}
        values["baseline"] = {**suited, **own, "method": method} if isinstance(own, dict) else own
    values["styles"] = resolve_styles(values.get("styles"))
    try:
        return RunConfig.model_validate(values)
    except ValidationError as error:
        raise ConfigError("; ".join(explain(problem, file, given) for problem in error.errors())) from None


def read_settings(file: Path) -> dict[str, Any]:
    """A YAML mapping. Raises ConfigError if the file is none."""
    values = read_yaml(file, "--config")
    if not isinstance(values, dict):
        raise ConfigError(f"--config {file} holds no settings; it takes keys such as samples, seed, teacher, loop")
    return values


def explain(problem: Any, file: Path | None, given: dict[str, Any]) -> str:
    """One setting that is wrong: place, value, what it should be."""
    place = ".".join(map(str, problem["loc"]))
    where = f"{file}: " if file else ""
    if problem["loc"][-1] in given:
        where, place = "", f"--{problem['loc'][-1]}"
    if problem["type"] == "extra_forbidden":
        return f"{where}unknown setting {place}; see docs/configuration.md"
    return f"{where}{place} is {problem['input']!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}"
