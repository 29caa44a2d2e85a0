"""The exact command line of every profile, as far as one can go without its hardware."""

from pathlib import Path

import pytest

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.teacher.command import build_command
from toolgrad_local.teacher.hardware import resolve_dtype
from toolgrad_local.teacher.profiles import list_profiles

GOLDEN = Path(__file__).parent / "golden"


def show_command(profile: TeacherProfile) -> str:
    """The GPU command of a profile, a flag and its value a line."""
    command = build_command(profile, Path("/weights") / profile.name, 8000, gpu=True)
    lines: list[str] = []
    for argument in command.arguments[1:]:
        if argument.startswith("-") or not lines:
            lines.append(argument)
        else:
            lines[-1] += f" {argument}"
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("profile", list_profiles(), ids=lambda profile: profile.name)
def test_the_gpu_command_of_each_profile_is_the_golden_one(
    profile: TeacherProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolgrad_local.teacher.hardware.gpu_names", lambda: ("NVIDIA H100",))
    assert show_command(profile) == (GOLDEN / f"{profile.name}.txt").read_text()


@pytest.mark.parametrize("profile", list_profiles(), ids=lambda profile: profile.name)
def test_no_command_carries_a_key_or_binds_beyond_loopback(profile: TeacherProfile) -> None:
    for gpu in (True, False):
        command = build_command(profile, Path("/weights"), 8000, gpu=gpu)
        assert "--api-key" not in command.arguments
        assert command.arguments[command.arguments.index("--host") + 1] == "127.0.0.1"
        assert command.environment["HF_HUB_OFFLINE"] == "1"
        assert command.environment["VLLM_NO_USAGE_STATS"] == "1"


def test_a_cpu_server_never_splits_a_prefill() -> None:
    profile = next(profile for profile in list_profiles() if profile.name == "smollm2-135m")
    arguments = build_command(profile, Path("/weights"), 8000, gpu=False).arguments
    assert "--no-enable-chunked-prefill" in arguments
    assert arguments[arguments.index("--max-num-batched-tokens") + 1] == str(profile.serving.context)


@pytest.mark.parametrize(
    ("flags", "dtype"),
    [
        pytest.param({"avx2"}, "float32", id="bfloat16 is emulated"),
        pytest.param({"avx2", "avx512f", "avx512_bf16"}, "bfloat16", id="AVX-512 bf16"),
        pytest.param({"avx2", "amx_bf16"}, "bfloat16", id="AMX"),
    ],
)
def test_auto_computes_in_what_the_processor_is_fast_at(
    flags: set[str], dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolgrad_local.teacher.hardware.gpu_names", lambda: ())
    monkeypatch.setattr("toolgrad_local.teacher.hardware.cpu_flags", lambda: frozenset(flags))
    assert resolve_dtype("auto") == dtype
    assert resolve_dtype("float16") == "float16"
