"""The cities in which the fictional city services run, each with a number that ids can carry."""

from functools import cache

from mock_apis.core.errors import NotFound
from mock_apis.geography.cities import City, find_city, largest_cities

COUNT = 1000


@cache
def numbers() -> dict[str, int]:
    """City name to its place among the largest ones."""
    return {city.name: place for place, city in enumerate(largest_cities(COUNT))}


def number_of(name: str) -> int:
    """The number of a served city, given by its name. Raises NotFound."""
    city = find_city(name)
    place = numbers().get(city.name)
    if place is None:
        raise NotFound(f"city '{city.name}' is not among the {COUNT} largest, which are served")
    return place


def city_at(number: int) -> City | None:
    """The served city of that number."""
    cities = largest_cities(COUNT)
    return cities[number] if number < len(cities) else None
