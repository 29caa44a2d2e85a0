"""What this machine computes with, as far as serving a teacher depends on it."""

import os
import platform
import shutil
import subprocess
from functools import cache
from pathlib import Path

from toolgrad_local.data_model.profile import Dtype


@cache
def gpu_names() -> tuple[str, ...]:
    """The NVIDIA GPUs that the driver lists; empty without a driver."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return ()
    listed = subprocess.run(
        [tool, "--query-gpu=name", "--format=csv,noheader"], capture_output=True, text=True, timeout=30, check=False
    )
    return tuple(line.strip() for line in listed.stdout.splitlines() if line.strip()) if listed.returncode == 0 else ()


@cache
def cpu_flags() -> frozenset[str]:
    """The processor's features by their Linux names; empty where there is no /proc/cpuinfo."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return frozenset()
    return frozenset(next((line for line in lines if line.startswith("flags")), "").partition(":")[2].split())


def core_count() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))


def resolve_dtype(dtype: Dtype) -> str:
    """The type that is computed in: for `auto`, bfloat16 only where it is not emulated.

    On a processor without AVX-512 bf16 or AMX a float32 product of 8 rows and more runs 2 to 7 times as
    fast as a bfloat16 one (measured in benchmarks/README.md).
    """
    if dtype != "auto":
        return dtype
    fast = bool(gpu_names()) or bool(cpu_flags() & {"avx512_bf16", "amx_bf16", "amx_tile"})
    return "bfloat16" if fast or not cpu_flags() else "float32"


def describe_hardware() -> dict[str, str]:
    """What a manifest says of the machine."""
    fast = sorted(cpu_flags() & {"avx2", "avx512f", "avx512_bf16", "amx_bf16"})
    return {
        "cpu": f"{platform.machine()} {' '.join(fast)}".strip(),
        "cores": str(core_count()),
        "gpus": ", ".join(gpu_names()) or "none",
    }
