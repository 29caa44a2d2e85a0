"""Geohash, Open Location Code, Maidenhead and UTM, as pure functions of degrees."""

import math

BASE32 = "0123456789bcdefghjkmnpqrstuvwxyz"
PLUS = "23456789CFGHJMPQRVWX"
Cell = tuple[float, float, float, float]
"""South, west, north, east."""
EQUATOR_M, FLATTENING, SCALE = 6378137.0, 1 / 298.257223563, 0.9996
BANDS = "CDEFGHJKLMNPQRSTUVWX"


def write_geohash(latitude: float, longitude: float, length: int) -> str:
    """The geohash of so many characters."""
    south, west, north, east = -90.0, -180.0, 90.0, 180.0
    text, value = "", 0
    for bit in range(5 * length):
        if bit % 2 == 0:
            middle = (west + east) / 2
            high = longitude >= middle
            west, east = (middle, east) if high else (west, middle)
        else:
            middle = (south + north) / 2
            high = latitude >= middle
            south, north = (middle, north) if high else (south, middle)
        value = value * 2 + high
        if bit % 5 == 4:
            text, value = text + BASE32[value], 0
    return text


def read_geohash(text: str) -> Cell:
    """The cell of a geohash."""
    south, west, north, east = -90.0, -180.0, 90.0, 180.0
    for bit in range(5 * len(text)):
        high = BASE32.index(text[bit // 5]) >> (4 - bit % 5) & 1
        if bit % 2 == 0:
            middle = (west + east) / 2
            west, east = (middle, east) if high else (west, middle)
        else:
            middle = (south + north) / 2
            south, north = (middle, north) if high else (south, middle)
    return south, west, north, east


def geohash_neighbours(text: str) -> dict[str, str]:
    """The geohashes around a cell by direction; none beyond a pole."""
    south, west, north, east = read_geohash(text)
    found = {}
    for name, up, right in (
        ("n", 1, 0), ("ne", 1, 1), ("e", 0, 1), ("se", -1, 1),
        ("s", -1, 0), ("sw", -1, -1), ("w", 0, -1), ("nw", 1, -1),
    ):  # fmt: skip
        latitude = (south + north) / 2 + up * (north - south)
        longitude = (west + east) / 2 + right * (east - west)
        if abs(latitude) < 90:
            found[name] = write_geohash(latitude, (longitude + 180) % 360 - 180, len(text))
    return found


def write_plus_code(latitude: float, longitude: float, digits: int) -> str:
    """The full Open Location Code of 2, 4, 6, 8, 10 or 11 digits."""
    pairs = min(digits, 10) // 2
    north = min(math.floor(round((latitude + 90) * 25_000_000, 6)), 180 * 25_000_000 - 1)
    east = math.floor(round((longitude + 180) % 360 * 8_192_000, 6)) % (360 * 8_192_000)
    units = (20.0, 1.0, 0.05, 0.0025, 0.000125)
    code = ""
    for unit in units[:pairs]:
        step_north, step_east = round(unit * 25_000_000), round(unit * 8_192_000)
        code += PLUS[north // step_north % 20] + PLUS[east // step_east % 20]
    code = code.ljust(8, "0")
    code = f"{code[:8]}+{code[8:]}"
    if digits > 10:
        code += PLUS[north % 3125 // 625 * 4 + east % 1024 // 256]
    return code


def read_plus_code(code: str) -> Cell:
    """The cell of a valid full code."""
    digits = code.replace("+", "").rstrip("0")
    south, west, unit = -90.0, -180.0, 20.0
    for place in range(0, min(len(digits), 10), 2):
        south += PLUS.index(digits[place]) * unit
        west += PLUS.index(digits[place + 1]) * unit
        unit /= 20
    unit *= 20
    high = wide = unit
    for digit in digits[10:]:
        high, wide = high / 5, wide / 4
        south += PLUS.index(digit) // 4 * high
        west += PLUS.index(digit) % 4 * wide
    return south, west, south + high, west + wide


def write_maidenhead(latitude: float, longitude: float, length: int) -> str:
    """The locator of 2, 4, 6 or 8 characters."""
    east, north = min(longitude + 180, 359.9999999), min(latitude + 90, 179.9999999)
    wide, high, text = 20.0, 10.0, ""
    for pair in range(length // 2):
        column, row = int(east / wide), int(north / high)
        east, north = east - column * wide, north - row * high
        first = ("A", "0", "a", "0")[pair]
        text += chr(ord(first) + column) + chr(ord(first) + row)
        parts = (10, 24, 10, 1)[pair]
        wide, high = wide / parts, high / parts
    return text


def read_maidenhead(text: str) -> Cell:
    """The cell of a locator."""
    south, west, wide, high = -90.0, -180.0, 20.0, 10.0
    for pair in range(len(text) // 2):
        first = ord(("A", "0", "a", "0")[pair])
        west += (ord(text[2 * pair]) - first) * wide
        south += (ord(text[2 * pair + 1]) - first) * high
        if pair < len(text) // 2 - 1:
            parts = (10, 24, 10)[pair]
            wide, high = wide / parts, high / parts
    return south, west, south + high, west + wide


def utm_zone(latitude: float, longitude: float) -> int:
    """The zone, with the exceptions of Norway and Svalbard."""
    if 56 <= latitude < 64 and 3 <= longitude < 12:
        return 32
    if latitude >= 72 and 0 <= longitude < 42:
        return 31 if longitude < 9 else 33 if longitude < 21 else 35 if longitude < 33 else 37
    return int((longitude + 180) % 360 // 6) + 1


def utm_band(latitude: float) -> str:
    """The letter of the band of latitude, from 80 south to 84 north."""
    return BANDS[min(int((latitude + 80) // 8), 19)]


def write_utm(latitude: float, longitude: float, zone: int) -> tuple[float, float]:
    """Easting and northing in metres (Krüger's series to the fourth order)."""
    n, radius, alpha, _ = _series()
    conformal = math.sinh(math.atanh(math.sin(math.radians(latitude))) - _shrink(n, math.sin(math.radians(latitude))))
    away = math.radians((longitude - (6 * zone - 183) + 180) % 360 - 180)
    xi, eta = math.atan2(conformal, math.cos(away)), math.asinh(math.sin(away) / math.hypot(conformal, math.cos(away)))
    north = xi + sum(a * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, a in enumerate(alpha, 1))
    east = eta + sum(a * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, a in enumerate(alpha, 1))
    return 500_000 + SCALE * radius * east, (10_000_000 if latitude < 0 else 0) + SCALE * radius * north


def read_utm(zone: int, easting: float, northing: float, south: bool) -> tuple[float, float]:
    """Latitude and longitude."""
    n, radius, _, beta = _series()
    xi = (northing - (10_000_000 if south else 0)) / (SCALE * radius)
    eta = (easting - 500_000) / (SCALE * radius)
    up = xi - sum(b * math.sin(2 * j * xi) * math.cosh(2 * j * eta) for j, b in enumerate(beta, 1))
    right = eta - sum(b * math.cos(2 * j * xi) * math.sinh(2 * j * eta) for j, b in enumerate(beta, 1))
    conformal = math.sin(up) / math.hypot(math.sinh(right), math.cos(up))
    sine = conformal / math.sqrt(1 + conformal**2)
    for _ in range(6):
        sine = math.tanh(math.asinh(conformal) + _shrink(n, sine))
    longitude = 6 * zone - 183 + math.degrees(math.atan2(math.sinh(right), math.cos(up)))
    return math.degrees(math.asin(sine)), (longitude + 180) % 360 - 180


def _shrink(n: float, sine: float) -> float:
    eccentricity = 2 * math.sqrt(n) / (1 + n)
    return eccentricity * math.atanh(eccentricity * sine)


def _series() -> tuple[float, float, tuple[float, ...], tuple[float, ...]]:
    n = FLATTENING / (2 - FLATTENING)
    radius = EQUATOR_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    alpha = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    return n, radius, alpha, beta
