"""Stars to magnitude 5, the 88 constellations and the Messier objects."""

from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.astronomy.ephemeris import ConstellationCode, Declination, RightAscension, angle_between
from mock_apis.core import Domain, Record, World
from mock_apis.core.data import load_rows
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import NotFound
from mock_apis.geography.place_names import Row, fold

star_catalog = Domain(
    "star_catalog", category="astronomy", description="Bright stars, constellations and Messier objects (d3-celestial)."
)

StarNumber = Annotated[str, Field(pattern=r"^HIP [0-9]{1,6}$"), Entity("star.hip")]
MessierNumber = Annotated[str, Field(pattern=r"^M[0-9]{1,3}$"), Entity("messier.number")]
ObjectType = Literal[
    "supernova remnant", "globular cluster", "open cluster", "emission nebula", "planetary nebula", "reflection nebula",
    "spiral galaxy", "elliptical galaxy", "irregular galaxy", "other",
]  # fmt: skip


class Star(Record):
    star: StarNumber
    """Number in the Hipparcos catalogue."""
    name: str | None
    bayer: str | None
    flamsteed: str | None
    constellation: ConstellationCode
    magnitude: float
    colour_index: float | None
    """B-V: blue stars are below 0, red ones above 1.4."""
    right_ascension_hours: RightAscension
    declination_deg: Declination


class StarSummary(Record):
    star: StarNumber
    name: str | None
    constellation: ConstellationCode
    magnitude: float


class StarList(Record):
    total: int
    stars: list[StarSummary]


class NearStar(Record):
    star: StarNumber
    name: str | None
    magnitude: float
    degrees: float


class NearStars(Record):
    total: int
    stars: list[NearStar]


class StarComparison(Record):
    brighter: StarNumber
    brightness_ratio: float
    """How many times as much light reaches us from the brighter one."""
    separation_deg: float


class Constellation(Record):
    constellation: ConstellationCode
    name: str
    genitive: str
    meaning: str
    stars_listed: int
    brightest: StarNumber | None


class ConstellationName(Record):
    constellation: ConstellationCode
    name: str
    meaning: str


class ConstellationList(Record):
    total: int
    constellations: list[ConstellationName]


class MessierObject(Record):
    messier: MessierNumber
    designation: str | None
    name: str | None
    type: ObjectType
    constellation: ConstellationCode
    magnitude: float
    right_ascension_hours: RightAscension
    declination_deg: Declination


class MessierSummary(Record):
    messier: MessierNumber
    name: str | None
    type: ObjectType
    constellation: ConstellationCode
    magnitude: float


class MessierList(Record):
    total: int
    objects: list[MessierSummary]


@cache
def stars() -> dict[str, Row]:
    """The rows of the stars by number, brightest first."""
    return {f"HIP {row['hip']}": row for row in load_rows("stars")}


def find_star(field: str, number: str) -> Row:
    """The row of a star. Raises NotFound."""
    row = stars().get(number)
    if row is None:
        raise NotFound(f"no {field} '{number}' of magnitude 5 or brighter; see star_catalog_search")
    return row


def find_constellation(code: str) -> Row:
    """The row of a constellation. Raises NotFound."""
    for row in load_rows("constellations"):
        if row["constellation"] == code:
            return row
    raise NotFound(f"no constellation '{code}'; see star_catalog_search_constellations")


@star_catalog.tool(example={"query": "Sirius"}, errors=[NotFound], kind="data")
def search(w: World, query: str = "", constellation: ConstellationCode | None = None, limit: Limit = 5) -> StarList:
    """Find bright stars by proper name or constellation, brightest first.

    query: Part of the star's proper name, such as Sirius; all if left out.
    constellation: Only stars of the constellation with this code, such as CMa.
    limit: At most this many stars.
    """
    if constellation is not None:
        find_constellation(constellation)
    wanted = fold(query)
    found = [
        row
        for row in load_rows("stars")
        if constellation in (None, row["constellation"]) and (not wanted or wanted in fold(row["name"] or ""))
    ]
    return StarList(total=len(found), stars=[_summary(row) for row in found[:limit]])


@star_catalog.tool(example={"star": "@star_catalog_search.stars[0].star"}, errors=[NotFound], kind="data")
def get(w: World, star: StarNumber) -> Star:
    """Get a star's names, constellation, magnitude, colour and coordinates.

    star: Hipparcos number such as HIP 32349.
    """
    row = find_star("star", star)
    return Star(star=star, **{key: value for key, value in row.items() if key != "hip"})


