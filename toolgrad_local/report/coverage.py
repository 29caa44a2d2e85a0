"""How much of the catalog a run has offered, and how much of it was kept."""

from collections import Counter
from collections.abc import Sequence

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.data_model.base import Data
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.trajectory import Trajectory
from toolgrad_local.generation.assemble import deal_run_pools


class Reach(Data):
    """How many of a kind came how far."""

    catalog: int
    offered: int
    """In a pool of at least one step."""
    kept: int
    """Called in a workflow."""
    released: int
    """Called in a released sample."""


class DomainUse(Data):
    """Kept calls of a domain."""

    domain: str
    category: str
    tools: int
    """In the catalog."""
    tools_kept: int
    kept: int
    released: int
    """Those of the kept calls that are in released samples."""


class Coverage(Data):
    """Tools and domains of the catalog in a run."""

    tools: Reach
    domains: Reach
    by_domain: tuple[DomainUse, ...]
    """Domains with a kept call, most kept first."""


def measure_coverage(trajectories: Sequence[Trajectory], catalog: Catalog, config: RunConfig) -> Coverage:
    """Counts over all samples; a tool's calls are counted each time."""
    pools = deal_run_pools(catalog, config)
    offered = {name for pool in {step.pool for t in trajectories for step in t.steps} for name in pools[pool].tools}
    kept = Counter(link.call.tool for t in trajectories for link in t.workflow.links)
    released = Counter(link.call.tool for t in trajectories if t.rejected is None for link in t.workflow.links)
    sets = (set(catalog.tools), offered, set(kept), set(released))
    domains = [{catalog.tools[name].domain for name in names} for names in sets]
    uses = [
        DomainUse(
            domain=domain.name,
            category=domain.category,
            tools=len(domain.tools),
            tools_kept=len(kept.keys() & domain.tools.keys()),
            kept=sum(kept[name] for name in domain.tools),
            released=sum(released[name] for name in domain.tools),
        )
        for domain in catalog.domains
    ]
    return Coverage(
        tools=count_reach(sets),
        domains=count_reach(domains),
        by_domain=tuple(sorted((use for use in uses if use.kept), key=lambda use: (-use.kept, use.domain))),
    )


def count_reach(sets: Sequence[set[str]]) -> Reach:
    """The sizes of: catalog, offered, kept, released."""
    catalog, offered, kept, released = map(len, sets)
    return Reach(catalog=catalog, offered=offered, kept=kept, released=released)
