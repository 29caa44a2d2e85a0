"""Quantities of material for work on a home, by geometry."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import FailedPrecondition

home_projects = Domain("home_projects", category="home", description="Material for painting, floors, tiles, concrete.")

Metres = Annotated[float, Field(ge=0.1, le=200)]
Count = Annotated[int, Field(ge=0, le=50)]
Waste = Annotated[float, Field(ge=0, le=50)]
FloorAreaValue = Annotated[float, Entity("room.floor_m2")]
FloorArea = Annotated[float, Field(ge=0.5, le=10000), Entity("room.floor_m2")]
WallAreaValue = Annotated[float, Entity("room.wall_m2")]
WallArea = Annotated[float, Field(ge=0.5, le=10000), Entity("room.wall_m2")]
VolumeValue = Annotated[float, Entity("material.volume_m3")]
Volume = Annotated[float, Field(ge=0.001, le=5000), Entity("material.volume_m3")]


class Room(Record):
    floor_m2: FloorAreaValue
    wall_m2: WallAreaValue
    """Without doors and windows."""
    perimeter_m: float
    volume_m3: float


class Paint(Record):
    litres: float
    cans: int


class Wallpaper(Record):
    strips: int
    strips_per_roll: int
    rolls: int


class Flooring(Record):
    needed_m2: float
    packs: int
    spare_m2: float


class Tiles(Record):
    tiles: int
    """Waste included."""
    grout_litres: float


class Slab(Record):
    volume_m3: VolumeValue


class Concrete(Record):
    bags: int
    kilograms: float


class Stairs(Record):
    steps: int
    riser_mm: float
    tread_mm: float
    run_m: float
    """Horizontal length of all treads."""
    slope_degrees: float


class Fence(Record):
    posts: int
    panels: int
    last_panel_m: float


@home_projects.tool(
    example={"length_m": 5.0, "width_m": 4.0, "height_m": 2.5, "doors": 1, "windows": 2},
    errors=[FailedPrecondition],
    kind="computation",
)
def room_size(
    w: World, length_m: Metres, width_m: Metres, height_m: Metres, doors: Count = 0, windows: Count = 0
) -> Room:
    """Work out floor, walls, perimeter and volume of a rectangular room.

    length_m: Inner length in metres.
    width_m: Inner width in metres.
    height_m: Height of the ceiling in metres.
    doors: Doors to leave out of the walls, taken as 2.0 m by 0.9 m.
    windows: Windows to leave out of the walls, taken as 1.2 m by 1.2 m.
    """
    perimeter = 2 * (length_m + width_m)
    wall = perimeter * height_m - 1.8 * doors - 1.44 * windows
    if wall <= 0:
        raise FailedPrecondition(f"doors {doors} and windows {windows} are larger than the walls")
    floor = length_m * width_m
    return Room(
        floor_m2=round(floor, 2),
        wall_m2=round(wall, 2),
        perimeter_m=round(perimeter, 2),
        volume_m3=round(floor * height_m, 2),
    )


@home_projects.tool(
    example={"wall_m2": "@home_projects_room_size.wall_m2", "coats": 2, "can_litres": 5.0}, kind="computation"
)
def paint(
    w: World,
    wall_m2: WallArea,
    coats: Annotated[int, Field(ge=1, le=5)] = 2,
    m2_per_litre: Annotated[float, Field(ge=2, le=20)] = 10.0,
    can_litres: Annotated[float, Field(ge=0.1, le=50)] = 2.5,
) -> Paint:
    """Work out litres and cans of paint for an area of wall.

    wall_m2: Area to paint in square metres, as given by home_projects_room_size.
    coats: How many coats of paint.
    m2_per_litre: Coverage of one coat as the can states it.
    can_litres: Litres in one can.
    """
    litres = wall_m2 * coats / m2_per_litre
    return Paint(litres=round(litres, 2), cans=whole(litres / can_litres))


@home_projects.tool(example={"perimeter_m": 18.0, "height_m": 2.5}, errors=[FailedPrecondition], kind="computation")
def wallpaper(
    w: World,
    perimeter_m: Metres,
    height_m: Metres,
    repeat_cm: Annotated[float, Field(ge=0, le=200)] = 0.0,
    roll_length_m: Metres = 10.05,
    roll_width_cm: Annotated[float, Field(ge=20, le=200)] = 53.0,
) -> Wallpaper:
    """Count the rolls of wallpaper for walls, with the repeat of the pattern.

    perimeter_m: Length of all walls to cover in metres.
    height_m: Height of the walls in metres.
    repeat_cm: Repeat of the pattern in centimetres; 0 for none.
    roll_length_m: Length of a roll in metres.
    roll_width_cm: Width of a roll in centimetres.
    """
    repeat = repeat_cm / 100
    strip = height_m if repeat == 0 else whole(height_m / repeat) * repeat
    per_roll = math.floor(roll_length_m / strip + 1e-9)
    if per_roll < 1:
        raise FailedPrecondition(f"roll_length_m {roll_length_m} is shorter than a strip of {strip:.2f} m")
    strips = whole(perimeter_m * 100 / roll_width_cm)
    return Wallpaper(strips=strips, strips_per_roll=per_roll, rolls=whole(strips / per_roll))


@home_projects.tool(example={"floor_m2": "@home_projects_room_size.floor_m2", "pack_m2": 2.2}, kind="computation")
def flooring(
    w: World,
    floor_m2: FloorArea,
    pack_m2: Annotated[float, Field(ge=0.1, le=50)],
    waste_percent: Waste = 10.0,
) -> Flooring:
    """Count the packs of boards or laminate for a floor, with cutting waste.

    floor_m2: Area of the floor in square metres, as given by home_projects_room_size.
    pack_m2: Area that one pack covers in square metres.
    waste_percent: Added for cutting, in percent.
    """
    needed = floor_m2 * (1 + waste_percent / 100)
    packs = whole(needed / pack_m2)
    return Flooring(needed_m2=round(needed, 2), packs=packs, spare_m2=round(packs * pack_m2 - floor_m2, 2))


@home_projects.tool(
    example={"area_m2": "@home_projects_room_size.floor_m2", "tile_length_cm": 60.0, "tile_width_cm": 30.0},
    kind="computation",
)
def tiles(
    w: World,
    area_m2: FloorArea,
    tile_length_cm: Annotated[float, Field(ge=1, le=300)],
    tile_width_cm: Annotated[float, Field(ge=1, le=300)],
    joint_mm: Annotated[float, Field(ge=0, le=20)] = 3.0,
    waste_percent: Waste = 10.0,
) -> Tiles:
    """Count tiles for an area and the volume of grout in joints 8 mm deep.

    area_m2: Area to tile in square metres.
    tile_length_cm: Length of a tile in centimetres.
    tile_width_cm: Width of a tile in centimetres.
    joint_mm: Width of the joints in millimetres.
    waste_percent: Added for cutting and breakage, in percent.
    """
    length, width, joint = tile_length_cm / 100, tile_width_cm / 100, joint_mm / 1000
    cell = (length + joint) * (width + joint)
    grout = area_m2 * (1 - length * width / cell) * 0.008 * 1000
    count = whole(area_m2 * (1 + waste_percent / 100) / cell)
    return Tiles(tiles=count, grout_litres=round(grout, 2))


@home_projects.tool(example={"length_m": 4.0, "width_m": 3.0, "thickness_cm": 10.0}, kind="computation")
def slab(w: World, length_m: Metres, width_m: Metres, thickness_cm: Annotated[float, Field(ge=1, le=300)]) -> Slab:
    """Work out the volume of a rectangular slab, path or layer of material.

    length_m: Length in metres.
    width_m: Width in metres.
    thickness_cm: Thickness in centimetres.
    """
    return Slab(volume_m3=max(round(length_m * width_m * thickness_cm / 100, 3), 0.001))


@home_projects.tool(example={"volume_m3": "@home_projects_slab.volume_m3", "bag_kg": 25.0}, kind="computation")
def concrete(
    w: World,
    volume_m3: Volume,
    bag_kg: Annotated[float, Field(ge=1, le=1000)] = 25.0,
    kg_per_m3: Annotated[float, Field(ge=500, le=3000)] = 2000.0,
) -> Concrete:
    """Count the bags of dry concrete mix for a volume.

    volume_m3: Volume to fill in cubic metres, as given by home_projects_slab.
    bag_kg: Weight of one bag in kilograms.
    kg_per_m3: Dry mix for a cubic metre in kilograms, as the bag states it.
    """
    weight = volume_m3 * kg_per_m3
    return Concrete(bags=whole(weight / bag_kg), kilograms=round(weight, 1))


@home_projects.tool(example={"rise_cm": 270.0}, kind="computation")
def stairs(
    w: World,
    rise_cm: Annotated[float, Field(ge=30, le=2000)],
    riser_mm: Annotated[float, Field(ge=120, le=220)] = 180.0,
    tread_mm: Annotated[float, Field(ge=200, le=400)] = 270.0,
) -> Stairs:
    """Divide a storey into equal steps and give run and slope of the stairs.

    rise_cm: Height from floor to floor in centimetres.
    riser_mm: Wanted height of a step in millimetres; the real one is as near as equal steps allow.
    tread_mm: Depth of a tread in millimetres.
    """
    steps = max(1, round(rise_cm * 10 / riser_mm))
    riser = rise_cm * 10 / steps
    return Stairs(
        steps=steps,
        riser_mm=round(riser, 1),
        tread_mm=tread_mm,
        run_m=round((steps - 1) * tread_mm / 1000, 3),
        slope_degrees=round(math.degrees(math.atan2(riser, tread_mm)), 1),
    )


@home_projects.tool(example={"length_m": 21.0, "panel_m": 1.8}, kind="computation")
def fence(w: World, length_m: Metres, panel_m: Annotated[float, Field(ge=1, le=5)] = 1.8) -> Fence:
    """Count panels and posts of a straight fence, the last panel cut to fit.

    length_m: Length of the fence in metres.
    panel_m: Distance from post to post in metres.
    """
    panels = whole(length_m / panel_m)
    return Fence(panels=panels, posts=panels + 1, last_panel_m=round(length_m - (panels - 1) * panel_m, 3))


def whole(number: float) -> int:
    """Rounded up, but for what is over by rounding errors."""
    return max(1, math.ceil(number - 1e-9))
