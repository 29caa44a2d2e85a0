"""Arithmetic of freight: chargeable weight, boxes on pallets and in containers, container numbers."""

import math
from itertools import permutations
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.identifiers.verdicts import judge

freight = Domain("freight", category="logistics", description="Freight calculator and the Incoterms 2020 rules.")

ContainerNumber = Annotated[str, Field(pattern=r"^[A-Z]{3}[UJZ][0-9]{7}$"), Entity("container.number")]
BoxSide = Annotated[float, Field(ge=1, le=1500)]
Mode = Literal["air", "courier", "sea"]
Container = Literal["20ft", "40ft", "40ft_high_cube"]
Pallet = Literal["euro", "industrial", "gma"]
Term = Literal["EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"]
Party = Literal["seller", "buyer"]

CM3_PER_KG: dict[Mode, int] = {"air": 6000, "courier": 5000, "sea": 1000}
INSIDE_CM: dict[Container, tuple[int, int, int]] = {
    "20ft": (589, 235, 239), "40ft": (1203, 235, 239), "40ft_high_cube": (1203, 235, 269),
}  # fmt: skip
"""Usual inside length, width and height; builders differ by a few centimetres."""
DECK_CM: dict[Pallet, tuple[float, float, float]] = {
    "euro": (120, 80, 14.4), "industrial": (120, 100, 14.4), "gma": (121.92, 101.6, 14.0),
}  # fmt: skip
"""Length, width and own height."""
TERMS: dict[Term, tuple[str, Party, Party, Party, Party, bool]] = {
    "EXW": ("Ex Works", "buyer", "buyer", "buyer", "buyer", False),
    "FCA": ("Free Carrier", "seller", "buyer", "buyer", "buyer", False),
    "CPT": ("Carriage Paid To", "seller", "seller", "buyer", "buyer", False),
    "CIP": ("Carriage and Insurance Paid To", "seller", "seller", "seller", "buyer", False),
    "DAP": ("Delivered at Place", "seller", "seller", "seller", "buyer", False),
    "DPU": ("Delivered at Place Unloaded", "seller", "seller", "seller", "buyer", False),
    "DDP": ("Delivered Duty Paid", "seller", "seller", "seller", "seller", False),
    "FAS": ("Free Alongside Ship", "seller", "buyer", "buyer", "buyer", True),
    "FOB": ("Free on Board", "seller", "buyer", "buyer", "buyer", True),
    "CFR": ("Cost and Freight", "seller", "seller", "buyer", "buyer", True),
    "CIF": ("Cost, Insurance and Freight", "seller", "seller", "seller", "buyer", True),
}
"""Name; who clears for export, pays main carriage, bears or insures its risk, clears for import; only for ships."""


class ChargeableWeight(Record):
    volume_m3: float
    volumetric_kg: float
    chargeable_kg: float
    basis: Literal["actual", "volumetric"]


class Load(Record):
    boxes: int
    """As many as fit in one orientation, in a plain grid."""
    along_length: int
    along_width: int
    layers: int
    volume_used_percent: float


class PalletLoad(Load):
    stack_height_cm: float
    """With the pallet."""


class BuiltContainerNumber(Record):
    number: ContainerNumber
    check_digit: int


class ContainerCheck(Record):
    valid: bool
    owner_code: str
    category: Literal["container", "detachable equipment", "trailer or chassis"]
    serial: str
    check_digit: int


class TermFacts(Record):
    term: Term
    name: str
    only_by_ship: bool
    export_clearance: Party
    main_carriage_paid_by: Party
    transit_insured_or_risk_borne_by: Party
    """For CIP and CIF the seller insures though the buyer bears the risk."""
    import_clearance: Party


@freight.tool(
    example={"length_cm": 120, "width_cm": 80, "height_cm": 100, "weight_kg": 90, "mode": "air"}, kind="computation"
)
def chargeable_weight(
    w: World,
    length_cm: BoxSide,
    width_cm: BoxSide,
    height_cm: BoxSide,
    weight_kg: Annotated[float, Field(ge=0.1, le=30000)],
    mode: Mode,
) -> ChargeableWeight:
    """Work out the weight that a carrier charges for a box, by weight or volume.

    length_cm: Length in centimetres.
    width_cm: Width in centimetres.
    height_cm: Height in centimetres.
    weight_kg: Actual weight in kilograms.
    mode: Usual divisor: air 6000, courier 5000, sea 1000 cubic centimetres a kilogram.
    """
    volume = length_cm * width_cm * height_cm
    volumetric = volume / CM3_PER_KG[mode]
    return ChargeableWeight(
        volume_m3=round(volume / 1e6, 4),
        volumetric_kg=round(volumetric, 2),
        chargeable_kg=round(max(weight_kg, volumetric), 2),
        basis="volumetric" if volumetric > weight_kg else "actual",
    )


