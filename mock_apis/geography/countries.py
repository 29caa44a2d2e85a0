"""Facts about the 249 countries and territories of ISO 3166-1 and about Kosovo, as of 2024."""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, CountryCode, CurrencyCode, Entity, Limit
from mock_apis.core.errors import NotFound
from mock_apis.geography.place_names import country_names, fold

countries = Domain(
    "countries",
    category="geography",
    description="Facts about the countries and territories of the world (GeoNames, Unicode CLDR), as of 2024.",
)

Continent = Literal["Africa", "Antarctica", "Asia", "Europe", "North America", "Oceania", "South America"]
"""Turkey is listed under Asia and Russia under Europe."""
LanguageName = Annotated[str, Entity("language.name")]
CallingCode = Annotated[str, Field(pattern=r"^\+[0-9]{1,3}$"), Entity("phone.calling_code")]


class Country(Record):
    code: CountryCode
    name: str
    capital: CityName | None
    """South Africa has three; this is the seat of its government, as it is for the Palestinian Territories."""
    continent: Continent
    currency: CurrencyCode | None
    calling_code: CallingCode | None
    """Of the whole numbering area: +1 for Canada and Jamaica too."""
    languages: list[LanguageName]
    """Main official or national languages."""
    population_millions: float
    """About."""
    population_year: int
    area_km2: float | None


class CountrySummary(Record):
    code: CountryCode
    name: str
    capital: CityName | None
    currency: CurrencyCode | None


class CountryList(Record):
    total: int
    countries: list[CountrySummary]


class Neighbours(Record):
    code: CountryCode
    total: int
    neighbours: list[CountrySummary]


class CommonNeighbours(Record):
    adjacent: bool
    """Whether the two share a border themselves."""
    total: int
    neighbours: list[CountrySummary]


class PopulationComparison(Record):
    first_millions: float
    second_millions: float
    larger: CountryCode
    ratio: float | None
    """Larger population divided by the smaller one; null if nobody lives in that country."""


class RankedCountry(Record):
    code: CountryCode
    name: str
    value: float


class Ranking(Record):
    unit: str
    countries: list[RankedCountry]


@cache
def all_countries() -> dict[str, Country]:
    """Every country by its code, in the order of their names."""
    fields = [field for field in Country.model_fields if field != "population_millions"]
    return {
        row["code"]: Country(
            population_millions=round(row["population"] / 1e6, 3), **{field: row[field] for field in fields}
        )
        for row in load_rows("countries")
    }


@cache
def borders() -> dict[str, list[str]]:
    """Codes of the neighbours by code."""
    return {row["code"]: row["neighbours"] for row in load_rows("countries")}


def find_country(code: str) -> Country:
    """The country of that code. Raises NotFound."""
    country = all_countries().get(code)
    if country is None:
        raise NotFound(f"no country '{code}' in this service; see countries_search")
    return country


@countries.tool(example={"query": "France"}, kind="data")
def search(w: World, query: str, continent: Continent | None = None, limit: Limit = 5) -> CountryList:
    """Find countries and territories by a part of their English name.

    query: Country name or a part of it; case does not matter.
    continent: Only countries of this continent.
    limit: At most this many countries.
    """
    wanted = fold(query)
    keys = {code: [fold(name) for name in names] for code, names in country_names().items()}
    found = [all_countries()[code] for code, names in keys.items() if any(wanted in name for name in names)]
    found.sort(key=lambda row: wanted not in keys[row.code])
    return _summarise([row for row in found if continent in (None, row.continent)], limit)


@countries.tool(example={"country": "IE"}, errors=[NotFound], kind="data")
def get(w: World, country: CountryCode) -> Country:
    """Get a country's capital, currency, languages, calling code, population and area.

    country: ISO 3166-1 alpha-2 code such as IE.
    """
    return find_country(country)


@countries.tool(example={"country": "PT"}, errors=[NotFound], kind="data")
def neighbours(w: World, country: CountryCode) -> Neighbours:
    """List the countries that share a land border with a country, overseas territories apart.

    country: ISO 3166-1 alpha-2 code such as PT.
    """
    near = _borders(find_country(country).code)
    return Neighbours(code=country, total=len(near), neighbours=near)


