"""What people call the things that the catalog's tables know by a code: Japan for JP, Heathrow for LHR.

Keyed by entity, so that a catalog of one's own with the same entities profits. A name that two codes share is a name
of neither.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.resources import files

from mock_apis.core.data import load_rows

Pairs = Iterable[tuple[str, str]]
"""Code and name."""
SHORT_COUNTRIES = {
    "US": ("USA", "U.S.", "U.S.A.", "America", "the States", "United States of America"),
    "GB": ("UK", "U.K.", "Britain", "Great Britain"),
    "AE": ("UAE", "U.A.E.", "Emirates"),
    "CZ": ("Czech Republic",),
    "NL": ("Holland",),
    "KR": ("Republic of Korea",),
    "CD": ("DR Congo", "DRC"),
    "MK": ("Macedonia",),
    "SZ": ("Swaziland",),
    "MM": ("Burma",),
}
CURRENCY_NOUNS = {
    "USD": ("dollar", "dollars", "US dollar", "US dollars", "American dollars"),
    "GBP": ("pound", "pounds", "pound sterling", "pounds sterling", "sterling"),
    "CNY": ("yuan", "renminbi"),
    "JPY": ("yen",),
    "EUR": ("euro", "euros"),
    "CHF": ("Swiss franc", "Swiss francs"),
    "PLN": ("zloty", "zlotys"),
}
"""What English says for a currency; dollars and pounds without more are those of the US and the UK."""
GENERIC = frozenset((
    "airport", "international", "regional", "municipal", "county", "city", "airfield", "field", "national",
    "executive", "memorial", "island", "north", "south", "east", "west", "central", "new", "general", "domestic",
    "air", "base", "heliport",
))  # fmt: skip
"""Words that alone name no airport."""


@lru_cache(maxsize=16_384)
def names_of(entity: str, code: str) -> frozenset[str]:
    """The names of a code; none for an entity without a table, and for a code that it has not."""
    return _by_code(entity).get(code, frozenset())


@lru_cache(maxsize=16_384)
def longer_names(entity: str, words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The entity's names, as lower-case words, that hold the words and more: South Sudan for Sudan."""
    found = _by_word(entity).get(words[0], frozenset()) if words else frozenset()
    return frozenset(name for name in found if len(name) > len(words) and words in _runs(name, len(words)))


def _runs(name: tuple[str, ...], length: int) -> set[tuple[str, ...]]:
    return {name[at : at + length] for at in range(len(name) - length + 1)}


@cache
def _by_code(entity: str) -> dict[str, frozenset[str]]:
    """Code to its names."""
    source = SOURCES.get(entity)
    found: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    for code, name in source() if source else ():
        found[code].add(name)
        codes[" ".join(_words(name))].add(code)
    return {
        code: frozenset(name for name in names if len(codes[" ".join(_words(name))]) == 1)
        for code, names in found.items()
    }


