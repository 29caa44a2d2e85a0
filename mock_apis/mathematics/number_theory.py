"""Primes, divisors and number bases, computed exactly."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, ResourceExhausted

number_theory = Domain("number_theory", category="mathematics", description="Exact arithmetic on whole numbers.")

Natural = Annotated[int, Field(ge=1, le=10**12)]
Base = Annotated[int, Field(ge=2, le=36)]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LARGEST = 2**53 - 1
"""Whole numbers above it are not exact in every JSON reader."""
LONGEST_NUMERAL = 64


class Primality(Record):
    number: int
    prime: bool
    smallest_divisor: int | None
    """The smallest one over 1; null for 1."""


class Power(Record):
    prime: int
    exponent: int


class Factors(Record):
    number: int
    factors: list[Power]
    divisor_count: int


class GcdLcm(Record):
    gcd: int
    lcm: int


class Numeral(Record):
    digits: str
    base: int


class Result(Record):
    value: int


@number_theory.tool(example={"number": 97}, kind="computation")
def is_prime(w: World, number: Natural) -> Primality:
    """Tell whether a number is prime, with its smallest divisor over 1.

    number: A whole number from 1 to 10^12.
    """
    divisor = smallest_divisor(number) if number > 1 else None
    return Primality(number=number, prime=divisor == number, smallest_divisor=divisor)


@number_theory.tool(example={"number": 360}, kind="computation")
def factorize(w: World, number: Natural) -> Factors:
    """Split a number into prime powers, smallest prime first.

    number: A whole number from 1 to 10^12; 1 has no factors.
    """
    powers: list[Power] = []
    rest, start = number, 2
    while rest > 1:
        prime = smallest_divisor(rest, start)
        exponent = 0
        while rest % prime == 0:
            rest //= prime
            exponent += 1
        powers.append(Power(prime=prime, exponent=exponent))
        start = prime + 1
    count = math.prod(power.exponent + 1 for power in powers)
    return Factors(number=number, factors=powers, divisor_count=count)


@number_theory.tool(example={"number": 100}, kind="computation")
def next_prime(w: World, number: Annotated[int, Field(ge=0, le=10**10)]) -> Result:
    """Find the smallest prime that is greater than a number.

    number: A whole number from 0 to 10^10.
    """
    candidate = max(number + 1, 2)
    while smallest_divisor(candidate) != candidate:
        candidate += 1
    return Result(value=candidate)


@number_theory.tool(example={"numbers": [12, 18, 30]}, errors=[ResourceExhausted], kind="computation")
def gcd_lcm(w: World, numbers: Annotated[list[Natural], Field(min_length=2, max_length=10)]) -> GcdLcm:
    """Find the greatest common divisor and least common multiple of numbers.

    numbers: Two to ten whole numbers from 1 to 10^12.
    """
    multiple = math.lcm(*numbers)
    if multiple > LARGEST:
        raise ResourceExhausted(f"numbers: their least common multiple is over {LARGEST}")
    return GcdLcm(gcd=math.gcd(*numbers), lcm=multiple)


@number_theory.tool(
    example={"digits": "ff", "from_base": 16, "to_base": 2}, errors=[ResourceExhausted], kind="computation"
)
def convert_base(
    w: World, digits: Annotated[str, Field(pattern=r"^[0-9a-z]+$")], from_base: Base, to_base: Base
) -> Numeral:
    """Write a whole number that is given in one base in another base.

    digits: Digits 0-9 and lower-case letters, at most 64, without prefix or sign.
    from_base: Base of the digits, 2 to 36.
    to_base: Base to write the number in, 2 to 36.
    """
    if len(digits) > LONGEST_NUMERAL:
        raise ResourceExhausted(f"digits: {len(digits)} digits are over {LONGEST_NUMERAL}")
    for digit in digits:
        if DIGITS.index(digit) >= from_base:
            raise InvalidArgument(f"digits: '{digit}' is no digit of from_base {from_base}")
    return Numeral(digits=write(int(digits, from_base), to_base), base=to_base)


@number_theory.tool(example={"base": 7, "exponent": 128, "modulus": 13}, kind="computation")
def mod_power(w: World, base: Natural, exponent: Annotated[int, Field(ge=0, le=10**12)], modulus: Natural) -> Result:
    """Work out base to the power of exponent, modulo modulus.

    base: A whole number from 1 to 10^12.
    exponent: A whole number from 0 to 10^12.
    modulus: A whole number from 1 to 10^12.
    """
    return Result(value=pow(base, exponent, modulus))


@number_theory.tool(example={"number": 3, "modulus": 11}, errors=[FailedPrecondition], kind="computation")
def mod_inverse(w: World, number: Natural, modulus: Annotated[int, Field(ge=2, le=10**12)]) -> Result:
    """Find the number whose product with another is 1 modulo modulus.

    number: A whole number from 1 to 10^12 that shares no divisor with modulus.
    modulus: A whole number from 2 to 10^12.
    """
    if math.gcd(number, modulus) != 1:
        raise FailedPrecondition(f"number {number} and modulus {modulus} share {math.gcd(number, modulus)}")
    return Result(value=pow(number, -1, modulus))


def smallest_divisor(number: int, start: int = 2) -> int:
    """The smallest divisor from `start` on, for a number over 1 without smaller ones."""
    if number % 2 == 0 and start <= 2:
        return 2
    for divisor in range(max(3, start | 1), math.isqrt(number) + 1, 2):
        if number % divisor == 0:
            return divisor
    return number


def write(number: int, base: int) -> str:
    """The digits of a number in a base."""
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = DIGITS[digit] + digits
    return digits or "0"