@star_catalog.tool(
    example={
        "right_ascension_hours": "@star_catalog_get_messier.right_ascension_hours",
        "declination_deg": "@star_catalog_get_messier.declination_deg",
        "radius_deg": 5,
    },
    kind="computation",
)
def near(
    w: World,
    right_ascension_hours: RightAscension,
    declination_deg: Declination,
    radius_deg: Annotated[float, Field(gt=0, le=30)] = 5,
    limit: Limit = 5,
) -> NearStars:
    """List the bright stars within a radius around a point of the sky, nearest first.

    right_ascension_hours: Right ascension in hours, J2000, 0 to under 24.
    declination_deg: Declination in degrees, J2000; south is negative.
    radius_deg: Radius in degrees, up to 30.
    limit: At most this many stars.
    """
    here = (right_ascension_hours, declination_deg)
    found = [(angle_between(here, _place(row)), row) for row in load_rows("stars")]
    found = sorted((pair for pair in found if pair[0] <= radius_deg), key=lambda pair: (pair[0], pair[1]["hip"]))
    shown = [
        NearStar(star=f"HIP {row['hip']}", name=row["name"], magnitude=row["magnitude"], degrees=round(angle, 3))
        for angle, row in found[:limit]
    ]
    return NearStars(total=len(found), stars=shown)


@star_catalog.tool(example={"first": "HIP 27989", "second": "HIP 24436"}, errors=[NotFound], kind="computation")
def compare(w: World, first: StarNumber, second: StarNumber) -> StarComparison:
    """Compare two stars by apparent brightness and by the angle between them.

    first: Hipparcos number of one star, such as HIP 27989.
    second: Hipparcos number of the other star, such as HIP 24436.
    """
    one, two = find_star("first", first), find_star("second", second)
    return StarComparison(
        brighter=first if one["magnitude"] <= two["magnitude"] else second,
        brightness_ratio=round(10 ** (0.4 * abs(one["magnitude"] - two["magnitude"])), 3),
        separation_deg=round(angle_between(_place(one), _place(two)), 3),
    )


@star_catalog.tool(example={"query": "bear"}, kind="data")
def search_constellations(w: World, query: str = "", limit: Limit = 5) -> ConstellationList:
    """Find constellations by their Latin or English name.

    query: Part of the Latin name or of its English meaning; all if left out.
    limit: At most this many constellations.
    """
    wanted = fold(query)
    found = [row for row in load_rows("constellations") if wanted in fold(f"{row['name']}\n{row['meaning']}")]
    fields = ConstellationName.model_fields
    shown = [ConstellationName(**{key: row[key] for key in fields}) for row in found[:limit]]
    return ConstellationList(total=len(found), constellations=shown)


@star_catalog.tool(
    example={"constellation": "@star_catalog_search_constellations.constellations[0].constellation"},
    errors=[NotFound],
    kind="data",
)
def get_constellation(w: World, constellation: ConstellationCode) -> Constellation:
    """Get a constellation's Latin name, genitive, meaning and brightest star.

    constellation: Three-letter code of the IAU, such as UMa.
    """
    row = find_constellation(constellation)
    own = [star for star in load_rows("stars") if star["constellation"] == constellation]
    return Constellation(**row, stars_listed=len(own), brightest=f"HIP {own[0]['hip']}" if own else None)


@star_catalog.tool(example={"type": "planetary nebula"}, errors=[NotFound], kind="data")
def search_messier(
    w: World,
    query: str = "",
    type: ObjectType | None = None,
    constellation: ConstellationCode | None = None,
    limit: Limit = 5,
) -> MessierList:
    """Find Messier objects by name, type or constellation, brightest first.

    query: Part of the name or NGC designation, such as Nebula; all if left out.
    type: Only objects of this type.
    constellation: Only objects in the constellation with this code.
    limit: At most this many objects.
    """
    if constellation is not None:
        find_constellation(constellation)
    wanted = fold(query)
    found = [
        row
        for row in load_rows("messier")
        if wanted in fold(f"{row['name'] or ''}\n{row['designation'] or ''}")
        and type in (None, row["type"])
        and constellation in (None, row["constellation"])
    ]
    found.sort(key=lambda row: (row["magnitude"], int(row["messier"][1:])))
    shown = [MessierSummary(**{key: row[key] for key in MessierSummary.model_fields}) for row in found[:limit]]
    return MessierList(total=len(found), objects=shown)


@star_catalog.tool(
    example={"messier": "@star_catalog_search_messier.objects[0].messier"}, errors=[NotFound], kind="data"
)
def get_messier(w: World, messier: MessierNumber) -> MessierObject:
    """Get a Messier object's type, constellation, magnitude and coordinates.

    messier: Letter M and number, M1 to M110.
    """
    for row in load_rows("messier"):
        if row["messier"] == messier:
            return MessierObject(**row)
    raise NotFound(f"no messier '{messier}'; they are M1 to M110")


def _summary(row: Row) -> StarSummary:
    return StarSummary(
        star=f"HIP {row['hip']}", name=row["name"], constellation=row["constellation"], magnitude=row["magnitude"]
    )


def _place(row: Row) -> tuple[float, float]:
    return row["right_ascension_hours"], row["declination_deg"]
