"""The kind of machine that figures come from."""

from pathlib import Path

from toolgrad_local.teacher.hardware import core_count, describe_hardware


def describe_machine() -> dict[str, str]:
    """Processor, cores that this process may use, GPUs."""
    hardware = describe_hardware()
    return {
        "processor": f"{processor_name()} ({hardware['cpu']})",
        "cores": str(core_count()),
        "gpus": hardware["gpus"],
    }


def processor_name() -> str:
    """As Linux names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return "unknown processor"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown processor"
    )
