"""What a run offered, proposed and kept of each tool."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolgrad_local.catalog.loader import Catalog, load_catalog
from toolgrad_local.errors import ConfigError
from toolgrad_local.generation.usage import count_usage


def read_samples(run: Path) -> list[dict[str, Any]]:
    """Every sample of a run, accepted or not."""
    texts = ((run / name).read_text(encoding="utf-8") for name in ("workflows.jsonl", "rejected.jsonl"))
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_usage_is_counted_over_all_samples(scripted_run: Callable[..., Path], example_folder: Path) -> None:
    run = scripted_run(samples=3, iterations=4, catalog=example_folder)
    catalog = load_catalog(example_folder)
    usage = count_usage(run, catalog)
    samples = read_samples(run)
    kept = Counter(link["call"]["tool"] for sample in samples for link in sample["workflow"]["links"])
    steps = [step for sample in samples for step in sample["steps"]]
    proposed = Counter(proposal["tool"] for step in steps for proposal in step["proposals"])
    assert list(usage) == list(catalog.tools)
    assert sum(kept.values()) > 0
    for name, counts in usage.items():
        assert (counts.offered, counts.proposed, counts.kept) == (len(steps), proposed[name], kept[name])


def test_a_run_of_the_bundled_catalog_is_offered_pool_by_pool(
    scripted_run: Callable[..., Path], catalog: Catalog
) -> None:
    usage = count_usage(scripted_run(samples=2, iterations=2), catalog)
    offered = sum(counts.offered for counts in usage.values())
    assert 4 * 40 < offered <= 4 * 50
    assert all(counts.offered >= counts.kept for counts in usage.values())


def test_a_run_of_another_catalog_is_refused(
    scripted_run: Callable[..., Path], example_folder: Path, catalog: Catalog
) -> None:
    run = scripted_run(samples=1, iterations=1, catalog=example_folder)
    with pytest.raises(ConfigError, match=r"was made with catalog [0-9a-f]{12}, this is [0-9a-f]{12}; name a run of"):
        count_usage(run, catalog)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(ConfigError, match=r"is no run folder: it has no manifest\.json"):
        count_usage(tmp_path, catalog)
