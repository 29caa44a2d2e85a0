"""What `generate --dry-run` and `baseline --dry-run` print."""

from pathlib import Path

import click

from mock_apis.core import World
from toolgrad_local.baselines.draw import draw_tools
from toolgrad_local.baselines.pose import render_pose
from toolgrad_local.catalog.loader import Catalog
from toolgrad_local.catalog.sampler import Pool, pool_at
from toolgrad_local.catalog.session import Session
from toolgrad_local.data_model.exchange import Message
from toolgrad_local.data_model.profile import TeacherProfile
from toolgrad_local.data_model.run_config import RunConfig
from toolgrad_local.data_model.workflow import Workflow
from toolgrad_local.generation.assemble import deal_run_pools
from toolgrad_local.loop.propose import hint_starters, render_proposer
from toolgrad_local.loop.style import draw_style
from toolgrad_local.loop.tell import tell_workflow
from toolgrad_local.prompting.render import Prompts
from toolgrad_local.seeding import derive_seed


def print_plan(
    config: RunConfig, profile: TeacherProfile | None, catalog: Catalog, width: int | None, servers: int, out: Path
) -> None:
    """The resolved settings and the first prompt of sample 0."""
    pools = deal_run_pools(catalog, config)
    click.echo(config.model_dump_json(indent=2))
    click.echo(f"out: {out}\nwidth: {describe_width(profile, width)}")
    click.echo(f"catalog: {len(catalog.tools)} tools in {len(catalog.domains)} domains, dealt into {len(pools)} pools")
    click.echo(f"teacher: {profile.name if profile else 'scripted'}" + (f" ({profile.memory})" if profile else ""))
    if profile:
        click.echo(f"servers: {servers}")
    pool = pool_at(pools, config.loop, config.seed, 0, 0)
    facts = Session(catalog, World(derive_seed(config.seed, "world", 0))).facts()
    for message in render_first(config, catalog, pool, facts):
        click.echo(f"\n--- {message.role}\n{message.content}")


def render_first(config: RunConfig, catalog: Catalog, pool: Pool, facts: str) -> tuple[Message, ...]:
    """To the proposer; of a baseline to the writer of the query."""
    if config.baseline is not None:
        style = draw_style(config.styles, config.languages, config.seed, 0)
        return render_pose(Prompts(), catalog, draw_tools(catalog, pool, config.seed, 0), facts, style)
    told = tell_workflow(Workflow(), facts, config.loop.result_tokens)
    hints = hint_starters(catalog, pool, config.seed, 0)
    return render_proposer(Prompts(), catalog, pool, config.loop.proposals, hints, told, "")


def describe_width(profile: TeacherProfile | None, width: int | None) -> str:
    """What decides how many samples are in flight."""
    most = f", {width} at most" if width else ""
    return f"as the engine can take{most}" if profile else f"{width or 'fixed'}"
