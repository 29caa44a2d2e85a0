"""How numbers, dates, units and lists are written in a locale, from CLDR as babel ships it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import CountryCode, CurrencyCode, IsoDate, Limit
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.language.languages import LanguageCode
from mock_apis.language.locale_data import UNITS, LocaleTag, all_locales, find_locale, require_currency
from mock_apis.science.units import UnitSymbol

localization = Domain(
    "localization", category="language", description="Write numbers, dates, units and lists as a locale does (CLDR)."
)

Number = Annotated[float, Field(ge=-1e15, le=1e15)]
Length = Literal["short", "medium", "long", "full"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class LocaleName(Record):
    locale: LocaleTag
    name: str
    language: LanguageCode
    country: CountryCode


class LocaleList(Record):
    total: int
    locales: list[LocaleName]


class Written(Record):
    locale: LocaleTag
    text: str


class Parsed(Record):
    value: float


class CalendarNames(Record):
    locale: LocaleTag
    months: list[str]
    weekdays: list[str]
    """From Monday to Sunday."""


class Conventions(Record):
    locale: LocaleTag
    first_weekday: Weekday
    weekend: list[Weekday]
    decimal_sign: str
    group_sign: str
    short_date: str
    """CLDR pattern: d day, M month, y year."""
    currency: CurrencyCode | None


class CurrencyName(Record):
    currency: CurrencyCode
    locale: LocaleTag
    name: str
    symbol: str


@localization.tool(example={"country": "CH"}, kind="data")
def locales(
    w: World, language: LanguageCode | None = None, country: CountryCode | None = None, limit: Limit = 5
) -> LocaleList:
    """List the locales of a language or a country.

    language: Only locales of this ISO 639 language.
    country: Only locales of this ISO 3166-1 country.
    limit: At most this many locales, in alphabetical order.
    """
    tags = [
        tag
        for tag in sorted(all_locales())
        if language in (None, tag.partition("-")[0]) and country in (None, tag.partition("-")[2])
    ]
    rows = [
        LocaleName(
            locale=tag,
            name=find_locale(tag).get_display_name("en") or tag,
            language=tag.partition("-")[0],
            country=tag.partition("-")[2],
        )
        for tag in tags[:limit]
    ]
    return LocaleList(total=len(tags), locales=rows)


@localization.tool(example={"number": 1234567.891, "locale": "de-DE"}, errors=[NotFound], kind="computation")
def format_number(
    w: World, number: Number, locale: LocaleTag, style: Literal["decimal", "percent", "compact"] = "decimal"
) -> Written:
    """Write a number with the digits and separators of a locale.

    number: Number from -10^15 to 10^15; decimals are rounded to three places.
    locale: Language and country such as de-DE.
    style: percent multiplies by 100; compact abbreviates thousands and millions.
    """
    from babel import numbers

    where, value = find_locale(locale), Decimal(repr(number))
    if style == "percent":
        text = numbers.format_percent(value, locale=where)
    elif style == "compact":
        text = numbers.format_compact_decimal(value, fraction_digits=1, locale=where)
    else:
        text = numbers.format_decimal(value, locale=where)
    return Written(locale=locale, text=text)


@localization.tool(
    example={"amount": 1299.5, "currency": "EUR", "locale": "fr-FR"}, errors=[NotFound], kind="computation"
)
def format_money(w: World, amount: Number, currency: CurrencyCode, locale: LocaleTag) -> Written:
    """Write an amount of money as people in a locale do.

    amount: Amount from -10^15 to 10^15, rounded as the currency needs.
    currency: ISO 4217 code such as EUR.
    locale: Language and country such as fr-FR.
    """
    from babel import numbers

    where = find_locale(locale)
    require_currency(currency)
    return Written(locale=locale, text=numbers.format_currency(Decimal(repr(amount)), currency, locale=where))


@localization.tool(example={"day": "2025-03-14", "locale": "es-MX"}, errors=[NotFound], kind="computation")
def format_date(w: World, day: IsoDate, locale: LocaleTag, length: Length = "long") -> Written:
    """Write a date of the Gregorian calendar as a locale does.

    day: Date, YYYY-MM-DD.
    locale: Language and country such as es-MX.
    length: From digits only (short) to a weekday with the month's name (full).
    """
    from babel import dates

    return Written(
        locale=locale, text=dates.format_date(date.fromisoformat(day), format=length, locale=find_locale(locale))
    )


@localization.tool(
    example={"amount": 12.5, "unit": "km", "locale": "ru-RU"}, errors=[NotFound, FailedPrecondition], kind="computation"
)
def format_unit(
    w: World, amount: Number, unit: UnitSymbol, locale: LocaleTag, length: Literal["short", "long", "narrow"] = "long"
) -> Written:
    """Write a measured amount with its unit's name in a locale.

    amount: Amount from -10^15 to 10^15.
    unit: Symbol as in units_list: common lengths, masses, times, speeds, areas, temperatures.
    locale: Language and country such as ru-RU.
    length: The unit's full name, its abbreviation or the shortest form.
    """
    from babel import units

    where = find_locale(locale)
    if unit not in UNITS:
        raise FailedPrecondition(f"unit '{unit[:20]}' has no name here; known: {', '.join(UNITS)}")
    text = units.format_unit(Decimal(repr(amount)), UNITS[unit], length=length, locale=where)
    return Written(locale=locale, text=text)


@localization.tool(
    example={"items": ["tea", "coffee", "cocoa"], "locale": "en-GB"}, errors=[NotFound], kind="computation"
)
def format_list(
    w: World,
    items: Annotated[list[str], Field(min_length=1, max_length=20)],
    locale: LocaleTag,
    conjunction: Literal["and", "or"] = "and",
) -> Written:
    """Join items into one phrase with a locale's commas and its word for and or or.

    items: One to twenty items, at most 100 characters each.
    locale: Language and country such as en-GB.
    conjunction: Whether all of the items are meant or any of them.
    """
    from babel import lists

    where = find_locale(locale)
    if any(len(item) > 100 for item in items):
        raise InvalidArgument("items: one of them has over 100 characters")
    style: Literal["standard", "or"] = "standard" if conjunction == "and" else "or"
    return Written(locale=locale, text=lists.format_list(items, style=style, locale=where))


@localization.tool(example={"text": "1.234,5", "locale": "de-DE"}, errors=[NotFound], kind="computation")
def parse_number(w: World, text: str, locale: LocaleTag) -> Parsed:
    """Read a decimal number that is written with a locale's separators.

    text: Digits with the separators of the locale, at most 40 characters.
    locale: Language and country such as de-DE.
    """
    from babel import numbers

    where = find_locale(locale)
    if len(text) > 40 or not any(char.isdigit() for char in text):
        raise InvalidArgument("text: at most 40 characters with at least one digit are a number")
    try:
        value = float(numbers.parse_decimal(text, locale=where, strict=True))
    except (numbers.NumberFormatError, numbers.UnsupportedNumberingSystemError, OverflowError):
        raise InvalidArgument(f"text '{text}' is no number of {locale}") from None
    if not abs(value) < 1e40:
        raise InvalidArgument(f"text '{text}' is no number below 10^40")
    return Parsed(value=value)


@localization.tool(example={"locale": "it-IT"}, errors=[NotFound], kind="data")
def calendar_names(w: World, locale: LocaleTag, length: Literal["full", "abbreviated"] = "full") -> CalendarNames:
    """Give the names of the twelve months and seven weekdays in a locale.

    locale: Language and country such as it-IT.
    length: Whole names or abbreviations.
    """
    where = find_locale(locale)
    months = where.months["stand-alone"]["wide" if length == "full" else length]
    days = where.days["stand-alone"]["wide" if length == "full" else length]
    return CalendarNames(locale=locale, months=[months[n] for n in range(1, 13)], weekdays=[days[n] for n in range(7)])


@localization.tool(example={"locale": "en-US"}, errors=[NotFound], kind="data")
def conventions(w: World, locale: LocaleTag) -> Conventions:
    """Show a locale's first weekday, weekend, number signs, date order and currency.

    locale: Language and country such as en-US.
    """
    from babel import numbers

    where = find_locale(locale)
    days = [(where.weekend_start + step) % 7 for step in range((where.weekend_end - where.weekend_start) % 7 + 1)]
    tender = numbers.get_territory_currencies(where.territory, date(2025, 1, 1), tender=True)
    return Conventions(
        locale=locale,
        first_weekday=WEEKDAYS[where.first_week_day],
        weekend=[WEEKDAYS[day] for day in days],
        decimal_sign=numbers.get_decimal_symbol(where),
        group_sign=numbers.get_group_symbol(where),
        short_date=where.date_formats["short"].pattern,
        currency=tender[0] if tender else None,
    )


@localization.tool(example={"currency": "JPY", "locale": "fr-CA"}, errors=[NotFound], kind="data")
def currency_name(w: World, currency: CurrencyCode, locale: LocaleTag) -> CurrencyName:
    """Give a currency's name and symbol as a locale writes them.

    currency: ISO 4217 code such as JPY.
    locale: Language and country such as fr-CA.
    """
    from babel import numbers

    where = find_locale(locale)
    require_currency(currency)
    return CurrencyName(
        currency=currency,
        locale=locale,
        name=numbers.get_currency_name(currency, locale=where),
        symbol=numbers.get_currency_symbol(currency, locale=where),
    )
