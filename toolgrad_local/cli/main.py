"""The command `toolgrad-local`: wiring only. Commands are imported when they are called."""

import importlib
import sys

import click

from toolgrad_local import __version__
from toolgrad_local.errors import ToolgradError

COMMANDS = {
    "generate": ("generate", "Generate a data set, or resume an unfinished one."),
    "baseline": ("baseline", "Generate query first, with standard, react or dfs, to compare with."),
    "compare": ("compare", "Put runs side by side: pass rates, depth, cost, with intervals."),
    "verify": ("verify", "Check a run or a data set: execute, audit and count everything again."),
    "replay": ("replay", "Rebuild a run's data set from its journal alone."),
    "show": ("show", "Print a run's samples for people."),
    "summary": ("summary", "Print a run's figures."),
    "audit": ("audit", "Audit a run again: the funnel from started to released, and what is wrong."),
    "export": ("export", "Make a training set of a run: rows, negatives, split, card."),
    "train": ("train", "Train a model on a training set."),
    "evaluate": ("evaluate", "Let a model answer a data set's test rows, and score it."),
    "bfcl": ("bfcl", "Evaluate a model on the Berkeley leaderboard, offline."),
    "report": ("report", "Make a page of a run, to open in a browser."),
    "catalog": ("catalog", "Look at the mock APIs, call one, draw their graph, check your own."),
    "teacher": ("teacher", "List, fetch, check and serve teachers."),
    "embeddings": ("embeddings", "Fetch and check the model that finds similar tools."),
    "experiment": ("experiment", "Make the runs of an ablation and compare them."),
    "bench": ("bench", "Measure throughput: against the ideal, overhead, memory, cache, grammars, cost."),
    "doctor": ("doctor", "Say what this machine can run."),
}
"""Command to module of toolgrad_local.cli, and its line in the help."""


class LazyGroup(click.Group):
    """Imports a command's module only when it is called, so that `--help` is quick."""

    def list_commands(self, context: click.Context) -> list[str]:
        """In the order of the table."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command, None if there is none of that name."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"toolgrad_local.cli.{COMMANDS[name][0]}"), name)
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="toolgrad-local")
def main() -> None:
    """Generate tool-use training data with a local teacher: no network, no paid endpoint."""


def run_command() -> None:
    """Run the command line. What is raised on purpose becomes one line and an exit code."""
    try:
        main(prog_name="toolgrad-local", standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except ToolgradError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("stopped at once; run the same command to resume", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        click.echo(f"error: {error.filename or 'this machine'}: {error.strerror or error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run_command()
