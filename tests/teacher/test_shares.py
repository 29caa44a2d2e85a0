"""Which part of the machine each server of ours gets."""

import os

import pytest

from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.profiles import load_profile
from toolgrad_local.teacher.shares import share_machine, visible_gpus

ONE_GPU, TWO_GPUS, FOUR_GPUS = "qwen3-8b", "qwen3-32b", "llama-3.3-70b"


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six GPUs, and nothing said about them outside."""
    monkeypatch.setattr("toolgrad_local.teacher.shares.gpu_names", lambda: ("H100",) * 6)
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)


@pytest.fixture
def cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """No GPU, and five cores."""
    monkeypatch.setattr("toolgrad_local.teacher.shares.gpu_names", lambda: ())
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {1, 2, 4, 8, 9})


@pytest.mark.parametrize(
    ("teacher", "servers", "devices"),
    [
        pytest.param(ONE_GPU, None, ["0", "1", "2", "3", "4", "5"], id="one GPU a server: a server each"),
        pytest.param(TWO_GPUS, None, ["0,1", "2,3", "4,5"], id="two a server"),
        pytest.param(TWO_GPUS, 2, ["0,1", "2,3"], id="fewer than fit"),
        pytest.param(FOUR_GPUS, None, [None], id="only one fits: it has the machine as it is"),
        pytest.param(ONE_GPU, 1, [None], id="one is wanted"),
    ],
)
def test_each_server_has_gpus_of_its_own(
    gpus: None, teacher: str, servers: int | None, devices: list[str | None]
) -> None:
    shares = share_machine(load_profile(teacher), servers)
    assert [share.get("CUDA_VISIBLE_DEVICES") for share in shares] == devices


def test_what_is_set_outside_is_respected(gpus: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "5, GPU-ab12,3")
    assert visible_gpus() == ("5", "GPU-ab12", "3")
    shares = share_machine(load_profile(ONE_GPU), None)
    assert [share["CUDA_VISIBLE_DEVICES"] for share in shares] == ["5", "GPU-ab12", "3"]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    assert visible_gpus() == ()


def test_more_servers_than_gpus_are_refused(gpus: None) -> None:
    with pytest.raises(ConfigError, match=r"--servers 4 takes 8 GPUs with qwen3-32b, 2 a server; 6 .* at most 3 fit"):
        share_machine(load_profile(TWO_GPUS), 4)


def test_without_a_gpu_there_is_one_server_unless_more_are_asked_for(cores: None) -> None:
    profile = load_profile("smollm2-135m")
    assert share_machine(profile, None) == [{}]
    assert share_machine(profile, 2) == [
        {"VLLM_CPU_OMP_THREADS_BIND": "1,2", "OMP_NUM_THREADS": "2"},
        {"VLLM_CPU_OMP_THREADS_BIND": "4,8,9", "OMP_NUM_THREADS": "3"},
    ]
    with pytest.raises(ConfigError, match="--servers 6 takes a core each, and there are 5"):
        share_machine(profile, 6)
