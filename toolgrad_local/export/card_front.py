"""The card's YAML front matter, which the Hugging Face hub and `datasets` read."""

from typing import Any

import yaml

from toolgrad_local.export.licences import licence_ids
from toolgrad_local.export.record import DatasetRecord

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST = "1M<n<10M"
LANGUAGES = {
    "English": "en", "German": "de", "French": "fr", "Spanish": "es", "Italian": "it", "Portuguese": "pt",
    "Dutch": "nl", "Polish": "pl", "Japanese": "ja", "Chinese": "zh", "Korean": "ko",
}  # fmt: skip
"""Codes of languages; one that is not here is given as `mul`."""


def front_matter(record: DatasetRecord) -> str:
    """From `---` to `---`."""
    rows = sum(sum(part.values()) for part in record.statistics.rows.values())
    head: dict[str, Any] = {
        "pretty_name": f"Tool use by toolgrad-local, {record.options.format}",
        "license": list(licence_ids(record.licences)),
        "language": sorted({LANGUAGES.get(name, "mul") for name in record.run.languages}),
        "task_categories": ["text-generation"],
        "tags": ["tool-use", "function-calling", "synthetic", "toolgrad", record.options.format],
        "size_categories": [size_of(rows)],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": f"data/{split}-*.parquet"} for split in record.statistics.rows],
            }
        ],
    }
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n"


def size_of(rows: int) -> str:
    """The hub's name of a size."""
    return next((name for most, name in SIZES if rows < most), LARGEST)