@freight.tool(example={"length_cm": 60, "width_cm": 40, "height_cm": 40, "container": "20ft"}, kind="computation")
def fill_container(w: World, length_cm: BoxSide, width_cm: BoxSide, height_cm: BoxSide, container: Container) -> Load:
    """Count the equal boxes that fit into a dry container, stacked in a plain grid.

    length_cm: Length of a box in centimetres.
    width_cm: Width of a box in centimetres.
    height_cm: Height of a box in centimetres; boxes may be turned any way.
    container: Size of the container.
    """
    length, width, height = INSIDE_CM[container]
    return best_load((length_cm, width_cm, height_cm), (length, width, height), upright=False)


@freight.tool(
    example={"length_cm": 40, "width_cm": 30, "height_cm": 25, "pallet": "euro", "max_height_cm": 180},
    kind="computation",
)
def fill_pallet(
    w: World,
    length_cm: BoxSide,
    width_cm: BoxSide,
    height_cm: BoxSide,
    pallet: Pallet,
    max_height_cm: Annotated[float, Field(ge=30, le=300)] = 180,
) -> PalletLoad:
    """Count the equal upright boxes that fit on a pallet in a plain grid.

    length_cm: Length of a box in centimetres.
    width_cm: Width of a box in centimetres.
    height_cm: Height of a box in centimetres; boxes stay upright.
    pallet: euro 120 x 80 cm, industrial 120 x 100 cm, gma 48 x 40 inches.
    max_height_cm: Greatest height of the stack with the pallet.
    """
    length, width, own = DECK_CM[pallet]
    load = best_load((length_cm, width_cm, height_cm), (length, width, max_height_cm - own), upright=True)
    return PalletLoad(**load.model_dump(), stack_height_cm=round(own + load.layers * height_cm, 2))


@freight.tool(example={"owner_code": "CSQ", "serial": "305438"}, kind="computation")
def container_number(
    w: World,
    owner_code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")],
    serial: Annotated[str, Field(pattern=r"^[0-9]{6}$")],
) -> BuiltContainerNumber:
    """Build an ISO 6346 freight container number with its check digit.

    owner_code: Three letters of the owner, without the category letter U.
    serial: Six digits.
    """
    from stdnum import iso6346

    body = f"{owner_code}U{serial}"
    digit = iso6346.calc_check_digit(body)
    return BuiltContainerNumber(number=f"{body}{digit}", check_digit=int(digit))


@freight.tool(example={"number": "@freight_container_number.number"}, kind="computation")
def check_container(w: World, number: ContainerNumber) -> ContainerCheck:
    """Check an ISO 6346 container number and split it into owner, category and serial.

    number: Four letters and seven digits without spaces, such as CSQU3054383.
    """
    from stdnum import iso6346

    categories: dict[str, Literal["container", "detachable equipment", "trailer or chassis"]]
    categories = {"U": "container", "J": "detachable equipment", "Z": "trailer or chassis"}
    return ContainerCheck(
        valid=judge(iso6346, number).valid,
        owner_code=number[:3],
        category=categories[number[3]],
        serial=number[4:10],
        check_digit=int(number[10]),
    )


@freight.tool(example={"term": "CIF"}, kind="data")
def incoterm(w: World, term: Term) -> TermFacts:
    """Tell what seller and buyer do and pay under one of the Incoterms 2020 rules.

    term: Three-letter rule.
    """
    name, export, carriage, transit, customs, ship = TERMS[term]
    return TermFacts(
        term=term,
        name=name,
        only_by_ship=ship,
        export_clearance=export,
        main_carriage_paid_by=carriage,
        transit_insured_or_risk_borne_by=transit,
        import_clearance=customs,
    )


def best_load(box: tuple[float, float, float], space: tuple[float, float, float], upright: bool) -> Load:
    """The orientation with most boxes. Raises InvalidArgument if none fits."""
    turns = [(box[0], box[1], box[2]), (box[1], box[0], box[2])] if upright else sorted(set(permutations(box)))
    counts = [[math.floor(room / side + 1e-9) for room, side in zip(space, turn, strict=True)] for turn in turns]
    best = max(counts, key=math.prod)
    if not math.prod(best):
        raise InvalidArgument(f"length_cm, width_cm, height_cm: a box of {box} cm does not fit into {space} cm")
    share = math.prod(best) * math.prod(box) / math.prod(space)
    return Load(
        boxes=math.prod(best),
        along_length=best[0],
        along_width=best[1],
        layers=best[2],
        volume_used_percent=round(100 * share, 2),
    )
