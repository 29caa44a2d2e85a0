"""Fictional homes for sale and for rent in real cities; the persona's viewings and offers."""

from datetime import date
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import CityName, IsoDate, Limit
from mock_apis.core.errors import Conflict, FailedPrecondition, InvalidArgument, NotFound
from mock_apis.core.persona import persona
from mock_apis.housing.listing_rows import (
    LISTINGS,
    OFFERS,
    VIEWINGS,
    Amount,
    Deal,
    Listing,
    ListingId,
    ListingList,
    Offer,
    OfferId,
    Viewing,
    ViewingId,
    ViewingList,
    ViewingStart,
    ViewingTimes,
    Yield,
)

listings = Domain(
    "listings", category="housing", description="Fictional homes for sale and rent, the user's viewings and offers."
)


@listings.tool(example={"city": "Berlin", "deal": "sale"}, kind="stateful")
def search(
    w: World,
    deal: Deal,
    city: CityName | None = None,
    min_rooms: Annotated[int, Field(ge=1, le=10)] = 1,
    max_price: Amount | None = None,
    limit: Limit = 5,
) -> ListingList:
    """Find homes for sale or for rent in a city, cheapest first.

    deal: Whether to buy or to rent.
    city: English name of the city; the user's home city if left out.
    min_rooms: Least number of rooms.
    max_price: Highest price, or highest rent a month, in the currency of the city.
    limit: At most this many homes.
    """
    place = (city or persona(w).city).strip().casefold()
    rows = [row for row in LISTINGS.all(w) if row.city.casefold() == place and row.deal == deal]
    rows = [row for row in rows if row.rooms >= min_rooms and (max_price is None or row.price <= max_price)]
    rows.sort(key=lambda row: (row.price, row.listing_id))
    return ListingList(total=len(rows), listings=rows[:limit])


@listings.tool(example={"listing_id": "@listings_search.listings[0].listing_id"}, errors=[NotFound], kind="stateful")
def get(w: World, listing_id: ListingId) -> Listing:
    """Show one home with address, rooms, floor area, year and price.

    listing_id: The home, as given by listings_search.
    """
    return LISTINGS.get(w, listing_id)


@listings.tool(
    example={"listing_id": "@listings_search.listings[0].listing_id", "day": "2025-12-12"},
    errors=[NotFound],
    kind="stateful",
)
def viewing_times(w: World, listing_id: ListingId, day: IsoDate) -> ViewingTimes:
    """List the hours of a day at which a home can be seen; none on Sundays.

    listing_id: The home, as given by listings_search.
    day: The day, YYYY-MM-DD.
    """
    LISTINGS.get(w, listing_id)
    starts = free_times(w, listing_id, date.fromisoformat(day))
    return ViewingTimes(listing_id=listing_id, total=len(starts), starts=starts)


