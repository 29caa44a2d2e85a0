"""Which figures and names a text states, and what backs them."""

from datetime import date

import pytest

from toolgrad_local.audit.figures import find_figures, find_names, is_backed, is_named

TODAY = date(2025, 3, 12)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("It costs $12.35.", [("12.35", 12.35)], id="money"),
        pytest.param("About 1.23 million people.", [("1.23 million", 1230000.0)], id="scale"),
        pytest.param(
            "One of them has two dogs and twenty-five cats.", [("two", 2.0), ("twenty-five", 25.0)], id="words"
        ),
        pytest.param("It is due on May 9, 2025.", [("May 9, 2025", (2025, 5, 9))], id="date"),
        pytest.param("It is due on May 9.", [("May 9", (None, 5, 9))], id="date without a year"),
        pytest.param("It is due on 2025-05-09.", [("2025-05-09", (2025, 5, 9))], id="ISO date"),
        pytest.param("It is due tomorrow.", [("tomorrow", (2025, 3, 13))], id="relative date"),
        pytest.param("We open at 3 pm.", [("3 pm", (15, 0))], id="time"),
        pytest.param("From 9:30 to 17:00.", [("9:30", (9, 30)), ("17:00", (17, 0))], id="times"),
        pytest.param("Ticket LOT-5 of v5.1 is closed.", [], id="ids"),
        pytest.param("The first of an hour, and half of it.", [], id="hardly figures"),
        pytest.param("You parked for 1 hour and 30 minutes.", [("1 hour and 30", 90.0)], id="hours and minutes"),
        pytest.param("A rise of 4.5%.", [("4.5", 4.5)], id="percent"),
        pytest.param("Your reading is 120/80.", [("120/80", 120.0), ("120/80", 80.0)], id="two numbers"),
        pytest.param("- 3 hotels\n- 1,250 rooms", [("3", 3.0), ("1,250", 1250.0)], id="list"),
        pytest.param("It was -5 degrees.", [("-5", -5.0)], id="negative"),
    ],
)
def test_every_figure_of_a_text_is_found(text: str, found: list[tuple[str, object]]) -> None:
    assert [(figure.text, figure.value) for figure in find_figures(text, today=TODAY)] == found


