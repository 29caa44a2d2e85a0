"""A run that was cut short anywhere ends in the same bytes as one that was not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.cli.main import main
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.errors import JournalError
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate as generate_run
from toolgrad_local.generation.generate import open_scripted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.stopping import StopRequest
from toolgrad_local.journal.lock import hold_lock
from toolgrad_local.journal.store import Journal

CONFIG = RunConfig(samples=6, seed=11, teacher="scripted", styles=None, loop=LoopSettings(iterations=4, pool_size=30))
RunUntilDeath = Callable[[RunFolder, RunConfig, Catalog, int], Awaitable[None]]
ARGUMENTS = [
    "generate",
    "--teacher",
    "scripted",
    "--samples",
    "6",
    "--iterations",
    "4",
    "--seed",
    "11",
    "--styles",
    "off",
]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="module")
def uninterrupted(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder(tmp_path_factory.mktemp("whole") / "run")
    asyncio.run(run(folder, catalog))
    return folder


async def run(folder: RunFolder, catalog: Catalog, width: int = 4) -> None:
    claim_folder(folder, CONFIG, None, None, catalog)
    meter = Meter(CONFIG.samples, CONFIG.loop)
    await generate_run(folder, CONFIG, None, catalog, open_scripted, width, meter, StopRequest(lambda line: None))


@pytest.mark.parametrize("lives", [0, 1, 2, 5, 9, 17, 30, 48, 70, 95, 120])
async def test_a_run_cut_short_after_any_number_of_replies_ends_in_the_same_bytes(
    lives: int, catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path, run_until_death: RunUntilDeath
) -> None:
    folder = RunFolder(tmp_path / "run")
    await run_until_death(folder, CONFIG, catalog, lives)
    await run(folder, catalog)
    assert folder.workflows.read_bytes() == uninterrupted.workflows.read_bytes()
    assert folder.rejected.read_bytes() == uninterrupted.rejected.read_bytes()


@pytest.mark.parametrize("width", [1, 2, 6, 50])
async def test_the_bytes_do_not_depend_on_width(
    width: int, catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    await run(folder, catalog, width)
    assert folder.workflows.read_bytes() == uninterrupted.workflows.read_bytes()


async def test_a_resumed_run_asks_nothing_twice(
    catalog: Catalog, uninterrupted: RunFolder, tmp_path: Path, run_until_death: RunUntilDeath
) -> None:
    folder = RunFolder(tmp_path / "run")
    await run_until_death(folder, CONFIG, catalog, 40)
    await run(folder, catalog)
    whole = Journal(uninterrupted.journal, read_only=True)
    resumed = Journal(folder.journal, read_only=True)
    assert sum(1 for _ in resumed.replies()) == sum(1 for _ in whole.replies())
    whole.close()
    resumed.close()


def test_a_finished_run_is_left_alone(uninterrupted: RunFolder) -> None:
    before = uninterrupted.workflows.stat().st_mtime_ns
    done = CliRunner().invoke(
        main, [*ARGUMENTS, "--config", str(write_config(uninterrupted)), "--out", str(uninterrupted.root)]
    )
    assert done.exit_code == 0, done.output
    assert "finished already" in done.output
    assert uninterrupted.workflows.stat().st_mtime_ns == before


def test_two_first_starts_cannot_both_write_a_manifest(tmp_path: Path, catalog: Catalog) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.prepare()
    with hold_lock(folder.journal), pytest.raises(JournalError, match="in use by another process"):
        claim_folder(folder, CONFIG, None, None, catalog)
    assert not folder.manifest.exists()
    assert claim_folder(folder, CONFIG, None, None, catalog) is False
    before = folder.manifest.read_bytes()
    with hold_lock(folder.journal), pytest.raises(JournalError, match="in use by another process"):
        claim_folder(folder, CONFIG.model_copy(update={"seed": 12}), None, None, catalog)
    with pytest.raises(JournalError, match="seed is 11 in the folder, 12 now"):
        claim_folder(folder, CONFIG.model_copy(update={"seed": 12}), None, None, catalog)
    assert folder.manifest.read_bytes() == before


def test_a_second_process_on_a_run_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    folder = RunFolder(tmp_path / "run")
    claim_folder(folder, CONFIG, None, None, catalog)
    first = Journal(folder.journal)
    with pytest.raises(JournalError, match="in use by another process"):
        Journal(folder.journal)
    first.close()
    Journal(folder.journal).close()


def write_config(folder: RunFolder) -> Path:
    """A config file with the settings that have no option."""
    path = folder.root.parent / "config.yaml"
    path.write_text("loop: {pool_size: 30}")
    return path
