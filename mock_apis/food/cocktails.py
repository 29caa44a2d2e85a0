"""Well-known IBA cocktails with their measured ingredients, and estimates of strength."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import NotFound

cocktails = Domain("cocktails", category="food", description="Ingredients of 34 well-known IBA cocktails.")

CocktailName = Annotated[str, Entity("cocktail.name")]
IngredientName = Annotated[str, Entity("cocktail.ingredient")]
Method = Literal["build", "stir", "shake", "blend"]
ABV = {
    "gin": 40, "vodka": 40, "citron vodka": 40, "white rum": 40, "dark rum": 40, "cachaca": 40, "tequila": 40,
    "bourbon whiskey": 40, "rye whiskey": 40, "Scotch whisky": 40, "cognac": 40, "triple sec": 40, "Campari": 25,
    "Aperol": 11, "sweet vermouth": 16, "dry vermouth": 18, "maraschino liqueur": 32, "green Chartreuse": 55,
    "coffee liqueur": 20, "Drambuie": 40, "creme de cassis": 15, "prosecco": 11, "champagne": 12, "white wine": 12,
}  # fmt: skip
"""Typical percent of alcohol by volume; what is not here has none. Brands differ."""


class Part(Record):
    ingredient: IngredientName
    ml: float | None
    """Null for dashes, spoons, pieces and what is topped up."""


class Cocktail(Record):
    cocktail: CocktailName
    method: Method
    parts: list[Part]


class CocktailList(Record):
    total: int
    cocktails: list[CocktailName]


class Makeable(Record):
    cocktail: CocktailName
    missing: list[IngredientName]


class MakeableList(Record):
    total: int
    cocktails: list[Makeable]


class Strength(Record):
    cocktail: CocktailName
    measured_ml: float
    alcohol_ml: float
    abv_percent: float
    """Of the measured ingredients with the added water."""


class IngredientList(Record):
    total: int
    ingredients: list[IngredientName]


@cache
def by_name() -> dict[str, Cocktail]:
    """Every cocktail by its lower-case name."""
    return {row["cocktail"].casefold(): read(row) for row in load_rows("cocktails")}


def read(row: dict[str, Any]) -> Cocktail:
    """A row of the table."""
    parts = [Part(ingredient=name, ml=ml) for name, ml in row["measured"]]
    parts += [Part(ingredient=name, ml=None) for name in row["unmeasured"]]
    return Cocktail(cocktail=row["cocktail"], method=row["method"], parts=parts)


def cocktail_of(cocktail: str) -> Cocktail:
    """The cocktail of that name, in any case. Raises NotFound."""
    found = by_name().get(cocktail.strip().casefold())
    if found is None:
        raise NotFound(f"no cocktail '{cocktail}'; see cocktails_search")
    return found


def names_of(row: Cocktail) -> set[str]:
    """Its ingredients, in lower case."""
    return {part.ingredient.casefold() for part in row.parts}


@cocktails.tool(example={"ingredient": "gin"}, kind="data")
def search(
    w: World,
    query: str = "",
    ingredient: IngredientName | None = None,
    method: Method | None = None,
    limit: Limit = 10,
) -> CocktailList:
    """Find cocktails by name, by an ingredient or by how they are mixed.

    query: Part of the name, in any case; all cocktails if left out.
    ingredient: Only cocktails with it, as cocktails_ingredients spells it.
    method: Only cocktails that are built, stirred, shaken or blended.
    limit: At most this many names.
    """
    rows = [row for name, row in by_name().items() if query.casefold() in name and method in (None, row.method)]
    names = [row.cocktail for row in rows if ingredient is None or ingredient.strip().casefold() in names_of(row)]
    return CocktailList(total=len(names), cocktails=names[:limit])


@cocktails.tool(example={"cocktail": "Negroni"}, errors=[NotFound], kind="data")
def get(w: World, cocktail: CocktailName) -> Cocktail:
    """Show the ingredients of a cocktail in millilitres and how it is mixed.

    cocktail: Name of the cocktail, in any case, for example Negroni.
    """
    return cocktail_of(cocktail)


@cocktails.tool(example={}, kind="data")
def ingredients(w: World, query: str = "", limit: Annotated[int, Field(ge=1, le=60)] = 20) -> IngredientList:
    """List the ingredients that the cocktails are made of, in the order of the alphabet.

    query: Part of the name, in any case; all ingredients if left out.
    limit: At most this many ingredients.
    """
    known = {part.ingredient for row in by_name().values() for part in row.parts}
    names = sorted((name for name in known if query.casefold() in name.casefold()), key=lambda name: name.casefold())
    return IngredientList(total=len(names), ingredients=names[:limit])


@cocktails.tool(example={"at_hand": ["gin", "Campari", "sweet vermouth"], "missing": 0}, kind="data")
def makeable(
    w: World,
    at_hand: Annotated[list[IngredientName], Field(min_length=1, max_length=40)],
    missing: Annotated[int, Field(ge=0, le=3)] = 0,
    limit: Limit = 5,
) -> MakeableList:
    """Find the cocktails that can be mixed from what is at hand.

    at_hand: Ingredients at hand, as cocktails_ingredients spells them.
    missing: How many ingredients may still be missing, 0 to 3.
    limit: At most this many cocktails.
    """
    have = {name.strip().casefold() for name in at_hand}
    rows = []
    for row in by_name().values():
        lacking = [part.ingredient for part in row.parts if part.ingredient.casefold() not in have]
        if len(lacking) <= missing and len(lacking) < len(row.parts):
            rows.append(Makeable(cocktail=row.cocktail, missing=lacking))
    rows.sort(key=lambda row: (len(row.missing), row.cocktail))
    return MakeableList(total=len(rows), cocktails=rows[:limit])


@cocktails.tool(example={"cocktail": "Dry Martini", "water_percent": 20.0}, errors=[NotFound], kind="data")
def strength(w: World, cocktail: CocktailName, water_percent: Annotated[float, Field(ge=0, le=100)] = 0.0) -> Strength:
    """Estimate the alcohol of a cocktail from typical strengths of its parts.

    cocktail: Name of the cocktail, in any case.
    water_percent: Melted ice added, in percent of the measured volume.
    """
    row = cocktail_of(cocktail)
    volume = sum(part.ml or 0 for part in row.parts)
    alcohol = sum((part.ml or 0) * ABV.get(part.ingredient, 0) / 100 for part in row.parts)
    share = 100 * alcohol / (volume * (1 + water_percent / 100))
    return Strength(
        cocktail=row.cocktail, measured_ml=volume, alcohol_ml=round(alcohol, 2), abv_percent=round(share, 1)
    )
