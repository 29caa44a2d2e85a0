"""Lights, heating, locks, plugs and sensors of the persona's fictional home."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, Table, World
from mock_apis.core.entities import Entity, IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound

smart_home = Domain("smart_home", category="home", description="Devices and scenes of the user's fictional smart home.")

DeviceId = Annotated[str, Field(pattern=r"^DEV-[0-9A-F]{6}$"), Entity("smart_device.id")]
SceneId = Annotated[str, Field(pattern=r"^SCN-[0-9A-F]{6}$"), Entity("smart_scene.id")]
Room = Literal["living room", "kitchen", "bedroom", "bathroom", "hall"]
Kind = Literal["light", "plug", "thermostat", "lock", "temperature_sensor", "humidity_sensor"]
Brightness = Annotated[int, Field(ge=1, le=100)]


class Device(Record):
    device_id: DeviceId
    name: str
    kind: Kind
    room: Room
    on: bool | None
    """Lights and plugs."""
    brightness: int | None
    """Lights, in percent; kept while the light is off."""
    target_c: float | None
    """Thermostats."""
    locked: bool | None
    """Locks."""
    reading: float | None
    """Sensors and thermostats: degrees Celsius or percent of humidity."""


class DeviceList(Record):
    total: int
    devices: list[Device]


class Setting(Record):
    device_id: DeviceId
    on: bool | None
    brightness: int | None
    target_c: float | None
    locked: bool | None


class Scene(Record):
    scene_id: SceneId
    name: str
    settings: list[Setting]


class SceneHead(Record):
    scene_id: SceneId
    name: str
    device_count: int


class SceneList(Record):
    total: int
    scenes: list[SceneHead]


class DayUse(Record):
    day: IsoDate
    kwh: float


class Energy(Record):
    device_id: DeviceId
    total_kwh: float
    days: list[DayUse]


SETUP: tuple[tuple[str, Kind, Room], ...] = (
    ("Ceiling light", "light", "living room"),
    ("Floor lamp", "light", "living room"),
    ("Thermostat", "thermostat", "living room"),
    ("Worktop light", "light", "kitchen"),
    ("Kettle plug", "plug", "kitchen"),
    ("Bedside lamp", "light", "bedroom"),
    ("Bedroom sensor", "temperature_sensor", "bedroom"),
    ("Humidity sensor", "humidity_sensor", "bathroom"),
    ("Front door", "lock", "hall"),
)


def seed_devices(w: World) -> list[Device]:
    """One home of nine devices, in a drawn state."""
    draw = w.draw("smart_home")
    return [
        Device(
            device_id=f"DEV-{draw.bits() % 0x1000000:06X}",
            name=name,
            kind=kind,
            room=room,
            on=draw.chance(0.4) if kind in ("light", "plug") else None,
            brightness=draw.between(3, 10) * 10 if kind == "light" else None,
            target_c=draw.between(36, 43) / 2 if kind == "thermostat" else None,
            locked=draw.chance(0.7) if kind == "lock" else None,
            reading={
                "thermostat": draw.between(180, 225) / 10,
                "temperature_sensor": draw.between(165, 215) / 10,
                "humidity_sensor": float(draw.between(42, 68)),
            }.get(kind),
        )
        for name, kind, room in SETUP
    ]


DEVICES = Table("smart_home_devices", key="device_id", seed_rows=seed_devices)
SCENES = Table[Scene]("smart_home_scenes", key="scene_id", seed_rows=lambda w: ())


@smart_home.tool(example={"kind": "light"}, kind="stateful")
def devices(w: World, room: Room | None = None, kind: Kind | None = None, limit: Limit = 10) -> DeviceList:
    """List the devices of the home with their state and sensor readings.

    room: Only devices in this room.
    kind: Only devices of this kind.
    limit: At most this many devices.
    """
    rows = [row for row in DEVICES.all(w) if room in (None, row.room) and kind in (None, row.kind)]
    return DeviceList(total=len(rows), devices=rows[:limit])


@smart_home.tool(
    example={"device_id": "@smart_home_devices.devices[0].device_id", "on": True},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def switch(w: World, device_id: DeviceId, on: bool) -> Device:
    """Turn a light or a plug of the home on or off.

    device_id: The light or plug, as given by smart_home_devices.
    on: True for on, false for off.
    """
    row = of_kind(w, device_id, "light", "plug")
    return DEVICES.put(w, row.model_copy(update={"on": on}))


@smart_home.tool(
    example={"device_id": "@smart_home_devices.devices[0].device_id", "brightness": 40},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def dim(w: World, device_id: DeviceId, brightness: Brightness) -> Device:
    """Set the brightness of a light, which turns it on.

    device_id: The light, as given by smart_home_devices.
    brightness: Percent of full brightness, 1 to 100.
    """
    row = of_kind(w, device_id, "light")
    return DEVICES.put(w, row.model_copy(update={"on": True, "brightness": brightness}))


@smart_home.tool(
    example={"target_c": 20.5},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def set_temperature(
    w: World, target_c: Annotated[float, Field(ge=5, le=30)], device_id: DeviceId | None = None
) -> Device:
    """Set the temperature that a thermostat of the home aims at.

    target_c: Degrees Celsius, 5 to 30, in steps of a half.
    device_id: The thermostat, as given by smart_home_devices; the only one if left out.
    """
    if target_c * 2 != int(target_c * 2):
        raise InvalidArgument(f"target_c {target_c} is no whole or half degree")
    chosen = device_id or next(row.device_id for row in DEVICES.all(w) if row.kind == "thermostat")
    row = of_kind(w, chosen, "thermostat")
    return DEVICES.put(w, row.model_copy(update={"target_c": target_c}))


@smart_home.tool(example={"locked": True}, errors=[NotFound, FailedPrecondition], writes=True, kind="stateful")
def set_lock(w: World, locked: bool, device_id: DeviceId | None = None) -> Device:
    """Lock or unlock a door of the home.

    locked: True to lock, false to unlock.
    device_id: The lock, as given by smart_home_devices; the front door if left out.
    """
    chosen = device_id or next(row.device_id for row in DEVICES.all(w) if row.kind == "lock")
    row = of_kind(w, chosen, "lock")
    return DEVICES.put(w, row.model_copy(update={"locked": locked}))


@smart_home.tool(
    example={"name": "Film night", "device_ids": ["@smart_home_devices.devices[0].device_id"]},
    errors=[NotFound, Conflict, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def save_scene(w: World, name: str, device_ids: Annotated[list[DeviceId], Field(min_length=1, max_length=9)]) -> Scene:
    """Save the present state of some devices as a scene to return to.

    name: Name that no other scene has, for example Film night.
    device_ids: The devices, as given by smart_home_devices; sensors cannot be set.
    """
    if not name.strip() or any(row.name.casefold() == name.casefold() for row in SCENES.all(w)):
        raise Conflict(f"name '{name}' is empty or taken by another scene; see smart_home_scenes")
    rows = [of_kind(w, key, "light", "plug", "thermostat", "lock") for key in dict.fromkeys(device_ids)]
    fields = set(Setting.model_fields)
    settings = [Setting.model_validate(row.model_dump(include=fields)) for row in rows]
    return SCENES.put(w, Scene(scene_id=w.new_id("SCN"), name=name, settings=settings))


@smart_home.tool(example={}, kind="stateful")
def scenes(w: World) -> SceneList:
    """List the saved scenes of the home and how many devices each sets."""
    rows = SCENES.all(w)
    heads = [SceneHead(scene_id=row.scene_id, name=row.name, device_count=len(row.settings)) for row in rows]
    return SceneList(total=len(rows), scenes=heads[:20])


@smart_home.tool(
    example={"scene_id": "@smart_home_save_scene.scene_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def activate_scene(w: World, scene_id: SceneId) -> DeviceList:
    """Bring the devices of a saved scene back to the state saved in it.

    scene_id: The scene, as given by smart_home_save_scene or smart_home_scenes.
    """
    rows = []
    for setting in SCENES.get(w, scene_id).settings:
        row = DEVICES.get(w, setting.device_id)
        rows.append(DEVICES.put(w, row.model_copy(update=setting.model_dump(exclude={"device_id"}))))
    return DeviceList(total=len(rows), devices=rows)


@smart_home.tool(
    example={"scene_id": "@smart_home_save_scene.scene_id"}, errors=[NotFound], writes=True, kind="stateful"
)
def delete_scene(w: World, scene_id: SceneId) -> Scene:
    """Delete a saved scene; the devices stay as they are.

    scene_id: The scene, as given by smart_home_save_scene or smart_home_scenes.
    """
    return SCENES.remove(w, scene_id)


@smart_home.tool(
    example={"device_id": "@smart_home_devices.devices[0].device_id", "days": 3},
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def energy_use(w: World, device_id: DeviceId, days: Annotated[int, Field(ge=1, le=31)] = 7) -> Energy:
    """Show the electricity that a light or plug used on each of the past days.

    device_id: The light or plug, as given by smart_home_devices.
    days: How many whole days before today, 1 to 31.
    """
    row = of_kind(w, device_id, "light", "plug")
    high = 60 if row.kind == "light" else 900
    past = [(w.today - timedelta(days=back)).isoformat() for back in range(days, 0, -1)]
    uses = [DayUse(day=day, kwh=w.draw("smart_home.energy", device_id, day).between(0, high) / 1000) for day in past]
    return Energy(device_id=device_id, total_kwh=round(sum(use.kwh for use in uses), 3), days=uses)


def of_kind(w: World, device_id: str, *kinds: Kind) -> Device:
    """The device. Raises NotFound, or FailedPrecondition if it is of none of the kinds."""
    row = DEVICES.get(w, device_id)
    if row.kind not in kinds:
        raise FailedPrecondition(f"device_id {device_id} is a {row.kind}, not a {' or '.join(kinds)}")
    return row
