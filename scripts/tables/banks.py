"""Banks of ten European countries with their national codes and BICs, from schwifty."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

SOURCE = "schwifty 2026.10.1, bank_registry"
LICENCE = "MIT"
ATTRIBUTION = "Bank registry of the Python package schwifty by Martin Domke"
NOTE = "Main offices with a BIC. The registry's date is the package's."

FILES = {
    "AT": ("generated_at.v2",),
    "BE": ("generated_be.v2",),
    "CH": ("generated_ch.v2",),
    "DE": ("generated_de",),
    "ES": ("generated_es",),
    "FR": ("manual_fr",),
    "IE": ("manual_ie",),
    "IT": ("generated_it",),
    "LU": ("manual_lu",),
    "NL": ("generated_nl",),
}


def build() -> Iterator[dict[str, Any]]:
    """One row a BIC and name, by country, then name, then BIC."""
    folder = files("schwifty") / "bank_registry"
    banks: dict[tuple[str, str, str], list[str]] = {}
    for country, names in FILES.items():
        for name in names:
            content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            for entry in content["entries"] if isinstance(content, dict) else content:
                bic = entry.get("bic") or ""
                if entry.get("primary") and len(bic) in (8, 11):
                    codes = banks.setdefault((country, " ".join(entry["name"].split()), bic), [])
                    codes += entry.get("bank_codes") or [entry["bank_code"]]
    for (country, name, bic), codes in sorted(banks.items()):
        yield {"country": country, "name": name, "bic": bic, "codes": sorted(set(filter(None, codes)))}
