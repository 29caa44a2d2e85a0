"""GGUF to a safetensors folder that vLLM serves, in a process of its own so that its memory is given back.

`python -m toolgrad_local.teacher.convert FILE.gguf SHA256 OUT` writes OUT in one step; a killed conversion leaves
OUT.partial, which the next one removes. Whoever starts it holds the lock.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.digest import NOTE, check_folder, digest_weights, rename_known


def convert_gguf(gguf: Path, sha256: str, out: Path, lock: int) -> None:
    """Converts in a child process, which keeps the lock's descriptor. Raises TeacherError with its last line."""
    command = [sys.executable, "-m", "toolgrad_local.teacher.convert", str(gguf), sha256, str(out)]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1", "TQDM_DISABLE": "1"}
    done = subprocess.run(command, env=environment, pass_fds=(lock,), capture_output=True, text=True)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode} (killed for want of memory?)"]
        raise TeacherError(f"cannot convert {gguf} to {out}: {said[-1]}")


def write_folder(gguf: Path, sha256: str, out: Path) -> None:
    """Model, tokenizer and a note of their origin, in OUT.partial first. Does nothing if OUT is there."""
    if out.exists():
        return
    partial = out.with_name(out.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    write_model(gguf, partial)
    problems = check_folder(partial)
    if problems:
        raise TeacherError("; ".join(problems))
    write_note(gguf, sha256, partial)
    sync_folder(partial)
    partial.rename(out)
    sync(out.parent)
    rename_known(partial, out)


def write_model(gguf: Path, folder: Path) -> None:
    """Dequantized weights in bfloat16, config, tokenizer and chat template."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    make_reading_fast()
    source, name = str(gguf.parent), gguf.name
    model: Any = AutoModelForCausalLM.from_pretrained(
        source, gguf_file=name, dtype=torch.bfloat16, quantization_config=GgufConfig(dequantize=True)
    )
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    model.hf_quantizer = None
    model.save_pretrained(folder)
    tokenizer: Any = AutoTokenizer.from_pretrained(source, gguf_file=name)
    tokenizer.save_pretrained(folder)


def make_reading_fast() -> None:
    """Has a GGUF header read once and without numpy's slow memory-map slices; the bytes written are the same.

    transformers reads the header (450,000 fields for a large vocabulary) three times and builds the same map of
    tensor names for every module: two thirds of the time of a conversion.
    """
    import gguf

    packaged: Any = gguf
    packaged.GGUFReader = functools.cache(make_fast_reader(gguf.GGUFReader))
    packaged.get_tensor_name_map = functools.cache(gguf.get_tensor_name_map)


def make_fast_reader(reader: Any) -> Any:
    """The reader with another way of taking values out of the file."""
    return type("FastReader", (reader,), {"_get": take_values})


def take_values(reader: Any, offset: Any, dtype: Any, count: Any = 1, override_order: str | None = None) -> Any:
    """`count` values at `offset`; takes the place of `GGUFReader._get`."""
    import numpy

    order = reader.byte_order if override_order is None else override_order
    return numpy.frombuffer(reader.data, numpy.dtype(dtype).newbyteorder(order), int(count), int(offset))


def write_note(gguf: Path, sha256: str, folder: Path) -> None:
    """What the folder was made from and with, and its digest."""
    note = {
        "source": gguf.name,
        "source_sha256": sha256,
        "digest": digest_weights(folder),
        "versions": {package: version(package) for package in ("torch", "transformers", "gguf")},
    }
    (folder / NOTE).write_text(json.dumps(note, indent=2) + "\n", encoding="utf-8")


def sync_folder(folder: Path) -> None:
    """Forces a folder and its files to the disk."""
    for path in folder.iterdir():
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Forces one file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
