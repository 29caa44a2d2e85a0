"""Chat templates: which show tools, which do not, and what they say of the format of calls."""

from pathlib import Path

import pytest

from toolgrad_local.assets import asset_folder
from toolgrad_local.errors import ConfigError
from toolgrad_local.evaluation.calls.table import find_call_format
from toolgrad_local.evaluation.subject import Trained, open_subject, read_training
from toolgrad_local.evaluation.template import find_template, require_tools, takes_parallel_calls

HERMES = (asset_folder("models") / "chat_templates" / "hermes.jinja").read_text(encoding="utf-8")
PLAIN = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
ONE_CALL = (
    "{{ tools | tojson }}{% for m in messages %}{% if m.tool_calls %}{% if m.tool_calls | length > 1 %}"
    "{{ raise_exception('one call only') }}{% endif %}{{ m.tool_calls[0] | tojson }}{% endif %}{{ m.content }}"
    "{% endfor %}"
)


def test_a_template_has_to_show_tools_and_results() -> None:
    require_tools(HERMES, "m")
    require_tools(ONE_CALL, "m")
    with pytest.raises(
        ConfigError, match=r"of m does not show the tools that it is given; name one with --chat-template"
    ):
        require_tools(PLAIN, "m")
    with pytest.raises(ConfigError, match="does not show the results of calls"):
        require_tools("{{ tools | tojson }}{{ messages[0].content }}", "m")
    with pytest.raises(ConfigError, match="takes no tools"):
        require_tools("{{ raise_exception('no tools here') }}", "m")


def test_whether_a_turn_may_have_several_calls_is_tried() -> None:
    assert takes_parallel_calls(HERMES)
    assert not takes_parallel_calls(ONE_CALL)


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        pytest.param("<tool_call>", "hermes", id="qwen, hermes"),
        pytest.param("[TOOL_CALLS]", "mistral", id="mistral"),
        pytest.param("<|python_tag|>", "json", id="llama 3.1"),
        pytest.param('{"name": function name, "parameters": …}', "json", id="llama 3.2"),
        pytest.param("<|python_start|>", "pythonic", id="llama 4"),
    ],
)
def test_the_format_of_calls_is_found_from_the_template(sign: str, name: str) -> None:
    assert find_call_format(f"… {sign} …", "m") == name


@pytest.mark.parametrize("template", [PLAIN, "<tool_call>{name}<arg_key>", "<|channel|>"])
def test_a_format_that_is_not_known_has_to_be_named(template: str) -> None:
    with pytest.raises(
        ConfigError, match="name it with --calls: hermes, mistral, json, pythonic; or use --constrained"
    ):
        find_call_format(template, "m")


def test_a_template_is_the_models_own_a_bundled_one_or_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"{tmp_path.name} has no chat template"):
        find_template(None, tmp_path)
    (tmp_path / "tokenizer_config.json").write_text(
        '{"chat_template": [{"name": "default", "template": "a"}, {"name": "tool_use", "template": "b"}]}'
    )
    assert find_template(None, tmp_path) == ("b", None)
    (tmp_path / "chat_template.jinja").write_text("c")
    assert find_template(None, tmp_path) == ("c", None)
    assert find_template("hermes", tmp_path)[0] == HERMES
    assert find_template(str(tmp_path / "chat_template.jinja"), tmp_path)[0] == "c"
    with pytest.raises(
        ConfigError, match=r"--chat-template chatml is neither a file nor bundled \(gemma, hermes, llama-3\)"
    ):
        find_template("chatml", tmp_path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that passes for a model."""
    monkeypatch.setenv("TOOLGRAD_HOME", str(tmp_path / "home"))
    made = tmp_path / "trained"
    made.mkdir()
    (made / "config.json").write_text('{"max_position_embeddings": 4096}')
    (made / "chat_template.jinja").write_text(PLAIN)
    return made


def test_a_model_without_tools_in_its_template_can_be_held_to_a_schema(folder: Path) -> None:
    with pytest.raises(ConfigError, match="does not show the tools"):
        open_subject(str(folder), None, None, constrained=False)
    assert open_subject(str(folder), None, None, constrained=True).calls == "constrained"
    served = open_subject(str(folder), "hermes", None, constrained=False)
    assert (served.calls, served.parallel, served.trained) == ("hermes", True, ())
    assert served.profile.serving.extra_args[0] == "--chat-template"
    with pytest.raises(ConfigError, match="--calls hermes does not go with --constrained"):
        open_subject(str(folder), None, "hermes", constrained=True)


def test_what_a_model_was_trained_on_is_read_from_its_folder(folder: Path) -> None:
    assert read_training(folder) == ()
    alone = '{"digest": "d", "groups": ["w000001"], "rows": 3}'
    (folder / "training.json").write_text(f'{{"base": "x", "data": {alone}}}')
    assert read_training(folder) == (Trained(digest="d", groups=frozenset({"w000001"})),)
    several = '{"digest": "all", "groups": [], "sources": [{"digest": "d", "run": "r", "groups": ["w000001"]}]}'
    (folder / "training.json").write_text(f'{{"data": {several}}}')
    assert read_training(folder) == (Trained(digest="d", run="r", groups=frozenset({"w000001"})),)
    (folder / "training.json").write_text("[]")
    with pytest.raises(ConfigError, match=r"training.json is no training record"):
        read_training(folder)