@pytest.mark.parametrize(
    ("text", "values", "texts", "backed"),
    [
        pytest.param("It is 12.35.", [12.345], [], True, id="rounded to two places"),
        pytest.param("It is 12.3.", [12.345], [], True, id="rounded to one"),
        pytest.param("It is 12.", [12.345], [], True, id="rounded to none"),
        pytest.param("It is 12.4.", [12.345], [], False, id="rounded wrongly"),
        pytest.param("It is 13.", [12.345], [], False, id="rounded up wrongly"),
        pytest.param("It is 1.23 million.", [1234567], [], True, id="million"),
        pytest.param("It is 1.24 million.", [1234567], [], False, id="wrong million"),
        pytest.param("It is 1,200.", [1234], [], False, id="thousands are said to the one"),
        pytest.param("It is 1.2k.", [1234], [], True, id="in thousands"),
        pytest.param("It is 25%.", [0.25], [], True, id="share"),
        pytest.param("It is 25%.", [25], [], True, id="percent"),
        pytest.param("It is 25%.", [0.26], [], False, id="wrong share"),
        pytest.param("It is 25.", [0.25], [], False, id="a share is no number"),
        pytest.param("It takes 1 hour and 30 minutes.", [90], [], True, id="minutes"),
        pytest.param("It takes 1.5 hours.", [90], [], True, id="hours"),
        pytest.param("It takes 2 hours.", [90], [], False, id="other hours"),
        pytest.param("It is 2 km.", [2000.0], [], True, id="metres"),
        pytest.param("There are two.", [2], [], True, id="word"),
        pytest.param("There are 3.", [True, None, "three of them"], [], True, id="number in a string"),
        pytest.param("There are 3.", ["LOT-3", "33", "3.5.1"], [], False, id="no number in ids"),
        pytest.param("There is 1.", [True], [], False, id="true is no number"),
        pytest.param("Due on May 9.", ["2025-05-09"], [], True, id="date"),
        pytest.param("Due on May 9, 2024.", ["2025-05-09"], [], False, id="another year"),
        pytest.param("Due on May 9 at 3 pm.", ["2025-05-09T15:00"], [], True, id="date and time"),
        pytest.param("Due at 4 pm.", ["2025-05-09T15:00"], [], False, id="another time"),
        pytest.param("Due on March 9, 2025.", [], ["Remind me on March 9."], True, id="today's year"),
        pytest.param("Due on March 9, 2026.", [], ["Remind me on March 9."], False, id="a year of its own"),
        pytest.param("It was in March 2025.", ["2025-03-09"], [], True, id="month of a date"),
        pytest.param("It was in 2025.", ["2025-03-09"], [], True, id="year of a date"),
        pytest.param("See you on the 9th.", ["2025-03-09"], [], True, id="day of a date"),
        pytest.param("See you on the 8th.", ["2025-03-09"], [], False, id="another day"),
        pytest.param("It costs 20.", [], ["I pay twenty euros."], True, id="the query's number"),
        pytest.param("It weighs 500 g.", [], ["half a kilo, that is 0.5 kg"], True, id="another unit in a text"),
    ],
)
def test_figures_are_backed_by_equal_or_rounded_values(
    text: str, values: list[str | int | float | bool | None], texts: list[str], backed: bool
) -> None:
    figures = find_figures(text, today=TODAY)
    assert figures
    assert all(is_backed(figure, values, texts, today=TODAY) for figure in figures) is backed


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("The flight from New York to Heathrow is late.", ["New York", "Heathrow"], id="places"),
        pytest.param("Yara Ito's bag is with Omar.", ["Yara Ito", "Omar"], id="people"),
        pytest.param("I think I'm on time. Your order is open.", [], id="sentence starts and I"),
        pytest.param("It opens on Monday, May 9, and weighs 5 kg.", [], id="weekdays, months and units"),
        pytest.param("Your note 'Buy milk' is saved.", ["Buy milk"], id="quoted"),
        pytest.param("Pay the Bank of England in EUR.", ["Bank of England", "EUR"], id="joined, and a code"),
        pytest.param("- Total: 5\n- Lisbon: 3", ["Lisbon"], id="list"),
        pytest.param("Heathrow is far.", ["Heathrow"], id="a name that starts a sentence"),
    ],
)
def test_names_are_capitalised_words_within_sentences(text: str, names: list[str]) -> None:
    assert list(find_names(text)) == names


@pytest.mark.parametrize(
    ("name", "values", "texts", "named"),
    [
        pytest.param("Yara Ito", ["Yara Ito", 3], [], True, id="value"),
        pytest.param("Zürich", ["zurich"], [], True, id="accents and case"),
        pytest.param("Omar", [], ["Write to Omar's boss."], True, id="possessive in a text"),
        pytest.param("Japan", ["JP"], [], True, id="a code's name"),
        pytest.param("Heathrow", ["LHR"], [], True, id="an airport's name"),
        pytest.param("EUR", [], ["20 euros"], True, id="a code for a name"),
        pytest.param("Adlon Hotel", ["Adlon"], [], True, id="an ordinary word beside"),
        pytest.param("Yara Watson", ["Yara Ito"], [], False, id="half a name"),
        pytest.param("York", ["Yorkshire"], [], False, id="inside a word"),
        pytest.param("Gatwick", ["LHR"], [], False, id="another airport"),
        pytest.param("Peru", ["JP", 5, None, True], ["Japan"], False, id="nowhere"),
    ],
)
def test_a_name_is_named_by_a_value_a_text_or_a_code(
    name: str, values: list[str | int | float | bool | None], texts: list[str], named: bool
) -> None:
    assert is_named(name, values, texts) is named
