"""Well-known software weaknesses, written by hand."""

from collections.abc import Iterator
from typing import Any

from tables.sources import curated

SOURCE = (
    "Facts: identifiers and names of the Common Weakness Enumeration (CWE, MITRE); summaries and remedies in own words"
)
LICENCE = "Facts, no rights claimed"
ATTRIBUTION = "CWE is a trademark of The MITRE Corporation"
NOTE = "A choice; parent is the next broader weakness of the research view, null where that is not in the table."


def build() -> Iterator[dict[str, Any]]:
    """The rows by number."""
    return curated("weaknesses")
