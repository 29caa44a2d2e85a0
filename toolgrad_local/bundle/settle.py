"""The last step of an installation: teacher and embeddings out of a verified bundle into the cache.

`python -m toolgrad_local.bundle.settle BUNDLE.tar`, run by install.py in the environment that it has made. What has to
be fetched elsewhere is laid where the fetch leaves it when it is killed, so that the fetch only has to finish.
"""

import shutil
import sys
from pathlib import Path

from toolgrad_local.bundle.install import extract, read_manifest
from toolgrad_local.bundle.layout import EMBEDDINGS, TEACHER, CarriedTeacher
from toolgrad_local.errors import TeacherError, ToolgradError
from toolgrad_local.negatives.minilm import fetch_model, find_damage, model_folder
from toolgrad_local.teacher.cache import cache_home, embedded_folder, hub_cache
from toolgrad_local.teacher.digest import check_folder
from toolgrad_local.teacher.fetch import fetch_teacher
from toolgrad_local.teacher.fetch_view import FetchView
from toolgrad_local.teacher.profiles import load_profile


def settle(archive: Path, view: FetchView) -> None:
    """Both, each at once if it is there already. Raises TeacherError if what the bundle carried does not serve."""
    if find_damage(model_folder()):
        lay(archive, EMBEDDINGS, model_folder().with_name(model_folder().name + ".fetch.partial"))
    fetch_model(view)
    carried = CarriedTeacher.model_validate(read_manifest(archive)["teacher"])
    if carried.kind == "embedded":
        folder = embedded_folder(carried.name)
        if not folder.exists():
            lay(archive, TEACHER, folder.with_name(folder.name + ".fetch.partial"))
        fetch_teacher(load_profile(carried.name), view)
    elif carried.kind != "none":
        view.say(f"{carried.name} is in {place_folder(archive, carried)}")
    teacher = str(teacher_place(carried)) if carried.kind == "folder" else carried.name
    view.say(f"next: cd {Path.cwd()} && make generate TEACHER={teacher}")


def place_folder(archive: Path, carried: CarriedTeacher) -> Path:
    """A model folder as it was, among the cached teachers or in the Hugging Face cache."""
    place = teacher_place(carried)
    if not place.exists():
        partial = place.with_name(place.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        lay(archive, TEACHER, partial)
        partial.replace(place)
    problems = check_folder(place)
    if problems:
        raise TeacherError(f"{problems[0]}; remove {place} and install the bundle again")
    if carried.revision is not None:
        reference = place.parent.parent / "refs" / "main"
        reference.parent.mkdir(exist_ok=True)
        reference.write_text(carried.revision, encoding="utf-8")
    return place


def teacher_place(carried: CarriedTeacher) -> Path:
    """Where a model folder belongs on this machine."""
    if carried.kind == "hub":
        repository = "models--" + carried.hub_name.replace("/", "--")
        return hub_cache() / repository / "snapshots" / str(carried.revision)
    return cache_home() / "teachers" / carried.name


def lay(archive: Path, prefix: str, folder: Path) -> None:
    """Writes the members below a prefix into a folder of what is not finished."""
    folder.mkdir(parents=True, exist_ok=True)
    extract(archive, prefix, folder)


def main(archive: Path) -> int:
    """One line for what is raised on purpose."""
    try:
        with FetchView() as view:
            settle(archive, view)
    except ToolgradError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
