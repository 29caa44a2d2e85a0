"""A finished run of the scripted teacher, made once, with released and rejected samples."""

import asyncio
import shutil
from pathlib import Path

import pytest

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.run_config import LoopSettings, RunConfig
from toolgrad_local.generation.claim import claim_folder
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.generate import generate as generate_run
from toolgrad_local.generation.generate import open_scripted
from toolgrad_local.generation.meter import Meter
from toolgrad_local.generation.stopping import StopRequest

CONFIG = RunConfig(samples=6, seed=11, teacher="scripted", styles=None, loop=LoopSettings(iterations=4, pool_size=30))


@pytest.fixture(scope="session")
def finished_run(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """The run; tests only read it."""
    folder = RunFolder(tmp_path_factory.mktemp("finished") / "run")
    asyncio.run(make_run(folder, catalog))
    return folder


@pytest.fixture
def own_run(finished_run: RunFolder, tmp_path: Path) -> RunFolder:
    """A copy to be damaged."""
    shutil.copytree(finished_run.root, tmp_path / "run")
    return RunFolder(tmp_path / "run")


async def make_run(folder: RunFolder, catalog: Catalog) -> None:
    """Generate."""
    claim_folder(folder, CONFIG, None, None, catalog)
    meter = Meter(CONFIG.samples, CONFIG.loop)
    await generate_run(folder, CONFIG, None, catalog, open_scripted, 4, meter, StopRequest(lambda line: None))
