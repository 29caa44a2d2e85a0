"""The locales that CLDR has, and its names of the units of measurement."""

from functools import cache
from typing import Annotated, Any

from pydantic import Field

from mock_apis.core.entities import Entity
from mock_apis.core.errors import NotFound

LocaleTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}-[A-Z]{2}$"), Entity("locale.tag")]
"""Language and country: de-CH."""
UNITS = {
    "m": "length-meter", "km": "length-kilometer", "cm": "length-centimeter", "mm": "length-millimeter",
    "in": "length-inch", "ft": "length-foot", "yd": "length-yard", "mi": "length-mile", "kg": "mass-kilogram",
    "g": "mass-gram", "mg": "mass-milligram", "lb": "mass-pound", "oz": "mass-ounce", "L": "volume-liter",
    "mL": "volume-milliliter", "degC": "temperature-celsius", "degF": "temperature-fahrenheit",
    "K": "temperature-kelvin", "km/h": "speed-kilometer-per-hour", "mph": "speed-mile-per-hour",
    "m/s": "speed-meter-per-second", "s": "duration-second", "min": "duration-minute", "h": "duration-hour",
    "d": "duration-day", "wk": "duration-week", "ha": "area-hectare", "m2": "area-square-meter",
    "km2": "area-square-kilometer", "ac": "area-acre",
}  # fmt: skip


@cache
def all_locales() -> dict[str, str]:
    """Babel's identifier of each language and country, by tag; the usual script where there are several."""
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    found: dict[str, str] = {}
    for identifier in sorted(locale_identifiers()):
        parts = identifier.split("_")
        if len(parts) > 1 and len(parts[-1]) == 2 and parts[-1].isupper():
            tag = f"{parts[0]}-{parts[-1]}"
            found[tag] = identifier if len(parts) == 2 or tag not in found else found[tag]
    for tag in [tag for tag, identifier in found.items() if identifier.count("_") == 2]:
        try:
            found[tag] = str(Locale.parse(tag, sep="-"))
        except UnknownLocaleError:
            continue
    return found


def find_locale(tag: str) -> Any:
    """The babel locale of a tag. Raises NotFound."""
    from babel import Locale

    if tag not in all_locales():
        raise NotFound(f"no locale '{tag}'; see localization_locales")
    return Locale.parse(all_locales()[tag])


def require_currency(code: str) -> None:
    """Raises NotFound."""
    from babel.numbers import list_currencies

    if code not in list_currencies():
        raise NotFound(f"no currency '{code}'; use an ISO 4217 code")
