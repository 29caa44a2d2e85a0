"""`toolgrad-local generate`, and what makes a run of any method."""

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from toolgrad_local.cli.options import catalog_option
from toolgrad_local.data_model.run_config import BaselineMethod, RunConfig
from toolgrad_local.errors import ConfigError

SCRIPTED_WIDTH = 16
"""Samples in flight where there is no engine that could say how many it can take."""


RUN_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--samples", type=int, help="How many samples to start [100]."),
    click.option("--iterations", type=int, help="Steps a sample [10]."),
    click.option("--seed", type=int, help="Decides everything that the teacher does not [0]."),
    click.option("--teacher", help="A profile's name, a .yaml profile, a model folder, or scripted."),
    click.option("--styles", help="Who asks and how: a YAML file with your own lists, or off [the bundled ones]."),
    click.option("--language", "languages", multiple=True, help="Language of the queries; repeat to mix [English]."),
    click.option("--out", type=click.Path(path_type=Path), required=True, help="The run's folder."),
    click.option("--width", type=click.IntRange(1), help="Samples in flight at most [as many as the engine can take]."),
    catalog_option,
    click.option(
        "--config", "config_file", type=click.Path(path_type=Path), help="YAML with the same settings and more."
    ),
    click.option("--servers", type=click.IntRange(1), help="Servers to start [what the GPUs carry; 1 without a GPU]."),
    click.option(
        "--teacher-url",
        "teacher_urls",
        multiple=True,
        help="Use a server that runs already (key in TOOLGRAD_TEACHER_KEY); repeat to use several.",
    ),
    click.option("--allow-remote", is_flag=True, help="Let --teacher-url be on another machine."),
    click.option(
        "--reuse", type=click.Path(path_type=Path), help="Another run whose replies are taken where it asked the same."
    ),
    click.option("--dry-run", is_flag=True, help="Print the plan and the first prompt, and stop."),
    click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON."),
)
"""What makes a run, whichever the method."""


def run_options(command: Any) -> Any:
    """The options of a command that makes a run, in their order."""
    for option in reversed(RUN_OPTIONS):
        command = option(command)
    return command


@click.command()
@run_options
def generate(**options: Any) -> None:
    """Generate a data set, or resume the unfinished one in --out."""
    make_run(None, **options)


def make_run(
    method: BaselineMethod | None,
    out: Path,
    width: int | None,
    catalog_folder: Path | None,
    config_file: Path | None,
    servers: int | None,
    teacher_urls: tuple[str, ...],
    allow_remote: bool,
    reuse: Path | None,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Make a run with that method, None for ToolGrad, or resume it."""
    from toolgrad_local.catalog.loader import load_catalog
    from toolgrad_local.cli.plan import print_plan
    from toolgrad_local.generation.claim import claim_folder
    from toolgrad_local.generation.folder import RunFolder
    from toolgrad_local.generation.generate import require_same_teacher
    from toolgrad_local.generation.read_config import read_config
    from toolgrad_local.teacher.cache import require_weights
    from toolgrad_local.teacher.digest import digest_weights
    from toolgrad_local.teacher.profiles import load_profile
    from toolgrad_local.teacher.shares import share_machine

    config = read_config(config_file, given, method)
    catalog = load_catalog(catalog_folder)
    profile = None if config.teacher == "scripted" else load_profile(config.teacher)
    keys = check_servers(config.teacher, servers, teacher_urls, allow_remote)
    shares = share_machine(profile, servers) if profile and not teacher_urls else []
    if dry_run:
        print_plan(config, profile, catalog, width, len(teacher_urls or shares), out)
        return
    weights = require_weights(profile) if profile and not teacher_urls else None
    folder = RunFolder(out)
    digest = digest_weights(weights) if weights else None
    earlier = RunFolder(reuse) if reuse else None
    if earlier:
        require_same_teacher(earlier, config, profile, digest)
    if claim_folder(folder, config, profile, digest, catalog):
        click.echo(f"{out} is finished already; nothing to do", err=True)
        print_end(folder, as_json)
        return
    asyncio.run(run(folder, config, profile, catalog, weights, shares, teacher_urls, keys, width, earlier))
    print_end(folder, as_json)


def check_servers(teacher: str, servers: int | None, urls: tuple[str, ...], allow_remote: bool) -> list[str]:
    """The key of each address.

    Raises ConfigError for servers that this teacher has no use for, and for addresses that are not to be asked.
    """
    from toolgrad_local.teacher.reach import KEY_VARIABLE, refuse_remote, refuse_repeated, split_keys

    for option, given in (("--teacher-url", urls), ("--servers", servers)):
        if given and teacher == "scripted":
            raise ConfigError(f"{option} is of no use to the scripted teacher; leave it out, or name another --teacher")
    if urls and servers:
        raise ConfigError(
            "--servers starts servers and --teacher-url names some that run already; leave one of them out"
        )
    for url in urls:
        refuse_remote(url, allow_remote)
    refuse_repeated(urls)
    return split_keys(os.environ.get(KEY_VARIABLE), len(urls)) if urls else []


async def run(
    folder: Any,
    config: RunConfig,
    profile: Any,
    catalog: Any,
    weights: Path | None,
    shares: list[dict[str, str]],
    teacher_urls: tuple[str, ...],
    keys: list[str],
    width: int | None,
    reuse: Any,
) -> None:
    """Open the teacher, show progress, grow."""
    from rich.console import Console

    from toolgrad_local.generation.generate import generate as grow_run
    from toolgrad_local.generation.generate import open_scripted
    from toolgrad_local.generation.meter import Meter
    from toolgrad_local.generation.progress import show_progress
    from toolgrad_local.generation.stopping import StopRequest
    from toolgrad_local.teacher.open import reach_teacher, serve_teacher

    meter = Meter(config.samples, config.loop, config.baseline)
    notice = meter.tell
    if profile is None:
        opener, width = open_scripted, width or SCRIPTED_WIDTH
    elif teacher_urls:
        opener = partial(reach_teacher, profile, teacher_urls, keys, notice)
    else:
        assert weights is not None
        opener = partial(serve_teacher, profile, weights, folder.teacher_log, notice, shares)
    async with show_progress(meter, Console(stderr=True)):
        await grow_run(folder, config, profile, catalog, opener, width, meter, StopRequest(notice), reuse)


def print_end(folder: Any, as_json: bool) -> None:
    """The summary, and where the files are."""
    from toolgrad_local.cli.summary import print_summary

    print_summary(folder, as_json)
