"""A bundle of a few kilobytes, for this machine."""

import json
import platform
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.bundle.layout import CarriedTeacher, Target
from toolgrad_local.bundle.write import write_bundle

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def target() -> Target:
    """A CPU on x86-64, with the Python that runs the tests."""
    return Target(accel="cpu", machine="x86_64", python=PYTHON)


@pytest.fixture
def make_wheel() -> Callable[..., Path]:
    """Writes a wheel that pip would install: `make_wheel(folder, "alpha", "1.0")`."""

    def make(folder: Path, name: str, version: str, tag: str = "py3-none-any") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path, info = folder / f"{name}-{version}-{tag}.whl", f"{name}-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(f"{name}.py", "")
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
            wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
            wheel.writestr(f"{info}/RECORD", "")
        return path

    return make


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    """A whole model folder, a few bytes large."""
    folder = tmp_path / "weights"
    folder.mkdir()
    header = json.dumps({"w": {"dtype": "BF16", "shape": [2, 4], "data_offsets": [0, 16]}}).encode()
    (folder / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(range(16)))
    (folder / "config.json").write_text('{"max_position_embeddings": 4096}')
    (folder / "tokenizer.json").write_text("{}")
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    (folder / "LICENSE").write_text("free")
    (folder / "pytorch_model.bin").write_text("the same weights again")
    return folder


@pytest.fixture
def tiny_files(tmp_path: Path, make_wheel: Callable[..., Path]) -> dict[str, Path]:
    """Path in the archive to file: one of the project and a wheel."""
    script = tmp_path / "Makefile"
    script.write_text("help:\n")
    return {"project/Makefile": script, "wheels/alpha-1.0-py3-none-any.whl": make_wheel(tmp_path / "w", "alpha", "1.0")}


@pytest.fixture
def make_bundle(tmp_path: Path, tiny_files: dict[str, Path]) -> Callable[..., Path]:
    """Writes a bundle for this machine, but for what the test says: `make_bundle(python="2.7")`."""

    def make(files: dict[str, Path] | None = None, **about: Any) -> Path:
        here = {
            "name": "toolgrad-local 0",
            "accel": "cpu",
            "platform": f"linux-{platform.machine()}",
            "python": PYTHON,
            "glibc": [2, 0],
            "teacher": CarriedTeacher(name="scripted", kind="none").model_dump(),
        }
        out = tmp_path / "bundle.tar"
        write_bundle(out, here | about, tiny_files | (files or {}))
        return out

    return make
