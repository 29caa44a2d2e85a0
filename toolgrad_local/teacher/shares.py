"""Which part of the machine each server of ours gets."""

import os

from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.errors import ConfigError
from toolgrad_local.teacher.hardware import gpu_names


def share_machine(profile: TeacherProfile, servers: int | None) -> list[dict[str, str]]:
    """The environment of each server; `servers` None: as many as the GPUs carry, one without a GPU.

    A single server is told nothing: it has the machine as it finds it. Raises ConfigError for more servers than there
    are GPUs or cores for.
    """
    gpus, need = visible_gpus(), gpus_of(profile)
    count = servers or max(1, len(gpus) // need)
    if count == 1:
        return [{}]
    if gpus:
        if count * need > len(gpus):
            raise ConfigError(
                f"--servers {count} takes {count * need} GPUs with {profile.name}, {need} a server; {len(gpus)} can be "
                f"seen here: at most {len(gpus) // need} fit"
            )
        return [{"CUDA_VISIBLE_DEVICES": ",".join(gpus[i * need : (i + 1) * need])} for i in range(count)]
    cores = sorted(os.sched_getaffinity(0))
    if count > len(cores):
        raise ConfigError(
            f"--servers {count} takes a core each, and there are {len(cores)}; leave it out, and one server has all"
        )
    return [share_cores(cores[len(cores) * i // count : len(cores) * (i + 1) // count]) for i in range(count)]


def share_cores(cores: list[int]) -> dict[str, str]:
    """The environment that keeps a server to these cores."""
    return {"VLLM_CPU_OMP_THREADS_BIND": ",".join(map(str, cores)), "OMP_NUM_THREADS": str(len(cores))}


def gpus_of(profile: TeacherProfile) -> int:
    """GPUs that one server takes."""
    serving = profile.serving
    return serving.tensor_parallel * serving.pipeline_parallel * serving.data_parallel


def visible_gpus() -> tuple[str, ...]:
    """The GPUs that a program started here may use, by number or UUID: CUDA_VISIBLE_DEVICES, else all."""
    names = gpu_names()
    outer = os.environ.get("CUDA_VISIBLE_DEVICES")
    if outer is None or not names:
        return tuple(str(number) for number in range(len(names)))
    listed = [part.strip() for part in outer.split(",")]
    end = next((place for place, part in enumerate(listed) if part in ("", "-1")), len(listed))
    return tuple(listed[:end])
