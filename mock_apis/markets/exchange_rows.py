"""The companies of the fictional Calder Exchange and its one price a weekday."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record, World
from mock_apis.core.entities import CityName, Entity
from mock_apis.core.errors import NotFound
from mock_apis.finance.price_level import price

TickerSymbol = Annotated[str, Field(pattern=r"^[A-Z]{4}$"), Entity("ticker.symbol")]
ClosePrice = Annotated[float, Field(gt=0, le=1e9), Entity("ticker.price")]
Sector = Literal["energy", "finance", "food", "health", "industry", "retail", "technology", "transport"]

FIRST_DAY = date(2022, 1, 3)
"""First trading day of the exchange."""
SWINGS = ((128, 0.15), (32, 0.08), (8, 0.04), (1, 0.012))
"""Period in days and largest relative size of what is added to a company's trend."""
NAMES: tuple[tuple[str, str, Sector, str], ...] = (
    ("ALVR", "Alverton Power", "energy", "Dublin"),
    ("BRNQ", "Brinquist Solar", "energy", "Madrid"),
    ("CDRW", "Cedarwick Fuels", "energy", "Boston"),
    ("DWNE", "Downey Grid", "energy", "Sydney"),
    ("EBBK", "Ebbrook Bank", "finance", "London"),
    ("FNLY", "Fenlay Insurance", "finance", "Berlin"),
    ("GRVX", "Grovex Capital", "finance", "Singapore"),
    ("HLWY", "Hollway Trust", "finance", "Toronto"),
    ("IVYM", "Ivymead Foods", "food", "Dublin"),
    ("JSPR", "Jasperine Bakeries", "food", "Chicago"),
    ("KLPT", "Kelpton Seafood", "food", "Tokyo"),
    ("LRKH", "Larkholm Dairy", "food", "Berlin"),
    ("MDLW", "Medlow Clinics", "health", "London"),
    ("NRVO", "Norvo Therapeutics", "health", "Boston"),
    ("OSLE", "Oslerine Devices", "health", "Toronto"),
    ("PNLP", "Penlop Pharma", "health", "Singapore"),
    ("QRRY", "Quarrystone Cement", "industry", "Madrid"),
    ("RDGW", "Ridgeway Tools", "industry", "Chicago"),
    ("STLM", "Stelmark Steel", "industry", "Berlin"),
    ("TRBN", "Turbine Dynamics Wexley", "industry", "Tokyo"),
    ("ULMR", "Ulmer & Rose Stores", "retail", "London"),
    ("VLVT", "Velvetine Fashion", "retail", "Madrid"),
    ("WNDM", "Windmere Market", "retail", "Sydney"),
    ("XLTR", "Xelter Online", "retail", "Singapore"),
    ("YRRW", "Yarrowsoft", "technology", "Boston"),
    ("ZNTH", "Zenithal Chips", "technology", "Tokyo"),
    ("ACRN", "Acornade Cloud", "technology", "Dublin"),
    ("BLTH", "Blithe Robotics", "technology", "Toronto"),
    ("CRSL", "Carousel Airways", "transport", "Chicago"),
    ("DRFT", "Driftline Shipping", "transport", "Singapore"),
    ("EMBR", "Ember Rail", "transport", "London"),
    ("FLCN", "Falconet Logistics", "transport", "Berlin"),
)


class Company(Record):
    symbol: TickerSymbol
    name: str
    sector: Sector
    headquarters: CityName


COMPANIES = {row[0]: Company(symbol=row[0], name=row[1], sector=row[2], headquarters=row[3]) for row in NAMES}


def find_company(symbol: str) -> Company:
    """The company of that ticker symbol. Raises NotFound."""
    if symbol not in COMPANIES:
        raise NotFound(f"no symbol '{symbol}' on this exchange; see stock_market_search")
    return COMPANIES[symbol]


def last_trading_day(day: date) -> date:
    """The day, or the Friday before if it is a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def trading_days(last: date, count: int) -> list[date]:
    """At most so many trading days up to the last one, oldest first."""
    days: list[date] = []
    day = last_trading_day(last)
    while len(days) < count and day >= FIRST_DAY:
        days.append(day)
        day = last_trading_day(day - timedelta(days=1))
    return days[::-1]


def price_on(w: World, symbol: str, day: date) -> float:
    """The price of a trading day."""
    draw, age = w.draw("exchange company", symbol), (day - FIRST_DAY).days
    base, drift = draw.amount(12, 240), draw.amount(-0.06, 0.16)
    swing = sum(size * wave(w, symbol, period, age) for period, size in SWINGS)
    return price(w, base * (1 + drift * age / 365) * (1 + swing))


def wave(w: World, symbol: str, period: int, age: int) -> float:
    """A number between -1 and 1 that moves on a straight line between drawn points."""
    step, rest = divmod(age, period)
    before, after = (2 * w.draw("exchange wave", symbol, period, at).unit() - 1 for at in (step, step + 1))
    return before + (after - before) * rest / period


def latest_price(w: World, symbol: str) -> float:
    """The newest price of this world."""
    return price_on(w, symbol, last_trading_day(w.today))


def share_count_millions(w: World, symbol: str) -> int:
    """How many shares the company has issued, in millions."""
    return w.draw("exchange shares", symbol).between(8, 900)
