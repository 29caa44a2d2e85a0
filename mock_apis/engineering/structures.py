"""Beams, columns and rods of common materials."""

import math
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity, Limit
from mock_apis.core.errors import FailedPrecondition, NotFound
from mock_apis.science.figures import sig

structures = Domain(
    "structures", category="engineering", description="Bending, buckling and stretching of beams, columns and rods."
)

Material = Annotated[str, Entity("structure.material")]
SecondMoment = Annotated[float, Field(ge=1, le=1e13), Entity("beam.second_moment_mm4")]
SecondMomentOut = Annotated[float, Entity("beam.second_moment_mm4")]
Millimetres = Annotated[float, Field(ge=1, le=100_000)]
Newtons = Annotated[float, Field(ge=0, le=1e9)]
Support = Literal["simply_supported", "cantilever", "fixed_both_ends"]
Load = Literal["point", "uniform"]

MATERIALS = {
    "structural steel": (200.0, 7850, 12.0),
    "stainless steel": (193.0, 8000, 17.0),
    "cast iron": (110.0, 7200, 10.5),
    "aluminium": (69.0, 2700, 23.0),
    "titanium": (116.0, 4500, 8.6),
    "copper": (117.0, 8960, 17.0),
    "brass": (105.0, 8500, 19.0),
    "glass": (70.0, 2500, 9.0),
    "concrete": (30.0, 2400, 10.0),
    "pine along the grain": (9.0, 500, 5.0),
    "oak along the grain": (11.0, 700, 5.0),
}
"""Young's modulus in GPa, density in kg/m3, thermal expansion in 1e-6 per kelvin; typical handbook values."""


class MaterialFacts(Record):
    material: Material
    youngs_modulus_gpa: float
    density_kg_per_m3: float
    expansion_per_million_k: float


class MaterialList(Record):
    total: int
    materials: list[MaterialFacts]


class Section(Record):
    area_mm2: float
    second_moment_mm4: SecondMomentOut
    section_modulus_mm3: float


class Deflection(Record):
    deflection_mm: float
    largest_moment_nm: float


class Reactions(Record):
    left_n: float
    right_n: float
    largest_moment_nm: float


class Buckling(Record):
    critical_load_n: float
    """Euler's load for a slender, straight column."""


class Stretch(Record):
    stress_mpa: float
    elongation_mm: float


class Expansion(Record):
    change_mm: float


@structures.tool(example={"query": "steel"}, kind="data")
def materials(w: World, query: str = "", limit: Limit = 5) -> MaterialList:
    """Find building materials with typical stiffness, density and expansion.

    query: Part of the name, such as steel; all if left out.
    limit: At most this many materials.
    """
    rows = [facts_of(name) for name in MATERIALS if query.strip().casefold() in name]
    return MaterialList(total=len(rows), materials=rows[:limit])


@structures.tool(
    example={"shape": "rectangle", "height_mm": 100.0, "width_mm": 50.0},
    errors=[FailedPrecondition],
    kind="computation",
)
def section(
    w: World,
    shape: Literal["rectangle", "circle"],
    height_mm: Millimetres,
    width_mm: Millimetres | None = None,
    wall_mm: Millimetres | None = None,
) -> Section:
    """Work out area and second moment of a rectangle, circle or tube.

    shape: Outline of the cross-section.
    height_mm: Height in the direction of bending, or diameter, in millimetres.
    width_mm: Width of a rectangle in millimetres; as the height if left out.
    wall_mm: Wall of a hollow section in millimetres; solid if left out.
    """
    width = height_mm if shape == "circle" or width_mm is None else width_mm
    wall = 0.0 if wall_mm is None else wall_mm
    if wall_mm is not None and 2 * wall >= min(height_mm, width):
        raise FailedPrecondition(f"wall_mm {wall_mm} is half of the section or more; leave it out for a solid one")
    inner, hollow = (width - 2 * wall, height_mm - 2 * wall) if wall else (0.0, 0.0)
    area = width * height_mm - inner * hollow
    moment = (width * height_mm**3 - inner * hollow**3) / 12
    if shape == "circle":
        area, moment = area * math.pi / 4, (height_mm**4 - hollow**4) * math.pi / 64
    return Section(area_mm2=sig(area), second_moment_mm4=sig(moment), section_modulus_mm3=sig(2 * moment / height_mm))


@structures.tool(
    example={
        "material": "@structures_materials.materials[0].material",
        "second_moment_mm4": "@structures_section.second_moment_mm4",
        "span_m": 2.0,
        "load_n": 1000.0,
    },
    errors=[NotFound],
    kind="computation",
)
def beam_deflection(
    w: World,
    material: Material,
    second_moment_mm4: SecondMoment,
    span_m: Annotated[float, Field(ge=0.01, le=1000)],
    load_n: Newtons,
    support: Support = "simply_supported",
    load: Load = "point",
) -> Deflection:
    """Work out how far a beam bends under a load and its largest moment.

    material: Such as structural steel; see structures_materials.
    second_moment_mm4: Second moment of area in mm4; see structures_section.
    span_m: Length of the beam in metres.
    load_n: Whole load in newtons, without the beam's own weight.
    support: How the beam is held.
    load: In the middle (at the end of a cantilever), or spread evenly.
    """
    modulus = find_material(material)[0] * 1000
    divisor, share = {
        ("simply_supported", "point"): (48.0, 1 / 4),
        ("simply_supported", "uniform"): (384 / 5, 1 / 8),
        ("cantilever", "point"): (3.0, 1.0),
        ("cantilever", "uniform"): (8.0, 1 / 2),
        ("fixed_both_ends", "point"): (192.0, 1 / 8),
        ("fixed_both_ends", "uniform"): (384.0, 1 / 12),
    }[support, load]
    bend = load_n * (span_m * 1000) ** 3 / (divisor * modulus * second_moment_mm4)
    return Deflection(deflection_mm=sig(bend), largest_moment_nm=sig(load_n * span_m * share))


