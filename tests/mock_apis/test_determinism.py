"""The same bytes on every machine, day, locale and hash seed."""

import os
import subprocess
import sys

import pytest

from mock_apis.core import digest
from toolgrad_local.catalog.describe import run_examples
from toolgrad_local.catalog.loader import load_catalog

DIGEST_OF_EXAMPLES = """
import datetime, sys
import time_machine
with time_machine.travel(datetime.datetime(2031, 12, 31, 23, 59, 59), tick=False):
    from mock_apis.core import digest
    from toolgrad_local.catalog.describe import run_examples
    from toolgrad_local.catalog.loader import load_catalog
    for row in run_examples(load_catalog(), 0):
        print(row["tool"], digest(row))
"""
MACHINES = [
    {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"},
]


def test_every_example_gives_its_golden_bytes(golden: object) -> None:
    lines = [f"{row['tool']} {digest(row)}\n" for row in run_examples(load_catalog(), 0)]
    assert callable(golden)
    golden("examples.txt", "".join(lines))


@pytest.mark.parametrize("machine", MACHINES)
def test_examples_do_not_depend_on_zone_locale_hash_seed_or_day(machine: dict[str, str], golden: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST_OF_EXAMPLES],
        env={**os.environ, **machine},
        capture_output=True,
        text=True,
        check=True,
    )
    assert callable(golden)
    golden("examples.txt", done.stdout)
