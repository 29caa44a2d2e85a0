"""The exact vLLM command line and environment of a profile."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.teacher.hardware import core_count, resolve_dtype

SERVED_NAME = "teacher"
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_DO_NOT_TRACK": "1",
    "DO_NOT_TRACK": "1",
    "VLLM_HOST_IP": "127.0.0.1",
}
"""No hub, no telemetry, no version check, and no asking the route to a public address for this machine's own."""
PATIENCE = {"VLLM_REGEX_COMPILATION_TIMEOUT_S": "120"}
"""vLLM's 5 s for compiling a constraint are too short for a small processor that is busy decoding."""
PRELOADED = ("libiomp5.so", "libtcmalloc_minimal.so.4")
"""Libraries that make vLLM's CPU kernels faster, where the environment has them."""


@dataclass(frozen=True)
class ServerCommand:
    """What is started, without the secret key."""

    arguments: tuple[str, ...]
    environment: dict[str, str]
    """Added to our own environment."""


def build_command(profile: TeacherProfile, weights: Path, port: int, *, gpu: bool) -> ServerCommand:
    """The command that serves a profile on loopback."""
    serving = profile.serving
    arguments = [
        sys.executable,
        "-m",
        "vllm.entrypoints.openai.api_server",
        *("--model", str(weights)),
        *("--served-model-name", SERVED_NAME),
        *("--host", "127.0.0.1"),
        *("--port", str(port)),
        *("--max-model-len", str(serving.context)),
        *("--dtype", resolve_dtype(serving.dtype)),
        *("--max-num-seqs", str(serving.max_sequences)),
        *("--structured-outputs-config.backend", profile.backend),
        *("--generation-config", "vllm"),
        "--enable-prefix-caching",
        "--enable-prompt-tokens-details",
        "--disable-uvicorn-access-log",
    ]
    if profile.backend != "outlines":
        arguments += ["--structured-outputs-config.disable_any_whitespace", "true"]
    if profile.reasoning_parser:
        arguments += ["--reasoning-parser", profile.reasoning_parser]
    if serving.quantization:
        arguments += ["--quantization", serving.quantization]
    for flag, count in (
        ("--tensor-parallel-size", serving.tensor_parallel),
        ("--pipeline-parallel-size", serving.pipeline_parallel),
        ("--data-parallel-size", serving.data_parallel),
    ):
        if count > 1:
            arguments += [flag, str(count)]
    arguments += gpu_arguments(profile) if gpu else cpu_arguments(profile)
    environment = {**OFFLINE, **PATIENCE, **({} if gpu else cpu_environment(profile))}
    return ServerCommand((*arguments, *serving.extra_args), environment)


def gpu_arguments(profile: TeacherProfile) -> list[str]:
    """What only a GPU server takes."""
    return ["--gpu-memory-utilization", str(profile.serving.gpu_memory)]


def cpu_arguments(profile: TeacherProfile) -> list[str]:
    """What a CPU server needs: a prefill that is split kills the CPU engine when a request has a seed."""
    return [
        "--enforce-eager",
        "--no-enable-chunked-prefill",
        *("--max-num-batched-tokens", str(profile.serving.context)),
        *("--block-size", "32"),
    ]


def cpu_environment(profile: TeacherProfile) -> dict[str, str]:
    """All cores for the engine, and faster allocation and threading where the libraries are there."""
    found = [path for name in PRELOADED for path in (Path(sys.prefix) / "lib" / name,) if path.exists()]
    environment = {
        "VLLM_CPU_KVCACHE_SPACE": str(profile.serving.cpu_cache_gib),
        "VLLM_CPU_OMP_THREADS_BIND": ",".join(map(str, sorted(os.sched_getaffinity(0)))),
        "VLLM_CPU_NUM_OF_RESERVED_CPU": "0",
        "OMP_NUM_THREADS": str(core_count()),
    }
    if found:
        environment["LD_PRELOAD"] = ":".join(map(str, found))
    return environment