@structures.tool(
    example={"span_m": 4.0, "loads_n": [1000.0, 500.0], "places_m": [1.0, 3.0]},
    errors=[FailedPrecondition],
    kind="computation",
)
def beam_reactions(
    w: World,
    span_m: Annotated[float, Field(ge=0.01, le=1000)],
    loads_n: Annotated[list[Newtons], Field(min_length=1, max_length=10)],
    places_m: Annotated[list[Annotated[float, Field(ge=0, le=1000)]], Field(min_length=1, max_length=10)],
) -> Reactions:
    """Work out the forces at both supports of a beam with point loads.

    span_m: Distance of the two supports in metres; they stand at the ends.
    loads_n: Loads downwards in newtons.
    places_m: Distance of each load from the left support in metres.
    """
    if len(loads_n) != len(places_m) or max(places_m) > span_m:
        raise FailedPrecondition("places_m must hold one place for each load, none beyond span_m")
    right = math.fsum(load * place for load, place in zip(loads_n, places_m, strict=True)) / span_m
    left = math.fsum(loads_n) - right
    moments = [
        left * place - math.fsum(n * (place - at) for n, at in zip(loads_n, places_m, strict=True) if at < place)
        for place in places_m
    ]
    return Reactions(left_n=sig(left), right_n=sig(right), largest_moment_nm=sig(max(0.0, *moments)))


@structures.tool(
    example={
        "material": "structural steel",
        "second_moment_mm4": "@structures_section.second_moment_mm4",
        "length_m": 3.0,
    },
    errors=[NotFound],
    kind="computation",
)
def column_buckling(
    w: World,
    material: Material,
    second_moment_mm4: SecondMoment,
    length_m: Annotated[float, Field(ge=0.01, le=1000)],
    ends: Literal["both_pinned", "both_fixed", "one_fixed_one_free", "one_fixed_one_pinned"] = "both_pinned",
) -> Buckling:
    """Work out the load at which a slender column buckles (Euler).

    material: Such as structural steel; see structures_materials.
    second_moment_mm4: Smallest second moment of area in mm4; see structures_section.
    length_m: Length of the column in metres.
    ends: How its ends are held.
    """
    factor = {"both_pinned": 1.0, "both_fixed": 0.5, "one_fixed_one_free": 2.0, "one_fixed_one_pinned": 0.699}[ends]
    modulus = find_material(material)[0] * 1000
    return Buckling(critical_load_n=sig(math.pi**2 * modulus * second_moment_mm4 / (factor * length_m * 1000) ** 2))


@structures.tool(
    example={"material": "structural steel", "force_n": 10000.0, "area_mm2": 100.0, "length_m": 2.0},
    errors=[NotFound],
    kind="computation",
)
def stretch(
    w: World,
    material: Material,
    force_n: Newtons,
    area_mm2: Annotated[float, Field(ge=0.01, le=1e8)],
    length_m: Annotated[float, Field(ge=0.001, le=100_000)],
) -> Stretch:
    """Work out stress and elastic stretch of a rod that is pulled.

    material: Such as aluminium; see structures_materials.
    force_n: Pull in newtons.
    area_mm2: Cross-section in square millimetres.
    length_m: Length of the rod in metres.
    """
    stress = force_n / area_mm2
    return Stretch(stress_mpa=sig(stress), elongation_mm=sig(stress / find_material(material)[0] * length_m))


@structures.tool(
    example={"material": "structural steel", "length_m": 100.0, "warming_k": 30.0},
    errors=[NotFound],
    kind="computation",
)
def thermal_expansion(
    w: World,
    material: Material,
    length_m: Annotated[float, Field(ge=0.001, le=100_000)],
    warming_k: Annotated[float, Field(ge=-200, le=500)],
) -> Expansion:
    """Work out how much a part lengthens when it warms.

    material: Such as structural steel; see structures_materials.
    length_m: Length in metres.
    warming_k: Change of temperature in kelvins, negative for cooling.
    """
    return Expansion(change_mm=sig(find_material(material)[2] * length_m * warming_k / 1000))


def facts_of(name: str) -> MaterialFacts:
    """The material's row."""
    modulus, density, expansion = MATERIALS[name]
    return MaterialFacts(
        material=name, youngs_modulus_gpa=modulus, density_kg_per_m3=density, expansion_per_million_k=expansion
    )


def find_material(name: str) -> tuple[float, float, float]:
    """Modulus, density, expansion. Raises NotFound."""
    if name not in MATERIALS:
        raise NotFound(f"no material '{name[:40]}'; see structures_materials")
    return MATERIALS[name]
