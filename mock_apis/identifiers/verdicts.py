"""What python-stdnum says of a number, as one record."""

from typing import Any

from mock_apis.core import Record

REASONS = {
    "InvalidChecksum": "wrong check digit",
    "InvalidComponent": "a part of it is not in use",
    "InvalidFormat": "wrong characters or layout",
    "InvalidLength": "wrong length",
}
LONGEST = 60


class Verdict(Record):
    valid: bool
    number: str | None
    """Without separators; null if invalid."""
    reason: str | None
    """Why it is invalid."""


def judge(module: Any, number: str) -> Verdict:
    """Validate with a module of stdnum; never raises."""
    from stdnum.exceptions import ValidationError

    if len(number) > LONGEST or not number.isascii():
        return Verdict(
            valid=False, number=None, reason="too long" if len(number) > LONGEST else REASONS["InvalidFormat"]
        )
    try:
        return Verdict(valid=True, number=str(module.validate(number)), reason=None)
    except ValidationError as error:
        reason = REASONS.get(type(error).__name__, "not valid")
    except (ValueError, LookupError, ArithmeticError):
        reason = REASONS["InvalidFormat"]
    return Verdict(valid=False, number=None, reason=reason)
