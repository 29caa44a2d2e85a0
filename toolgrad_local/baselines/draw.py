"""Draws the tools that a query is written for."""

from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.readiness import entities_in, find_openings, is_ready
from toolgrad_local.catalog.sampler import Pool
from toolgrad_local.seeding import derive_seed, shuffle

MOST_TOOLS = 5


def draw_tools(catalog: Catalog, pool: Pool, seed: int, sample: int) -> tuple[str, ...]:
    """One to five tools of the pool, in an order in which they can be called: none before one whose result declares the
    ids that it requires.

    Like ToolBench, which draws from one tool or one category, it draws such as belong together: of the first one's
    domain, or able to use what an earlier one gives. Others only if the pool has no more of these.
    """
    count = 1 + derive_seed(seed, "tools", sample) % MOST_TOOLS
    left = shuffle(pool.tools, seed, "draw", sample)
    drawn: list[str] = []
    given: frozenset[str] = frozenset()
    while left and len(drawn) < count:
        ready = [name for name in left if is_ready(catalog.tools[name], given)]
        near = [name for name in ready if drawn and is_near(catalog, name, drawn[0], given)]
        chosen = next(iter(near or ready or left))
        drawn.append(chosen)
        left.remove(chosen)
        given |= frozenset(entities_in(catalog.tools[chosen].result))
    return tuple(drawn)


def is_near(catalog: Catalog, name: str, first: str, given: frozenset[str]) -> bool:
    """True for a tool of the first one's domain, and for one that can use what the results declare."""
    tool = catalog.tools[name]
    return tool.domain == catalog.tools[first].domain or bool(find_openings(tool, given))
