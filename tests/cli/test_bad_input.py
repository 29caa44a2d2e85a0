"""What a person can get wrong on the command line: one clear line each, the right exit code, nothing lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
STYLES = "personas: [a nurse]\nsituations: [at home]\nlengths: [short]\nexplicitness: [plain]\n"
SCRIPTED = ("--teacher", "scripted", "--samples", 1, "--iterations", 1)


def check_line(outcome: Any, code: int, *parts: str) -> None:
    """Fails unless standard error is one `error:` line with these parts in order, and standard output is empty."""
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1
    place = 0
    for part in parts:
        assert part in outcome.err[place:], outcome.err
        place = outcome.err.index(part, place) + len(part)


def check_usage(outcome: Any, said: str) -> None:
    """Fails unless click explains the usage and ends with this error."""
    assert outcome.code == 2
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert lines[0].startswith("Usage: toolgrad-local")
    assert lines[-1] == f"Error: {said}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["generat"], "No such command 'generat'.", id="unknown command"),
        pytest.param(["generate"], "Missing option '--out'.", id="no folder"),
        pytest.param(
            ["generate", "--out", "x", "--sampels", 3],
            "No such option '--sampels'. Did you mean '--samples'?",
            id="option",
        ),
        pytest.param(
            ["generate", "--out", "x", "--samples", "ten"],
            "Invalid value for '--samples': 'ten' is not a valid integer.",
            id="no number",
        ),
        pytest.param(
            ["generate", "--out", "x", "--width", 0],
            "Invalid value for '--width': 0 is not in the range x>=1.",
            id="width",
        ),
        pytest.param(
            ["show", "x", "first"],
            "Invalid value for '[SAMPLE]': 'first' is not a valid integer.",
            id="no sample number",
        ),
        pytest.param(["replay", "x"], "Missing option '--out'.", id="replay without a folder"),
    ],
)
def test_a_usage_error_is_explained(command: Command, arguments: list[Any], said: str) -> None:
    check_usage(command(*arguments), said)


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        pytest.param(
            ["--teacher", "smollm2"],
            ["no teacher 'smollm2'", "did you mean 'smollm2-135m'?", "Known: ", "a .yaml file or a model folder"],
            id="unknown teacher",
        ),
        pytest.param([*SCRIPTED, "--samples", 0], ["--samples is 0", "greater than or equal to 1"], id="no samples"),
        pytest.param([*SCRIPTED, "--samples", 10**8], ["--samples is 100000000", "less than or equal"], id="samples"),
        pytest.param(
            [*SCRIPTED, "--iterations", 101], ["--iterations is 101", "less than or equal to 100"], id="steps"
        ),
        pytest.param([*SCRIPTED, "--seed", -1], ["--seed is -1", "greater than or equal to 0"], id="seed"),
        pytest.param([*SCRIPTED, "--seed", 2**31], ["--seed is 2147483648", "less than 2147483648"], id="large seed"),
        pytest.param(
            ["--teacher", "smollm2-135m", "--teacher-url", "http://192.0.2.1:8000/v1"],
            ["--teacher-url http://192.0.2.1:8000/v1", "not on this machine", "--allow-remote"],
            id="remote address",
        ),
        pytest.param(
            ["--teacher", "smollm2-135m", "--teacher-url", "http://models.example/v1"],
            ["--teacher-url http://models.example/v1", "not on this machine", "--allow-remote"],
            id="remote name",
        ),
        pytest.param(
            ["--teacher", "smollm2-135m", "--teacher-url", "http://127.0.0.1.evil.example/v1"],
            ["not on this machine", "--allow-remote"],
            id="remote name that looks local",
        ),
        pytest.param(
            ["--teacher", "smollm2-135m", "--teacher-url", "http://127.0.0.1@192.0.2.1/v1"],
            ["not on this machine", "--allow-remote"],
            id="remote behind a user name",
        ),
        pytest.param(
            ["--teacher", "smollm2-135m", "--teacher-url", "127.0.0.1:8000"],
            ["--teacher-url 127.0.0.1:8000", "no http address", "http://127.0.0.1:8000/v1"],
            id="no http",
        ),
        pytest.param(
            [*SCRIPTED, "--teacher-url", "http://127.0.0.1:8000/v1"],
            ["--teacher-url", "scripted", "leave it out"],
            id="an address for the scripted teacher",
        ),
        pytest.param([*SCRIPTED, "--servers", 2], ["--servers", "scripted", "leave it out"], id="scripted servers"),
        pytest.param(
            ["--teacher", "smollm2-135m", "--servers", 2, "--teacher-url", "http://127.0.0.1:8000/v1"],
            ["--servers starts servers", "--teacher-url names some", "leave one of them out"],
            id="servers of both kinds",
        ),
        pytest.param(
            ["--teacher", "smollm2-135m", "--servers", 9999], ["--servers 9999 takes"], id="more servers than fit"
        ),
        pytest.param(
            [
                *("--teacher", "smollm2-135m", "--teacher-url", "http://127.0.0.1:8000/v1"),
                *("--teacher-url", "http://localhost:8000/v1/"),
            ],
            ["http://localhost:8000/v1/ is given twice", "(as http://127.0.0.1:8000/v1)", "name each server once"],
            id="an address twice",
        ),
    ],
)
def test_a_bad_setting_is_one_line_with_place_value_and_remedy(
    command: Command, tmp_path: Path, options: list[Any], parts: list[str]
) -> None:
    check_line(command("generate", "--out", tmp_path / "run", *options), 2, *parts)
    assert not (tmp_path / "run").exists()


def test_keys_have_to_be_as_many_as_servers(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLGRAD_TEACHER_KEY", "a,b,c")
    urls = [part for port in (8000, 8001) for part in ("--teacher-url", f"http://127.0.0.1:{port}/v1")]
    outcome = command("generate", "--teacher", "smollm2-135m", "--out", tmp_path / "run", *urls)
    check_line(outcome, 2, "TOOLGRAD_TEACHER_KEY holds 3 keys for 2 servers", "one for all, or one for each")
    assert not (tmp_path / "run").exists()


def test_fewer_samples_than_the_width_is_no_mistake(command: Command, tmp_path: Path) -> None:
    outcome = command("generate", "--out", tmp_path / "run", *SCRIPTED, "--width", 500)
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("sampels: 3\n", ["settings.yaml: unknown setting sampels", "docs/configuration.md"], id="key"),
        pytest.param("loop: {steps: 3}\n", ["unknown setting loop.steps", "docs/configuration.md"], id="nested key"),
        pytest.param("samples: 0\n", ["settings.yaml: samples is 0", "greater than or equal to 1"], id="value"),
        pytest.param("samples: many\n", ["settings.yaml: samples is 'many'", "valid integer"], id="type"),
        pytest.param("loop: {proposals: 10}\n", ["loop.proposals is 10", "less than or equal to 9"], id="nested value"),
        pytest.param(
            "loop: {inverse_predict: never}\n", ["loop.inverse_predict is 'never'", "'each' or 'final'"], id="word"
        ),
        pytest.param("loop: 3\n", ["settings.yaml: loop is 3"], id="no mapping inside"),
        pytest.param("1: 2\n", ["settings.yaml: "], id="a number as a key"),
        pytest.param("samples: [\n", ["--config ", "settings.yaml is no YAML", "line 2"], id="bad YAML"),
        pytest.param("just words\n", ["settings.yaml holds no settings", "keys such as samples"], id="no mapping"),
        pytest.param("", ["settings.yaml holds no settings", "keys such as samples"], id="empty"),
        pytest.param("samples: \udcff\n", ["settings.yaml is no YAML"], id="no UTF-8"),
    ],
)
def test_a_bad_config_file_is_one_line_with_place_value_and_remedy(
    command: Command, tmp_path: Path, text: str, parts: list[str]
) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    outcome = command(
        "generate", "--out", tmp_path / "run", "--config", file, "--teacher", "scripted", "--iterations", 2
    )
    check_line(outcome, 2, *parts)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("name", "said"), [("none.yaml", "No such file"), (".", "Is a directory")])
def test_a_config_file_that_cannot_be_read_is_named(command: Command, tmp_path: Path, name: str, said: str) -> None:
    outcome = command("generate", "--out", tmp_path / "run", *SCRIPTED, "--config", tmp_path / name)
    check_line(outcome, 2, f"--config {tmp_path / name} cannot be read", said, "name a YAML file")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param(None, ["cannot be read: No such file", "name a YAML file, or off"], id="no file"),
        pytest.param("tones: [\n", ["is no YAML", "line 2"], id="bad YAML"),
        pytest.param("just words\n", ["the whole: ", "it takes the lists personas, situations"], id="no mapping"),
        pytest.param("tones: [brisk]\n", ["personas: field required", "it takes the lists"], id="a list is missing"),
        pytest.param(f"{STYLES}tones: []\n", ["tones: ", "at least 1 item", "it takes the lists"], id="an empty list"),
        pytest.param(f"{STYLES}tones: brisk\n", ["tones: ", "valid tuple", "it takes the lists"], id="no list"),
        pytest.param(f"{STYLES}tones: [brisk]\nmoods: [bad]\n", ["moods: extra inputs"], id="a list too many"),
    ],
)
def test_a_bad_file_of_styles_is_one_line_with_file_and_key(
    command: Command, tmp_path: Path, text: str | None, parts: list[str]
) -> None:
    file = tmp_path / "styles.yaml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    outcome = command("generate", "--out", tmp_path / "run", *SCRIPTED, "--styles", file)
    check_line(outcome, 2, f"--styles {file}", *parts)
    assert not (tmp_path / "run").exists()


def test_the_command_line_wins_over_the_file(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text("teacher: scripted\nsamples: 9\nseed: 5\nloop: {iterations: 9, proposals: 2}\n")
    outcome = command("generate", "--out", tmp_path / "run", "--config", file, "--samples", 2, "--iterations", 1)
    assert outcome.code == 0, outcome.err
    config = json.loads((tmp_path / "run" / "manifest.json").read_text())["config"]
    assert (config["samples"], config["seed"]) == (2, 5)
    assert (config["loop"]["iterations"], config["loop"]["proposals"]) == (1, 2)


def test_an_out_that_is_a_file_is_refused(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    check_line(command("generate", "--out", file, *SCRIPTED), 2, f"--out {file} is a file", "name a folder")
    assert file.read_text() == "mine"


def test_an_out_below_a_file_is_refused(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    check_line(command("generate", "--out", file / "run", *SCRIPTED), 1, str(file), "Not a directory")


def test_an_out_with_other_things_in_it_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    check_line(command("generate", "--out", tmp_path, *SCRIPTED), 2, f"--out {tmp_path} is not empty", "name a new one")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_another_config_on_a_run_folder_names_the_fields(command: Command, scripted_run: Callable[..., Path]) -> None:
    folder = scripted_run(samples=1, iterations=1, seed=7)
    before = (folder / "manifest.json").read_bytes()
    options = ("--teacher", "scripted", "--samples", 2, "--iterations", 3, "--seed", 7)
    outcome = command("generate", "--out", folder, *options)
    parts = ["made under another config", "config.samples is 1 in the folder, 2 now", "config.loop.iterations is 1"]
    check_line(outcome, 1, *parts, "choose a new --out")
    assert "seed" not in outcome.err
    assert (folder / "manifest.json").read_bytes() == before


@pytest.mark.parametrize(
    "words", [["generate", "--out"], ["verify"], ["show"], ["summary"], ["audit"], ["replay", "--out", "new"]]
)
@pytest.mark.parametrize(
    ("manifest", "parts"),
    [
        pytest.param({"format": 99}, ["run folder of format 99", "knows format 2", "in a new folder"], id="format"),
        pytest.param({"format": 1}, ["run folder of format 1", "knows format 2"], id="an older format"),
        pytest.param({"format": 2}, ["manifest.json is damaged at config", "restore it from a copy"], id="fields"),
        pytest.param([], ["manifest.json is damaged", "restore it from a copy"], id="no object"),
    ],
)
def test_a_run_folder_that_cannot_be_read_is_refused_by_every_command(
    command: Command, tmp_path: Path, words: list[str], manifest: Any, parts: list[str]
) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    options = SCRIPTED if words[0] == "generate" else ()
    check_line(command(*words, tmp_path, *options), 1, *parts)


@pytest.mark.parametrize(
    "words", [["verify"], ["show"], ["show", 0], ["summary"], ["audit"], ["replay", "--out", "new"]]
)
def test_a_folder_that_is_no_run_is_refused(command: Command, tmp_path: Path, words: list[Any]) -> None:
    first, *rest = words
    outcome = command(first, tmp_path / "nothing", *rest)
    check_line(outcome, 2, f"{tmp_path / 'nothing'} is no run folder", "manifest.json", "name one")


def test_a_sample_that_is_not_there_is_named_with_those_that_are(
    command: Command, scripted_run: Callable[..., Path]
) -> None:
    folder = scripted_run(samples=2, iterations=1)
    check_line(command("show", folder, 7), 2, f"{folder} has no finished sample 7", "it has 2", "[0, 1]")


def test_a_damaged_record_is_named_with_the_way_to_rebuild_it(
    command: Command, scripted_run: Callable[..., Path], tmp_path: Path
) -> None:
    folder = scripted_run(samples=2, iterations=2)
    path = max((folder / "workflows.jsonl", folder / "rejected.jsonl"), key=lambda file: file.stat().st_size)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 4])
    check_line(command("show", folder), 1, f"{path.name}:1 of {folder} is damaged", "replay")
    assert command("verify", folder).code == 1
    assert command("replay", folder, "--out", tmp_path / "rebuilt").code == 0
    assert (tmp_path / "rebuilt" / path.name).read_bytes() == whole


def test_replaying_into_a_run_folder_is_refused(command: Command, scripted_run: Callable[..., Path]) -> None:
    folder = scripted_run(samples=1, iterations=1)
    check_line(
        command("replay", folder, "--out", folder), 2, f"--out {folder} is a run folder already", "name a new one"
    )


def test_a_server_that_does_not_answer_is_named(command: Command, tmp_path: Path) -> None:
    options = ("--teacher", "smollm2-135m", "--teacher-url", "http://127.0.0.1:9/v1", "--samples", 1)
    outcome = command("generate", "--out", tmp_path / "run", *options)
    assert outcome.code == 1
    assert outcome.err.splitlines()[-1].startswith(
        "error: no OpenAI-compatible server answers at http://127.0.0.1:9/v1"
    )
