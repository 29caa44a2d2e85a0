"""Which packages a target needs, each at one version: the CPU lock, or what pip resolves."""

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from toolgrad_local.bundle.layout import Target
from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import BundleError

MISSING = re.compile(r"No matching distribution found for (\S+)")
"""What pip says of a package that has only a source, or none."""


class Pin(Data):
    """One package at one version."""

    name: str
    """As packaging canonicalizes it."""
    version: str

    @property
    def text(self) -> str:
        """As pip takes it."""
        return f"{self.name}=={self.version}"


def read_lock(path: Path, target: Target) -> list[Pin]:
    """The pins of a complete list that hold for the target. Raises BundleError for a line that pins nothing."""
    lines = [line.split(" #")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()]
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    environment = {
        "platform_machine": target.machine,
        "python_version": target.python,
        "python_full_version": f"{target.python}.0",
    }
    chosen = [one for one in requirements if one.marker is None or one.marker.evaluate(environment)]
    return [read_pin(one, path) for one in chosen]


def read_pin(requirement: Requirement, path: Path) -> Pin:
    """The one version of a requirement."""
    versions = [specifier.version for specifier in requirement.specifier if specifier.operator == "=="]
    if len(versions) != 1:
        raise BundleError(f"{path}: {requirement} is not pinned; write {requirement.name}==VERSION")
    return Pin(name=canonicalize_name(requirement.name), version=versions[0])


def resolve(target: Target, *wanted: str) -> list[Pin]:
    """What pip would install for the target; `wanted` are its arguments. Nothing is downloaded but metadata.

    pip reads the conditions in metadata (`python_version < "3.12"`) for the machine and the Python that it runs on, so
    these have to be like the target's. Raises BundleError otherwise, and with pip's last line when it fails.
    """
    here = f"{platform.system()} {platform.machine()} Python {sys.version_info[0]}.{sys.version_info[1]}"
    there = f"Linux {target.machine} Python {target.python}"
    if here != there:
        raise BundleError(
            f"the target is {there}, this is {here}: pip cannot say from here what {target.accel} needs there; "
            f"run make bundle PYTHON=python{target.python} on a machine like the target"
        )
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--dry-run", "--ignore-installed", "--quiet", "--target", folder, "--report", str(report)]
        run_resolver(["install", *options, *target.pip_options, *wanted], Path(folder) / "built")
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    metadata = [entry["metadata"] for entry in found]
    if target.accel == "cuda" and any(one["version"].endswith("+cpu") for one in metadata):
        raise BundleError("pip's settings here prefer a CPU build of torch; run it without that index or find-links")
    return [Pin(name=canonicalize_name(one["name"]), version=one["version"].partition("+")[0]) for one in metadata]


def run_resolver(arguments: list[str], built: Path) -> None:
    """Runs pip; what it finds no wheel of is built into a folder for it to find."""
    built.mkdir()
    lacking: set[str] = set()
    while True:
        try:
            return run_pip("resolve", [*arguments, "--find-links", str(built)])
        except BundleError as error:
            found = MISSING.search(str(error))
            if found is None or found[1] in lacking:
                raise
            lacking.add(found[1])
            run_pip(f"build {found[1]}", ["wheel", "--no-deps", "--quiet", "--wheel-dir", str(built), found[1]])


def run_pip(purpose: str, arguments: list[str], temporary: Path | None = None) -> None:
    """By the user's own settings. Raises BundleError with pip's last line."""
    options = ["--disable-pip-version-check", "--no-input"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments, *options],
        env=os.environ | ({"TMPDIR": str(temporary)} if temporary else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.strip().splitlines() if line.startswith("ERROR")]
        raise BundleError(
            f"pip cannot {purpose}: {said[-1] if said else done.stderr.strip()[-200:] or 'it said nothing'}"
        )
