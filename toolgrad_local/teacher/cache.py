"""Where weights lie on this machine, and what to say when they do not."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import TeacherError


def cache_home() -> Path:
    """$TOOLGRAD_HOME, or `toolgrad-local` in the user's cache folder. It may not exist yet."""
    chosen = os.environ.get("TOOLGRAD_HOME")
    if chosen:
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "toolgrad-local"


def embedded_folder(name: str) -> Path:
    """Where the converted weights of an embedded teacher are kept."""
    return cache_home() / "teachers" / name


def find_weights(profile: TeacherProfile) -> Path | None:
    """The folder of weights that vLLM can load, or None. Nothing is downloaded; contents are not checked."""
    checkpoint = profile.checkpoint
    if checkpoint.folder is not None:
        folder = Path(checkpoint.folder).expanduser()
    elif checkpoint.hub_name is not None:
        return find_in_hub_cache(checkpoint.hub_name)
    else:
        folder = embedded_folder(profile.name)
    return folder if (folder / "config.json").is_file() else None


def require_weights(profile: TeacherProfile) -> Path:
    """The folder of weights. Raises TeacherError with what to do where there is none."""
    folder = find_weights(profile)
    if folder is None:
        raise TeacherError(describe_absence(profile))
    return folder


def describe_absence(profile: TeacherProfile) -> str:
    """One line: which weights are missing, and the remedy."""
    checkpoint = profile.checkpoint
    if checkpoint.embedded is not None:
        return (
            f"teacher '{profile.name}': no weights in {embedded_folder(profile.name)}; "
            f"run `toolgrad-local teacher fetch {profile.name}`"
        )
    if checkpoint.folder is not None:
        return f"teacher '{profile.name}': no config.json in {checkpoint.folder}; put the model folder there"
    return (
        f"teacher '{profile.name}': {checkpoint.hub_name} is not in the local Hugging Face cache ({hub_cache()}); "
        f"copy it there, or give the path of a model folder as the teacher"
    )


def hub_cache() -> Path:
    """The local Hugging Face cache, by the library's own rules."""
    from huggingface_hub.constants import HF_HUB_CACHE

    return Path(HF_HUB_CACHE)


def find_in_hub_cache(hub_name: str) -> Path | None:
    """The snapshot folder of a model in the local Hugging Face cache, or None. Never opens a connection."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from huggingface_hub import try_to_load_from_cache

    config = try_to_load_from_cache(hub_name, "config.json")
    return Path(config).parent if isinstance(config, str) else None


@contextmanager
def hold_lock(path: Path, on_wait: Callable[[], None]) -> Iterator[int]:
    """Holds a file lock, waiting for whoever has it (after `on_wait`). Yields its descriptor.

    A child process that inherits the descriptor keeps the lock if this process is killed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
