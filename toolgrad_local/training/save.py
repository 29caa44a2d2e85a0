"""Writes the trained model as a folder that is served as it is: plain weights, tokenizer, chat template, record."""

import json
import shutil
from pathlib import Path
from typing import Any

from toolgrad_local.errors import TrainingError
from toolgrad_local.generation.folder import pretty_json, write_atomically
from toolgrad_local.teacher.digest import check_folder
from toolgrad_local.training.chat_template import ChatTemplate
from toolgrad_local.training.record import NAME, TrainingRecord
from toolgrad_local.training.student import Student

COPIED = ("preprocessor_config.json", "processor_config.json")
"""What servers of models that see pictures ask for, though none is given to them."""


def write_model(model: Any, student: Student, template: ChatTemplate, out: Path) -> None:
    """Everything but the record, in a folder of its own first. Adapters are merged; the dtype is that of the base."""
    import torch

    partial = out / "partial"
    shutil.rmtree(partial, ignore_errors=True)
    plain = model.merge_and_unload() if hasattr(model, "merge_and_unload") else model
    plain.to(getattr(torch, base_dtype(student.folder)))
    plain.save_pretrained(partial)
    template.tokenizer.chat_template = template.text
    template.tokenizer.save_pretrained(partial)
    for name in COPIED:
        if (student.folder / name).is_file():
            shutil.copyfile(student.folder / name, partial / name)
    problems = check_folder(partial)
    if problems:
        raise TrainingError(f"the trained model is not whole: {problems[0]}")
    readable = (partial / "config.json").stat().st_mode
    for path in sorted(partial.iterdir()):
        path.chmod(readable)  # safetensors writes for its owner alone; a server may be another user
        path.replace(out / path.name)
    partial.rmdir()


def base_dtype(folder: Path) -> str:
    """The type that the base's weights are kept in."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return str(config.get("dtype") or config.get("torch_dtype") or "bfloat16")


def finish(record: TrainingRecord, out: Path) -> None:
    """The record, which says that all is there; then the checkpoints go."""
    write_atomically(out / NAME, pretty_json(record.model_dump(mode="json")))
    shutil.rmtree(out / "checkpoints", ignore_errors=True)
