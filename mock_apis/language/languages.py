"""Languages of the world by ISO 639 code, from CLDR as babel ships it."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, Entity, Limit
from mock_apis.core.errors import NotFound

languages = Domain("languages", category="language", description="Names, countries and grammar of languages from CLDR.")

LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$"), Entity("language.code")]
"""ISO 639: de, yue."""
Status = Literal["official", "de facto official", "regional", "none"]
Plural = Literal["zero", "one", "two", "few", "many", "other"]
CATEGORIES: tuple[Plural, ...] = ("zero", "one", "two", "few", "many", "other")
STATUS: dict[str | None, Status] = {
    "official": "official",
    "de_facto_official": "de facto official",
    "official_regional": "regional",
    None: "none",
}


class Language(Record):
    code: LanguageCode
    name: str


class LanguageList(Record):
    total: int
    languages: list[Language]


class LanguageFacts(Record):
    code: LanguageCode
    name: str
    native_name: str
    direction: Literal["left to right", "right to left"]
    script: str | None
    """ISO 15924 code of its usual script; null if CLDR has none."""
    plural_categories: list[Plural]
    """Forms that a counted noun can have."""


class SpokenLanguage(Record):
    code: LanguageCode
    name: str
    population_percent: float
    """About; people may speak several."""
    status: Status


class CountryLanguages(Record):
    country: CountryCode
    total: int
    languages: list[SpokenLanguage]


class Territory(Record):
    country: CountryCode
    status: Status
    population_percent: float


class Territories(Record):
    code: LanguageCode
    total: int
    countries: list[Territory]


class NameIn(Record):
    code: LanguageCode
    display_code: LanguageCode
    name: str


class CountryNameIn(Record):
    country: CountryCode
    display_code: LanguageCode
    name: str


class PluralForm(Record):
    code: LanguageCode
    number: int
    category: Plural


@cache
def english_names() -> dict[str, str]:
    """English names of the languages with a plain code, by code."""
    from babel import Locale

    return {code: name for code, name in sorted(Locale("en").languages.items()) if code.isalpha() and code.islower()}


def find_name(code: str) -> str:
    """The English name. Raises NotFound."""
    name = english_names().get(code)
    if name is None:
        raise NotFound(f"no language '{code}'; see languages_search")
    return name


def find_locale(code: str) -> Any:
    """The babel locale of a language. Raises NotFound."""
    from babel import Locale, UnknownLocaleError

    find_name(code)
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        raise NotFound(f"language '{code}' has no locale data in CLDR") from None


@languages.tool(example={"query": "portug"}, kind="data")
def search(w: World, query: str, limit: Limit = 5) -> LanguageList:
    """Find languages and their ISO 639 codes by a part of the English name.

    query: Part of the English name; case does not matter.
    limit: At most this many languages, in order of their codes.
    """
    wanted = query.strip().casefold()
    found = [Language(code=code, name=name) for code, name in english_names().items() if wanted in name.casefold()]
    return LanguageList(total=len(found), languages=found[:limit])


@languages.tool(example={"code": "ar"}, errors=[NotFound], kind="data")
def get(w: World, code: LanguageCode) -> LanguageFacts:
    """Show a language's own name, script, writing direction and plural forms.

    code: ISO 639 code such as ar, of a language with CLDR data.
    """
    from babel.core import get_global

    locale = find_locale(code)
    likely = str(get_global("likely_subtags").get(code, "")).split("_")
    categories = [tag for tag in CATEGORIES if tag == "other" or tag in locale.plural_form.tags]
    return LanguageFacts(
        code=code,
        name=find_name(code),
        native_name=locale.get_display_name(code) or find_name(code),
        direction="right to left" if locale.text_direction == "rtl" else "left to right",
        script=likely[1] if len(likely) == 3 else None,
        plural_categories=categories,
    )


@languages.tool(example={"country": "CH"}, errors=[NotFound], kind="data")
def of_country(w: World, country: CountryCode, limit: Limit = 5) -> CountryLanguages:
    """List the languages spoken in a country with their status and share.

    country: ISO 3166-1 alpha-2 code such as CH.
    limit: At most this many languages, the most widely spoken first.
    """
    from babel.languages import get_territory_language_info

    info: dict[str, Any] = dict(get_territory_language_info(country))
    spoken = {code: row for code, row in info.items() if code in english_names()}
    if not spoken:
        raise NotFound(f"no country '{country}' with languages; see countries_search")
    rows = [
        SpokenLanguage(
            code=code,
            name=english_names()[code],
            population_percent=float(row["population_percent"]),
            status=STATUS[row["official_status"]],
        )
        for code, row in spoken.items()
    ]
    rows.sort(key=lambda row: (-row.population_percent, row.code))
    return CountryLanguages(country=country, total=len(rows), languages=rows[:limit])


@languages.tool(example={"code": "pt"}, errors=[NotFound], kind="data")
def countries_speaking(w: World, code: LanguageCode, only_official: bool = True, limit: Limit = 10) -> Territories:
    """List the countries where a language has official status or is spoken.

    code: ISO 639 code such as pt.
    only_official: Leave out countries where it has no official status.
    limit: At most this many countries, those with the largest share first.
    """
    from babel.core import get_global

    find_name(code)
    found = []
    for country, spoken in get_global("territory_languages").items():
        row = spoken.get(code)
        if row and len(country) == 2 and (row["official_status"] or not only_official):
            found.append(
                Territory(
                    country=country,
                    status=STATUS[row["official_status"]],
                    population_percent=float(row["population_percent"]),
                )
            )
    found.sort(key=lambda row: (-row.population_percent, row.country))
    return Territories(code=code, total=len(found), countries=found[:limit])


@languages.tool(example={"code": "ja", "display_code": "fr"}, errors=[NotFound], kind="data")
def name_in(w: World, code: LanguageCode, display_code: LanguageCode) -> NameIn:
    """Say how a language is called in another language.

    code: ISO 639 code of the language that is named.
    display_code: ISO 639 code of the language to name it in.
    """
    find_name(code)
    name = find_locale(display_code).languages.get(code)
    if name is None:
        raise NotFound(f"CLDR has no name of '{code}' in '{display_code}'")
    return NameIn(code=code, display_code=display_code, name=name)


@languages.tool(example={"country": "DE", "display_code": "fr"}, errors=[NotFound], kind="data")
def country_name_in(w: World, country: CountryCode, display_code: LanguageCode) -> CountryNameIn:
    """Say how a country is called in a language.

    country: ISO 3166-1 alpha-2 code of the country.
    display_code: ISO 639 code of the language to name it in.
    """
    name = find_locale(display_code).territories.get(country)
    if name is None:
        raise NotFound(f"CLDR has no name of country '{country}' in '{display_code}'")
    return CountryNameIn(country=country, display_code=display_code, name=name)


@languages.tool(example={"code": "pl", "number": 22}, errors=[NotFound], kind="computation")
def plural_category(
    w: World, code: LanguageCode, number: Annotated[int, Field(ge=0, le=10**12)], ordinal: bool = False
) -> PluralForm:
    """Tell which plural form a language uses with a number, by CLDR rules.

    code: ISO 639 code such as pl.
    number: Whole number from 0 to 10^12.
    ordinal: For a rank such as 2nd instead of a count.
    """
    locale = find_locale(code)
    rule = locale.ordinal_form if ordinal else locale.plural_form
    return PluralForm(code=code, number=number, category=rule(number))
