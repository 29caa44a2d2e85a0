"""The one sentence that a row's system message says, so that a query may speak of tomorrow."""

import re
from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SENTENCE = re.compile(rf"Today is (?:{'|'.join(DAYS)}), ([0-9]+) ({'|'.join(MONTHS)}) ([0-9]{{4}})\.")


def say_today(today: str) -> str:
    """`2024-05-09` as `Today is Thursday, 9 May 2024.`, in English whatever the locale."""
    day = date.fromisoformat(today)
    return f"Today is {DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}."


def find_today(text: str) -> str | None:
    """The date of the sentence, None without one."""
    match = SENTENCE.search(text)
    if match is None:
        return None
    return date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])).isoformat()
