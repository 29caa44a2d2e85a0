"""Weights out of a bundle, where the rest of the program looks for them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toolgrad_local.bundle.layout import CarriedTeacher
from toolgrad_local.bundle.settle import place_folder
from toolgrad_local.bundle.weights import gather_teacher
from toolgrad_local.teacher.cache import find_in_hub_cache
from toolgrad_local.teacher.digest import check_folder, digest_weights
from toolgrad_local.teacher.fetch_view import FetchView


@pytest.fixture
def bundle(
    make_bundle: Callable[..., Path], model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A bundle with a model folder; the caches are empty."""
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    with FetchView() as view:
        _, files = gather_teacher(str(model_folder), tmp_path, view)
    return make_bundle(files)


def test_a_model_folder_arrives_as_it_was(bundle: Path, model_folder: Path, tmp_path: Path) -> None:
    place = place_folder(bundle, CarriedTeacher(name="weights", kind="folder"))
    assert place == tmp_path / "home" / "teachers" / "weights"
    assert check_folder(place) == []
    assert digest_weights(place) == digest_weights(model_folder)
    assert place_folder(bundle, CarriedTeacher(name="weights", kind="folder")) == place


def test_a_teacher_of_the_hub_arrives_in_the_hubs_cache(bundle: Path) -> None:
    carried = CarriedTeacher(name="big-8b", kind="hub", hub_name="Some/Big-8B", revision="abc123")
    place = place_folder(bundle, carried)
    assert find_in_hub_cache("Some/Big-8B") == place
    assert place.name == "abc123"
