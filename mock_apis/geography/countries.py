"""Facts about 77 countries, as of 2024; territories that are not in the table are named only as neighbours."""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import CityName, CountryCode, CurrencyCode, Limit
from mock_apis.core.errors import NotFound

countries = Domain("countries", category="geography", description="Facts about 77 countries, as of 2024.")

POPULATION_YEAR = 2023
Continent = Literal["Africa", "Asia", "Europe", "North America", "Oceania", "South America"]
"""Turkey is listed under Asia and Russia under Europe."""


class Country(Record):
    code: CountryCode
    name: str
    capital: CityName
    """South Africa has three; this is the seat of its government."""
    continent: Continent
    currency: CurrencyCode
    calling_code: Annotated[str, Field(pattern=r"^\+[0-9]{1,3}$")]
    languages: list[str]
    """Main official or national languages."""
    population_millions: float
    """About."""
    population_year: int


class CountrySummary(Record):
    code: CountryCode
    name: str
    capital: CityName
    currency: CurrencyCode


class CountryList(Record):
    total: int
    countries: list[CountrySummary]


class Neighbours(Record):
    code: CountryCode
    total: int
    """All land neighbours, those below and those named in `others`."""
    neighbours: list[CountrySummary]
    others: list[str]
    """Neighbours of which this service has no entry, by name."""


class PopulationComparison(Record):
    first_millions: float
    second_millions: float
    larger: CountryCode
    ratio: float
    """Larger population divided by the smaller one."""


@cache
def all_countries() -> dict[str, Country]:
    """Every country by its code, in the order of their names."""
    fields = set(Country.model_fields) - {"population_year"}
    return {
        row["code"]: Country(population_year=POPULATION_YEAR, **{key: row[key] for key in fields})
        for row in load_rows("countries")
    }


def find_country(code: str) -> Country:
    """The country of that code. Raises NotFound."""
    country = all_countries().get(code)
    if country is None:
        raise NotFound(f"no country '{code}' in this service; see countries_search")
    return country


@countries.tool(example={"query": "France"}, kind="data")
def search(w: World, query: str, continent: Continent | None = None, limit: Limit = 5) -> CountryList:
    """Find countries by a part of their English name.

    query: Country name or a part of it; case does not matter.
    continent: Only countries of this continent.
    limit: At most this many countries.
    """
    wanted = query.strip().casefold()
    found = [row for row in all_countries().values() if wanted in row.name.casefold()]
    return _summarise([row for row in found if continent in (None, row.continent)], limit)


@countries.tool(example={"country": "IE"}, errors=[NotFound], kind="data")
def get(w: World, country: CountryCode) -> Country:
    """Get a country's capital, currency, languages, calling code and population.

    country: ISO 3166-1 alpha-2 code such as IE.
    """
    return find_country(country)


@countries.tool(example={"country": "PT"}, errors=[NotFound], kind="data")
def neighbours(w: World, country: CountryCode) -> Neighbours:
    """List the countries that share a land border with a country, overseas territories apart.

    country: ISO 3166-1 alpha-2 code such as PT.
    """
    find_country(country)
    row = next(row for row in load_rows("countries") if row["code"] == country)
    near = [_summary(find_country(code)) for code in row["neighbours"]]
    others = list(row["other_neighbours"])
    return Neighbours(code=country, total=len(near) + len(others), neighbours=near, others=others)


@countries.tool(example={"first": "DE", "second": "AT"}, errors=[NotFound], kind="data")
def compare_populations(w: World, first: CountryCode, second: CountryCode) -> PopulationComparison:
    """Compare the approximate populations of two countries.

    first: ISO 3166-1 alpha-2 code of one country, such as DE.
    second: ISO 3166-1 alpha-2 code of the other country, such as AT.
    """
    one, two = find_country(first), find_country(second)
    larger, smaller = (one, two) if one.population_millions >= two.population_millions else (two, one)
    return PopulationComparison(
        first_millions=one.population_millions,
        second_millions=two.population_millions,
        larger=larger.code,
        ratio=round(larger.population_millions / smaller.population_millions, 2),
    )


@countries.tool(example={"currency": "EUR"}, kind="data")
def by_currency(w: World, currency: CurrencyCode, limit: Limit = 5) -> CountryList:
    """List the countries whose currency has a given ISO 4217 code.

    currency: ISO 4217 code such as EUR.
    limit: At most this many countries.
    """
    return _summarise([row for row in all_countries().values() if row.currency == currency], limit)


def _summary(country: Country) -> CountrySummary:
    return CountrySummary(code=country.code, name=country.name, capital=country.capital, currency=country.currency)


def _summarise(found: list[Country], limit: int) -> CountryList:
    return CountryList(total=len(found), countries=[_summary(country) for country in found[:limit]])
