"""Facts known from elsewhere on votes, marks, business figures and phone numbers."""

import pytest

from mock_apis.business import business_metrics, stock_planning
from mock_apis.civics import elections
from mock_apis.core import World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument
from mock_apis.core.persona import HOMES, draw_person, people, persona
from mock_apis.education import flashcards, grading
from mock_apis.telecom import phone_numbers

W = World(1)
TENNESSEE = [
    "42:Memphis>Nashville>Chattanooga>Knoxville",
    "26:Nashville>Chattanooga>Knoxville>Memphis",
    "15:Chattanooga>Knoxville>Nashville>Memphis",
    "17:Knoxville>Chattanooga>Nashville>Memphis",
]


@pytest.mark.parametrize(
    ("method", "seats"), [("dhondt", [4, 3, 1, 0]), ("sainte_lague", [3, 3, 1, 1]), ("hare", [3, 3, 1, 1])]
)
def test_seats_are_shared_out_as_in_the_textbook_example(method: elections.Method, seats: list[int]) -> None:
    assert elections.allocate_seats(W, [100000, 80000, 30000, 20000], 8, method).seats == seats


def test_a_threshold_bars_small_parties() -> None:
    allocation = elections.allocate_seats(W, [60, 36, 4], 10, "dhondt", 5)
    assert (allocation.seats, allocation.barred) == ([6, 4, 0], [2])
    with pytest.raises(FailedPrecondition):
        elections.allocate_seats(W, [0, 0], 3)


def test_tennessee_elects_three_capitals_by_three_methods() -> None:
    runoff = elections.instant_runoff(W, TENNESSEE)
    assert [item.eliminated for item in runoff.rounds] == ["Chattanooga", "Nashville", None]
    assert runoff.winner == "Knoxville"
    assert [(tally.candidate, tally.votes) for tally in elections.borda(W, TENNESSEE).scores] == [
        ("Nashville", 194),
        ("Chattanooga", 173),
        ("Memphis", 126),
        ("Knoxville", 107),
    ]
    assert elections.condorcet(W, TENNESSEE).condorcet_winner == "Nashville"


def test_a_cycle_has_no_condorcet_winner() -> None:
    assert elections.condorcet(W, ["1:A>B>C", "1:B>C>A", "1:C>A>B"]).condorcet_winner is None
    with pytest.raises(InvalidArgument):
        elections.borda(W, ["1:A>B>A"])


def test_power_differs_from_seats() -> None:
    power = elections.voting_power(W, [4, 3, 2, 1], 6)
    assert power.banzhaf == [0.416667, 0.25, 0.25, 0.083333]
    assert elections.voting_power(W, [3, 2, 1, 1], 4).shapley_shubik == [0.5, 0.166667, 0.166667, 0.166667]


def test_two_equal_parties_count_as_two_and_a_circle_is_compact() -> None:
    measured = elections.disproportionality(W, [50, 50], [5, 5])
    assert (measured.gallagher_index, measured.parties_by_votes) == (0, 2)
    assert elections.district_compactness(W, 1, 4).polsby_popper == 0.785398


def test_marks_follow_their_scales() -> None:
    assert grading.weighted_mean(W, [80, 90], [1, 3]).percent == 87.5
    assert grading.final_needed(W, 80, 85, 50).needed_percent == 90
    assert (grading.letter(W, 89.9).letter, grading.letter(W, 90).letter) == ("B+", "A-")
    assert grading.gpa(W, ["A", "B", "C"], [3, 3, 3]).gpa == 3.0
    assert grading.curve(W, [49, 64, 81], "square_root").scores == [70, 80, 90]
    assert (grading.german_grade(W, 100, 60).german_grade, grading.german_grade(W, 60, 60).german_grade) == (1.0, 4.0)
    assert grading.standing(W, 80, [60, 70, 80, 90]).percentile_rank == 62.5


def test_sm2_spaces_out_what_is_known_and_restarts_what_is_not() -> None:
    first = flashcards.sm2(0, 0, 2.5, 5)
    second = flashcards.sm2(*first, 5)
    third = flashcards.sm2(*second, 4)
    assert [first, second, third] == [(1, 1, 2.6), (2, 6, 2.7), (3, 17, 2.7)]
    assert flashcards.sm2(*third, 2) == (0, 1, 2.7)
    assert flashcards.sm2(1, 1, 1.3, 3)[2] == 1.3


def test_business_figures_agree_with_the_textbook() -> None:
    assert business_metrics.break_even(W, 12000, 25, 10).units == 800
    margin = business_metrics.margin(W, 50, 30)
    assert (margin.margin_percent, margin.markup_percent) == (40, 66.6667)
    assert business_metrics.price_for_margin(W, 30, 40).price == 50
    churn = business_metrics.churn(W, 400, 10)
    assert business_metrics.lifetime_value(W, 40, 40, churn.churn_percent).lifetime_value == 640
    assert [year.depreciation for year in business_metrics.depreciation(W, 10000, 1000, 5, "sum_of_years").years] == [
        3000,
        2400,
        1800,
        1200,
        600,
    ]
    left = business_metrics.depreciation(W, 10000, 1000, 5, "double_declining").years
    assert [year.book_value for year in left] == [6000, 3600, 2160, 1296, 1000]


def test_stock_rules_agree_with_the_textbook() -> None:
    assert stock_planning.order_quantity(W, 1000, 10, 0.5).quantity == 200
    assert stock_planning.safety_stock(W, 10, 4, 95).safety_stock == 32.9
    assert stock_planning.reorder_point(W, 20, 7, 30).units == 170
    assert stock_planning.inventory_turnover(W, 600000, 100000).days_in_stock == 60.83


def test_phone_numbers_are_read_as_their_countries_write_them() -> None:
    assert phone_numbers.read(W, "030 901820", "DE").number == "+4930901820"
    assert phone_numbers.read(W, "(020) 8366 1177", "GB").number == "+442083661177"
    assert phone_numbers.format(W, "+33140205050", "national").text == "01 40 20 50 50"
    assert phone_numbers.dial_from(W, "+33140205050", "US").text == "011 33 1 40 20 50 50"
    assert phone_numbers.time_zones(W, "+16502530000").timezones == ["America/Los_Angeles"]
    assert phone_numbers.locate(W, "+493090182000").area == "Berlin"
    assert phone_numbers.dialling_rules(W, "IT").calling_code == "+39"
    assert phone_numbers.countries_of_code(W, "+44").countries == ["GB", "GG", "IM", "JE"]
    assert phone_numbers.short_number(W, "US", "911").emergency
    assert phone_numbers.check(W, "+33140205050").valid
    found = phone_numbers.extract(W, "Call (617) 253-1000 or +44 20 8366 1177", "US")
    assert [number.country for number in found.numbers] == ["US", "GB"]


def test_everybody_has_a_valid_phone_number_of_their_home() -> None:
    for seed in range(20):
        w = World(seed)
        assert all(phone_numbers.check(W, person.phone).valid for person in (persona(w), *people(w)))
        for city, country, *_, dial in HOMES:
            number = draw_person(w.draw("number", city), dial).phone
            assert phone_numbers.locate(W, number).country == country
