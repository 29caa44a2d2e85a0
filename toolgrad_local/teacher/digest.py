"""Whether a folder of weights is whole, and one digest that names its contents."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from toolgrad_local.teacher.cache import cache_home

COUNTED = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.tiktoken", "vocab.txt", "merges.txt")
"""What decides how a model answers: weights, configs, chat template, tokenizer."""
NOTE = "toolgrad.json"
"""Written into a converted folder by `teacher.convert`; it holds the digest, so it is not part of it."""
NOTES = (NOTE, "training.json")
"""What says how a folder was made, and how long that took."""
TOKENIZERS = ("tokenizer.json", "tokenizer.model", "tekken.json", "vocab.json", "vocab.txt")
HEADER_LIMIT = 100_000_000
"""Bytes; the limit that the safetensors format sets for its header."""


def digest_weights(folder: Path) -> str:
    """SHA-256 over the sorted names and contents of the counted files.

    A file whose path, size and modification time are known is not read again.
    """
    files = counted_files(folder)
    keys = {path: file_key(path) for path in files}
    known = read_known()
    unknown = [path for path in files if keys[path] not in known]
    with ThreadPoolExecutor() as pool:
        known |= {keys[path]: digest for path, digest in zip(unknown, pool.map(digest_file, unknown), strict=True)}
    if unknown:
        write_known(known)
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + bytes.fromhex(known[keys[path]]))
    return total.hexdigest()


def rename_known(old: Path, new: Path) -> None:
    """Keeps the digests of a folder that was renamed."""
    before, after = f"{old.resolve()}/", f"{new.resolve()}/"
    write_known({key.replace(before, after, 1): digest for key, digest in read_known().items()})


def check_folder(folder: Path) -> list[str]:
    """What is wrong with a folder of weights, one line a problem; empty if vLLM can be expected to load it."""
    problems = check_weights(folder)
    if folder.is_dir() and has_tokenizer(folder) and not has_chat_template(folder):
        problems.append(f"{folder} has no chat template: it is a base model, or chat_template.jinja was not copied")
    return problems


def check_weights(folder: Path) -> list[str]:
    """The same but for the chat template."""
    if not folder.is_dir():
        return [f"{folder} is no folder"]
    problems = check_json(folder / "config.json")
    shards = sorted(folder.glob("*.safetensors"))
    if not shards:
        problems.append(f"{folder} has no .safetensors file")
    for shard in shards:
        problems += check_shard(shard)
    problems += check_index(folder)
    if not has_tokenizer(folder):
        problems.append(f"{folder} has no tokenizer (one of {', '.join(TOKENIZERS)})")
    return problems


def has_tokenizer(folder: Path) -> bool:
    """Whether a tokenizer is there in one of its forms."""
    return any((folder / name).is_file() for name in TOKENIZERS)


def check_shard(path: Path) -> list[str]:
    """Whether a safetensors file's header can be read and its data is all there."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > min(size - 8, HEADER_LIMIT):
            return [f"{path}: {size} bytes with a header of {length}: no safetensors file, or cut off"]
        try:
            header = json.loads(file.read(length))
            ends = [int(entry["data_offsets"][1]) for name, entry in header.items() if name != "__metadata__"]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            return [f"{path}: its header cannot be read ({error})"]
    whole = 8 + length + max(ends, default=0)
    return [f"{path}: {size} bytes, its header announces {whole}"] if size != whole else []


def check_index(folder: Path) -> list[str]:
    """Whether every shard that the index names is there."""
    path = folder / "model.safetensors.index.json"
    if not path.exists():
        return []
    problems = check_json(path)
    if problems:
        return problems
    weight_map = json.loads(path.read_text(encoding="utf-8")).get("weight_map", {})
    missing = sorted({name for name in weight_map.values() if not (folder / name).is_file()})
    return [f"{path}: the shard {name} is missing" for name in missing]


def check_json(path: Path) -> list[str]:
    """Whether a file is there and holds a JSON object."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [f"{path} is missing"]
    except (OSError, ValueError) as error:
        return [f"{path} cannot be read: {error}"]
    return [] if isinstance(value, dict) else [f"{path} holds no JSON object"]


def has_chat_template(folder: Path) -> bool:
    """Whether a template is there in one of the places where it may be."""
    if any((folder / name).is_file() for name in ("chat_template.jinja", "chat_template.json", "tekken.json")):
        return True
    config = folder / "tokenizer_config.json"
    return not check_json(config) and "chat_template" in json.loads(config.read_text(encoding="utf-8"))


def counted_files(folder: Path) -> list[Path]:
    """The files that the digest covers, by name."""
    found = {path for pattern in COUNTED for path in folder.glob(pattern) if path.is_file() and path.name not in NOTES}
    return sorted(found, key=lambda path: path.name)


def digest_file(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_key(path: Path) -> str:
    """What tells a changed file from one that was hashed before."""
    state = path.resolve().stat()
    return f"{path.resolve()}|{state.st_size}|{state.st_mtime_ns}"


def read_known() -> dict[str, str]:
    """Digests of files that were hashed before, by `file_key`; empty if there are none or they are damaged."""
    try:
        value: Any = json.loads(known_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_known(known: dict[str, str]) -> None:
    """Keeps the digests, in one step, of files that are still there."""
    path = known_path()
    kept = {key: digest for key, digest in known.items() if Path(key.split("|")[0]).exists()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return  # A read-only cache costs time, no more.


def known_path() -> Path:
    """The file of digests."""
    return cache_home() / "digests.json"
