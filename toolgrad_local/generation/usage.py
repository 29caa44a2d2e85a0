"""How often a run offered each tool, proposed it and kept it."""

from collections import Counter
from pathlib import Path

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.assemble import deal_run_pools
from toolgrad_local.generation.folder import RunFolder
from toolgrad_local.generation.manifest import read_manifest
from toolgrad_local.generation.outputs import read_outputs


class ToolUsage(Data):
    """Counts over the steps of a run."""

    offered: int = 0
    proposed: int = 0
    kept: int = 0


def count_usage(run: Path, catalog: Catalog) -> dict[str, ToolUsage]:
    """Every tool of the catalog, in its order. Raises JournalError or ConfigError if there is no such run of it."""
    folder = RunFolder(run)
    folder.require()
    manifest = read_manifest(folder)
    if manifest.catalog != catalog.digest:
        raise ConfigError(
            f"{run} was made with catalog {manifest.catalog[:12]}, this is {catalog.digest[:12]}; "
            "name a run of this catalog"
        )
    pools = deal_run_pools(catalog, manifest.config)
    offered: Counter[str] = Counter()
    proposed: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for trajectory in read_outputs(folder).values():
        for step in trajectory.steps:
            offered.update(pools[step.pool].tools)
            proposed.update(proposal.tool for proposal in step.proposals)
        kept.update(link.call.tool for link in trajectory.workflow.links)
    return {name: ToolUsage(offered=offered[name], proposed=proposed[name], kept=kept[name]) for name in catalog.tools}