@cache
def _by_word(entity: str) -> dict[str, frozenset[tuple[str, ...]]]:
    """Each word of the entity's names of several words, to those names."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for words in {_words(name) for name in _all_names(entity)}:
        for word in words if len(words) > 1 else ():
            found[word].add(words)
    return {word: frozenset(names) for word, names in found.items()}


def _all_names(entity: str) -> Iterable[str]:
    """Every name of an entity: of its codes, or, where the name is the value, of its table."""
    if entity == "city.name":
        return (row["name"] for row in load_rows("cities"))
    return (name for names in _by_code(entity).values() for name in names)


@cache
def _words(name: str) -> tuple[str, ...]:
    """Lower case, without accents and signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(word.removesuffix("'s") for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", plain.casefold()))


def _name_countries() -> Pairs:
    for row in load_rows("countries"):
        for name in (row["name"], *row["also"], row["alpha3"], *SHORT_COUNTRIES.get(row["code"], ())):
            yield row["code"], name


def _name_airports() -> Pairs:
    rows = load_rows("airports")
    cities: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for city in {row["city"], row["municipality"]} - {None}:
            cities[city].add(row["airport"])
    for row in rows:
        for name in _airport_names(row["name"], {row["city"] or "", row["municipality"] or ""}):
            yield row["airport"], name
        if row["city"] and len(cities[row["city"]]) == 1:
            yield row["airport"], row["city"]


def _airport_names(full: str, cities: set[str]) -> set[str]:
    """A full name, without `International Airport`, and without its city: London Heathrow Airport, Heathrow."""
    names = {full}
    names |= {re.sub(r"\bInternational\s+", "", name) for name in names}
    names |= {re.sub(r"\s+Airport\b", "", name).strip() for name in names}
    parts = {part for name in names for part in re.split(r"\s*[/()]\s*|\s+-\s+", name)}
    for city in cities - {""}:
        names |= {re.sub(rf"^{re.escape(city)}[\s-]+", "", name) for name in names}
    return {
        name
        for name in names | parts
        if set(_words(name)) - GENERIC and _words(name) not in {_words(c) for c in cities}
    }


def _name_currencies() -> Pairs:
    from babel import Locale
    from babel.numbers import get_currency_name

    for code, name in Locale("en").currencies.items():
        yield code, name
        yield code, get_currency_name(code, count=2, locale="en")
        for noun in CURRENCY_NOUNS.get(code, ()):
            yield code, noun


def _name_languages() -> Pairs:
    from babel import Locale

    return Locale("en").languages.items()


def _name_locales() -> Pairs:
    from babel import Locale
    from babel.localedata import locale_identifiers

    english = Locale("en")
    for code in locale_identifiers():
        language, _, territory = code.partition("_")
        if territory in english.territories and language in english.languages:
            yield f"{language}-{territory}", f"{english.languages[language]} ({english.territories[territory]})"
    yield from ((code.replace("_", "-"), name) for code, name in english.languages.items() if "_" in code)


def _name_airlines() -> Pairs:
    return ((row["iata"], row["name"]) for row in load_rows("airlines"))


def _name_airlines_by_icao() -> Pairs:
    return ((row["icao"], row["name"]) for row in load_rows("airlines"))


def _name_states() -> Pairs:
    return ((row["state"], row["name"]) for row in load_rows("us_states"))


def _name_elements() -> Pairs:
    yield from ((row["symbol"], row["name"]) for row in load_rows("elements"))
    yield from (("Al", "aluminum"), ("Cs", "cesium"), ("S", "sulphur"))


def _name_constellations() -> Pairs:
    return ((row["constellation"], row["name"]) for row in load_rows("constellations"))


def _name_colours() -> Pairs:
    return ((row["hex"], row["name"]) for row in load_rows("css_colours"))


def _name_licences() -> Pairs:
    return ((row["id"], row["name"]) for row in load_rows("licenses"))


def _name_diseases() -> Pairs:
    return ((row["code"], row["name"]) for row in load_rows("icd10") if row["level"] not in ("chapter", "block"))


def _name_units() -> Pairs:
    from mock_apis.science.units import TABLE

    for line in TABLE.values():
        for entry in line.split("|"):
            symbol, *rest = entry.split()
            name = " ".join(word for word in rest if not word[0].isdigit())
            plural = re.sub(r"^foot$", "feet", re.sub(r"^inch$", "inches", name))
            for spelling in {name, plural if plural != name else f"{name}s"}:
                yield symbol, spelling
                yield symbol, spelling.replace("metre", "meter").replace("litre", "liter")
    yield from (("kg", "kilo"), ("kg", "kilos"), ("degC", "Celsius"), ("degF", "Fahrenheit"), ("mph", "miles per hour"))


def _name_timezones() -> Pairs:
    for zone in (files("tzdata") / "zones").read_text("utf-8").split():
        if "/" in zone and not zone.startswith(("Etc/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/")):
            city = zone.rpartition("/")[2].replace("_", " ")
            yield zone, city
            yield zone, f"{city} time"


def _name_constants() -> Pairs:
    from mock_apis.physics.constants import TABLE

    for symbol, (name, *_) in TABLE.items():
        yield symbol, name
    yield from (("c", "speed of light"), ("k_B", "Boltzmann's constant"), ("h", "Planck's constant"))


def _name_blood_types() -> Pairs:
    for group in ("A", "B", "AB", "O"):
        yield from ((f"{group}{sign}", f"{group} {word}") for sign, word in (("+", "positive"), ("-", "negative")))


SOURCES: dict[str, Callable[[], Pairs]] = {
    "airline.iata": _name_airlines,
    "airline.icao": _name_airlines_by_icao,
    "airport.iata": _name_airports,
    "blood.type": _name_blood_types,
    "colour.hex": _name_colours,
    "constellation.code": _name_constellations,
    "country.code": _name_countries,
    "currency.code": _name_currencies,
    "element.symbol": _name_elements,
    "icd10.code": _name_diseases,
    "language.code": _name_languages,
    "license.spdx": _name_licences,
    "locale.tag": _name_locales,
    "physical_constant.symbol": _name_constants,
    "timezone.name": _name_timezones,
    "unit.symbol": _name_units,
    "us_state.code": _name_states,
}
