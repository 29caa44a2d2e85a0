"""`python -m toolgrad_local` is the command `toolgrad-local`."""

from toolgrad_local.cli.main import run_command

run_command()
