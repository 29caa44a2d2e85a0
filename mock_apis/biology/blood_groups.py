"""ABO and Rh blood groups: typing, inheritance, transfusion."""

import itertools
from typing import Annotated, Literal

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity

blood_groups = Domain(
    "blood_groups", category="biology", description="ABO and Rh D blood groups: typing and inheritance."
)

BloodType = Annotated[Literal["A+", "A-", "B+", "B-", "AB+", "AB-", "O+", "O-"], Entity("blood.type")]
BLOOD_TYPES: tuple[BloodType, ...] = ("O-", "O+", "A-", "A+", "B-", "B+", "AB-", "AB+")
ABO = {"A": ("AA", "AO"), "B": ("BB", "BO"), "AB": ("AB",), "O": ("OO",)}


class Typed(Record):
    blood_type: BloodType
    antibodies: list[Literal["anti-A", "anti-B"]]
    """In the plasma."""


class ChildTypes(Record):
    possible: list[BloodType]


class Donors(Record):
    can_receive_red_cells_from: list[BloodType]
    can_give_red_cells_to: list[BloodType]


@blood_groups.tool(
    example={"clumps_with_anti_a": True, "clumps_with_anti_b": False, "clumps_with_anti_d": True}, kind="computation"
)
def read_test(w: World, clumps_with_anti_a: bool, clumps_with_anti_b: bool, clumps_with_anti_d: bool) -> Typed:
    """Read a blood type off a test card with three antisera.

    clumps_with_anti_a: Whether the red cells clump with anti-A.
    clumps_with_anti_b: Whether the red cells clump with anti-B.
    clumps_with_anti_d: Whether the red cells clump with anti-D, the Rh factor.
    """
    group = "A" * clumps_with_anti_a + "B" * clumps_with_anti_b or "O"
    name = group + ("+" if clumps_with_anti_d else "-")
    missing: list[Literal["anti-A", "anti-B"]] = []
    missing += [] if clumps_with_anti_a else ["anti-A"]
    missing += [] if clumps_with_anti_b else ["anti-B"]
    return Typed(blood_type=next(one for one in BLOOD_TYPES if one == name), antibodies=missing)


@blood_groups.tool(example={"mother": "A+", "father": "B-"}, kind="computation")
def child_types(w: World, mother: BloodType, father: BloodType) -> ChildTypes:
    """List the blood types that two parents' child could have.

    mother: ABO and Rh type of the mother, such as A+.
    father: ABO and Rh type of the father.
    """
    groups = {
        group_of(one, two)
        for a, b in itertools.product(ABO[mother[:-1]], ABO[father[:-1]])
        for one, two in itertools.product(a, b)
    }
    signs = "-" if mother[-1] == father[-1] == "-" else "+-"
    return ChildTypes(possible=[name for name in BLOOD_TYPES if name[:-1] in groups and name[-1] in signs])


@blood_groups.tool(example={"blood_type": "@blood_groups_child_types.possible[0]"}, kind="data")
def transfusion_matches(w: World, blood_type: BloodType) -> Donors:
    """List who may give red cells to a blood type, and who may take its.

    blood_type: ABO and Rh type, such as O-; only ABO and Rh D are looked at.
    """
    return Donors(
        can_receive_red_cells_from=[name for name in BLOOD_TYPES if antigens(name) <= antigens(blood_type)],
        can_give_red_cells_to=[name for name in BLOOD_TYPES if antigens(blood_type) <= antigens(name)],
    )


def group_of(one: str, two: str) -> str:
    """The blood group of two alleles."""
    return "".join(sorted({one, two} - {"O"})) or "O"


def antigens(name: str) -> frozenset[str]:
    """A, B and D, as far as the cells carry them."""
    return frozenset(name.replace("+", "D").replace("-", "").replace("O", ""))