@countries.tool(example={"first": "FR", "second": "DE"}, errors=[NotFound], kind="data")
def common_neighbours(w: World, first: CountryCode, second: CountryCode) -> CommonNeighbours:
    """List the countries that have a land border with both of two countries.

    first: ISO 3166-1 alpha-2 code of one country, such as FR.
    second: ISO 3166-1 alpha-2 code of the other country, such as DE.
    """
    others = borders()[find_country(second).code]
    near = [row for row in _borders(find_country(first).code) if row.code in others]
    return CommonNeighbours(adjacent=first in others, total=len(near), neighbours=near)


@countries.tool(example={"first": "DE", "second": "AT"}, errors=[NotFound], kind="data")
def compare_populations(w: World, first: CountryCode, second: CountryCode) -> PopulationComparison:
    """Compare the approximate populations of two countries.

    first: ISO 3166-1 alpha-2 code of one country, such as DE.
    second: ISO 3166-1 alpha-2 code of the other country, such as AT.
    """
    one, two = find_country(first), find_country(second)
    larger, smaller = (one, two) if one.population_millions >= two.population_millions else (two, one)
    people = smaller.population_millions
    return PopulationComparison(
        first_millions=one.population_millions,
        second_millions=two.population_millions,
        larger=larger.code,
        ratio=round(larger.population_millions / people, 2) if people else None,
    )


@countries.tool(example={"currency": "EUR"}, kind="data")
def by_currency(w: World, currency: CurrencyCode, limit: Limit = 5) -> CountryList:
    """List the countries and territories whose currency has a given ISO 4217 code.

    currency: ISO 4217 code such as EUR.
    limit: At most this many countries.
    """
    return _summarise([row for row in all_countries().values() if row.currency == currency], limit)


@countries.tool(example={"language": "@countries_get.languages[0]"}, kind="data")
def by_language(w: World, language: LanguageName, limit: Limit = 5) -> CountryList:
    """List the countries of which a language is an official or main national one.

    language: English name of the language, such as Portuguese; case does not matter.
    limit: At most this many countries.
    """
    found = [row for row in all_countries().values() if fold(language) in map(fold, row.languages)]
    return _summarise(found, limit)


@countries.tool(example={"calling_code": "+351"}, kind="data", equivalent_to=["phone_numbers_countries_of_code"])
def by_calling_code(w: World, calling_code: CallingCode, limit: Limit = 5) -> CountryList:
    """List the countries and territories that are dialled with an international calling code.

    calling_code: Plus sign and one to three digits, such as +351; +1 is all of North America.
    limit: At most this many countries.
    """
    return _summarise([row for row in all_countries().values() if row.calling_code == calling_code], limit)


@countries.tool(example={"by": "area", "continent": "Africa"}, kind="data")
def rank(
    w: World,
    by: Literal["population", "area", "density"],
    continent: Continent | None = None,
    smallest_first: bool = False,
    limit: Limit = 5,
) -> Ranking:
    """Rank the inhabited countries by population, area or density of population.

    by: What they are ranked by; density is people for each square kilometre.
    continent: Only countries of this continent.
    smallest_first: Begin with the least value instead of the greatest.
    limit: At most this many countries.
    """
    inhabited = [row for row in all_countries().values() if row.population_millions and row.area_km2]
    rows = [row for row in inhabited if continent in (None, row.continent)]
    found = [
        RankedCountry(code=row.code, name=row.name, value=value)
        for row in rows
        if (value := _value(row, by)) is not None
    ]
    found.sort(key=lambda row: (row.value if smallest_first else -row.value, row.name))
    units = {"population": "million people", "area": "km2", "density": "people per km2"}
    return Ranking(unit=units[by], countries=found[:limit])


def _value(country: Country, by: str) -> float | None:
    if by == "population":
        return country.population_millions
    if by == "area" or not country.area_km2:
        return country.area_km2
    return round(country.population_millions * 1e6 / country.area_km2, 2)


def _borders(code: str) -> list[CountrySummary]:
    return [_summary(find_country(other)) for other in borders()[code]]


def _summary(country: Country) -> CountrySummary:
    return CountrySummary(code=country.code, name=country.name, capital=country.capital, currency=country.currency)


def _summarise(found: list[Country], limit: int) -> CountryList:
    return CountryList(total=len(found), countries=[_summary(country) for country in found[:limit]])
