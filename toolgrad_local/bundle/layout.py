"""What a bundle is for and how its archive is laid out; `install.py` has the rest of the layout, since it travels."""

from typing import Literal

from toolgrad_local.data_model.base import Data

Accel = Literal["cpu", "cuda"]
EMBEDDINGS, TEACHER = "embeddings/", "teacher/"
"""Prefixes of the archive's members."""
NEWEST_COMMON_GLIBC, NEWEST_GLIBC, OLDEST_GLIBC = 28, 39, 5
"""Minor versions. Wheels for an older system are preferred; newer than 2.28 only what has nothing older."""
LEGACY = {"x86_64": ("manylinux2014", "manylinux2010", "manylinux1"), "aarch64": ("manylinux2014",)}
OLDEST_FOR = {"x86_64": OLDEST_GLIBC, "aarch64": 17}


class Target(Data):
    """The machine that a bundle is for: Linux with glibc."""

    accel: Accel
    machine: str
    """x86_64 or aarch64."""
    python: str
    """3.11"""

    @property
    def slug(self) -> str:
        """For names of files and folders."""
        return f"{self.accel}-{self.machine}-py{self.python.replace('.', '')}"

    @property
    def platforms(self) -> list[str]:
        """Platform tags of the wheels that it takes, the best first."""
        oldest = OLDEST_FOR[self.machine]
        minors = [*range(NEWEST_COMMON_GLIBC, oldest - 1, -1), *range(NEWEST_COMMON_GLIBC + 1, NEWEST_GLIBC + 1)]
        names = [f"manylinux_2_{minor}" for minor in minors]
        return [f"{name}_{self.machine}" for name in (*names, *LEGACY[self.machine], "linux")]

    @property
    def pip_options(self) -> list[str]:
        """Has pip look for the target's wheels, whatever it runs on."""
        chosen = ["--only-binary=:all:", "--implementation", "cp", "--python-version", self.python]
        return chosen + [option for platform in self.platforms for option in ("--platform", platform)]


class CarriedTeacher(Data):
    """The teacher in a bundle."""

    name: str
    kind: Literal["embedded", "folder", "hub", "none"]
    """embedded: one GGUF file, converted on the other side. folder, hub: a model folder as it is. none: no teacher."""
    hub_name: str = ""
    """Of a teacher that comes out of the local Hugging Face cache."""
    revision: str | None = None
    """Of the same: the name of its snapshot."""