@listings.tool(
    example={
        "listing_id": "@listings_viewing_times.listing_id",
        "start": "@listings_viewing_times.starts[0]",
    },
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def schedule_viewing(w: World, listing_id: ListingId, start: ViewingStart) -> Viewing:
    """Arrange to see a home at one of its free hours.

    listing_id: The home, as given by listings_search.
    start: Local time, YYYY-MM-DDTHH:MM, as given by listings_viewing_times.
    """
    home = LISTINGS.get(w, listing_id)
    active = [row for row in VIEWINGS.all(w) if row.status == "booked"]
    if any(row.listing_id == listing_id or row.start == start for row in active):
        raise Conflict(f"start {start}: this home, or another one then, is booked already; see listings_viewings")
    if start not in free_times(w, listing_id, date.fromisoformat(start[:10])):
        raise Conflict(f"start {start} is not free for {listing_id}; see listings_viewing_times")
    row = Viewing(viewing_id=w.new_id("VIEW"), listing_id=listing_id, start=start, street=home.street, status="booked")
    return VIEWINGS.put(w, row)


@listings.tool(example={}, kind="stateful")
def viewings(w: World, limit: Limit = 5) -> ViewingList:
    """List the viewings of homes that the user has arranged, earliest first.

    limit: At most this many viewings.
    """
    rows = sorted((row for row in VIEWINGS.all(w) if row.status == "booked"), key=lambda row: row.start)
    return ViewingList(total=len(rows), viewings=rows[:limit])


@listings.tool(
    example={"viewing_id": "@listings_schedule_viewing.viewing_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def cancel_viewing(w: World, viewing_id: ViewingId) -> Viewing:
    """Call off the viewing of a home.

    viewing_id: The viewing, as given by listings_schedule_viewing or listings_viewings.
    """
    row = VIEWINGS.get(w, viewing_id)
    if row.status == "cancelled":
        raise FailedPrecondition(f"viewing_id {viewing_id} is cancelled already")
    return VIEWINGS.put(w, row.model_copy(update={"status": "cancelled"}))


@listings.tool(
    example={"listing_id": "@listings_search.listings[0].listing_id", "amount": 100.0},
    errors=[NotFound, Conflict],
    writes=True,
    kind="stateful",
)
def submit_offer(w: World, listing_id: ListingId, amount: Amount) -> Offer:
    """Offer a price or a monthly rent for a home and get the owner's answer.

    listing_id: The home, as given by listings_search.
    amount: Price, or rent a month, in the currency of the listing.
    """
    home = LISTINGS.get(w, listing_id)
    if any(row.listing_id == listing_id and row.status == "accepted" for row in OFFERS.all(w)):
        raise Conflict(f"listing_id {listing_id}: an offer was accepted already; see listings_withdraw_offer")
    if amount > 2 * home.price:
        raise InvalidArgument(f"amount {amount} is over twice the price, {home.price}")
    least = home.price * w.draw("listings.least", listing_id).between(93, 100) / 100
    row = Offer(
        offer_id=w.new_id("OFR"),
        listing_id=listing_id,
        amount=amount,
        currency=home.currency,
        status="accepted" if amount >= least else "refused",
    )
    return OFFERS.put(w, row)


@listings.tool(
    example={"offer_id": "@listings_submit_offer.offer_id"},
    errors=[NotFound, FailedPrecondition],
    writes=True,
    kind="stateful",
)
def withdraw_offer(w: World, offer_id: OfferId) -> Offer:
    """Take back an offer for a home, accepted or refused.

    offer_id: The offer, as given by listings_submit_offer.
    """
    row = OFFERS.get(w, offer_id)
    if row.status == "withdrawn":
        raise FailedPrecondition(f"offer_id {offer_id} is withdrawn already")
    return OFFERS.put(w, row.model_copy(update={"status": "withdrawn"}))


@listings.tool(
    example={"listing_id": "@listings_search.listings[0].listing_id", "monthly_rent": 1200.0},
    errors=[NotFound, FailedPrecondition],
    kind="stateful",
)
def rental_yield(
    w: World, listing_id: ListingId, monthly_rent: Amount, yearly_costs: Annotated[float, Field(ge=0, le=1e12)] = 0.0
) -> Yield:
    """Work out the gross and net yield of a home for sale if it were let.

    listing_id: A home for sale, as given by listings_search.
    monthly_rent: Rent a month in the currency of the listing.
    yearly_costs: Costs a year that the rent has to cover.
    """
    home = LISTINGS.get(w, listing_id)
    if home.deal != "sale":
        raise FailedPrecondition(f"listing_id {listing_id} is for rent, not for sale")
    return Yield(
        listing_id=listing_id,
        gross_percent=round(1200 * monthly_rent / home.price, 2),
        net_percent=round((1200 * monthly_rent - 100 * yearly_costs) / home.price, 2),
        price_per_m2=round(home.price / home.floor_m2, 2),
        currency=home.currency,
    )


def free_times(w: World, listing_id: str, day: date) -> list[str]:
    """Full hours to come, from 10:00 to 17:00, that others leave free: at least two a day."""
    if day.weekday() == 6:
        return []
    draw = w.draw("listings.times", listing_id, day.isoformat())
    hours = sorted(draw.sample(range(10, 18), draw.between(2, 6)))
    starts = [f"{day.isoformat()}T{hour}:00" for hour in hours]
    return [start for start in starts if start >= w.now.isoformat(timespec="minutes")]
