"""Hand-checked facts and results: words, sounds, puzzles, grammar, languages, locales, emoji, ciphers."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition, InvalidArgument, NotFound
from mock_apis.language.ciphers import ciphers
from mock_apis.language.dictionary import dictionary
from mock_apis.language.emoji import emoji
from mock_apis.language.fuzzy_matching import fuzzy_matching
from mock_apis.language.grammar import grammar
from mock_apis.language.languages import languages
from mock_apis.language.localization import localization
from mock_apis.language.pronunciation import pronunciation
from mock_apis.language.senses import all_senses
from mock_apis.language.sentiment import sentiment
from mock_apis.language.word_games import word_games
from mock_apis.language.words import all_words

WORLD = World(0)


def call(domain: Domain, tool: str, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(WORLD, arguments)


def test_every_sense_of_a_word_is_in_the_dictionary() -> None:
    named = {name for row in all_words().values() for name in row.get("senses", ())}
    named |= {name for row in all_senses().values() for name in (*row.get("above", ()), *row.get("similar", ()))}
    assert named <= set(all_senses())
    assert all(row.get("base", row["word"]) in all_words() for row in all_words().values())


def test_words_have_opposites_synonyms_and_base_forms() -> None:
    assert {row["antonym"] for row in call(dictionary, "antonyms", word="hot")["antonyms"]} == {"cold"}
    assert "rapidly" in call(dictionary, "synonyms", word="quickly")["senses"][0]["words"]
    assert call(dictionary, "base_form", word="children")["base"] == "child"
    assert call(dictionary, "define", word="went") == call(dictionary, "define", word="go")
    with pytest.raises(NotFound, match="zzyzx"):
        call(dictionary, "define", word="zzyzx")


def test_a_dog_is_an_animal_and_nearer_to_a_cat_than_to_a_car() -> None:
    above = [row["sense"] for row in call(dictionary, "broader", sense="dog.n.01")["senses"]]
    assert {"canine.n.02", "animal.n.01"} <= set(above)
    cat = call(dictionary, "similarity", first="dog.n.01", second="cat.n.01")
    assert (cat["shared"], cat["steps"], cat["similarity"]) == ("carnivore.n.01", 4, 0.2)
    assert cat["similarity"] > call(dictionary, "similarity", first="dog.n.01", second="car.n.01")["similarity"]
    with pytest.raises(FailedPrecondition):
        call(dictionary, "similarity", first="dog.n.01", second="hot.a.01")


def test_sounds_rhymes_and_homophones() -> None:
    assert call(pronunciation, "pronounce", word="cat")["pronunciations"][0]["ipa"] == "kæt"
    assert call(pronunciation, "homophones", word="sea")["homophones"] == ["see"]
    assert call(pronunciation, "check_rhyme", first="light", second="kite")["perfect_rhyme"]
    assert not call(pronunciation, "check_rhyme", first="light", second="late")["perfect_rhyme"]
    same = call(pronunciation, "check_rhyme", first="night", second="knight")
    assert (same["perfect_rhyme"], same["same_sound"]) == (False, True)
    assert call(pronunciation, "scan_line", line="Shall I compare thee to a summer day")["syllables"] == 10


def test_word_puzzles() -> None:
    assert {"listen", "enlist"} <= set(call(word_games, "anagrams", letters="silent")["words"])
    assert call(word_games, "tile_score", word="quartz")["points"] == 24
    ladder = call(word_games, "ladder", start="cold", goal="warm")
    assert (ladder["steps"], ladder["words"][0], ladder["words"][-1]) == (4, "cold", "warm")
    for secret, guess, marks in (("crane", "cargo", "gyyxx"), ("abbey", "babes", "yyggx"), ("lever", "eerie", "ygyxx")):
        assert call(word_games, "mark_guess", secret=secret, guess=guess)["marks"] == marks
    left = call(word_games, "guess_candidates", guesses=[{"guess": "silent", "marks": "yyyyyy"}], limit=20)["words"]
    assert set(left) <= {"listen", "enlist", "tinsel", "inlets"}


def test_english_forms_and_numbers() -> None:
    assert [call(grammar, "pluralize", word=word)["plural"] for word in ("knife", "child")] == ["knives", "children"]
    assert call(grammar, "singularize", word="mice")["singular"] == "mouse"
    assert call(grammar, "add_article", phrase="hour")["text"] == "an hour"
    assert call(grammar, "to_roman", number=1994)["roman"] == "MCMXCIV"
    assert call(grammar, "stem", word="running")["stem"] == "run"
    with pytest.raises(InvalidArgument, match="IIII"):
        call(grammar, "from_roman", roman="IIII")
    for number in (0, 7, 13, 21, 100, 105, 999, 1_000, 12_345, 1_000_001, -45, 999_999_999_999_999):
        words = call(grammar, "spell_number", number=number)["words"]
        assert call(grammar, "read_number", words=words)["value"] == number
    for nonsense in ("one two", "hundred hundred", "twenty eleven", "zero five", "thousand million", ""):
        with pytest.raises(InvalidArgument):
            call(grammar, "read_number", words=nonsense)


def test_languages_of_the_world() -> None:
    arabic = call(languages, "get", code="ar")
    assert (arabic["direction"], arabic["script"], len(arabic["plural_categories"])) == ("right to left", "Arab", 6)
    assert call(languages, "name_in", code="de", display_code="fr")["name"] == "allemand"
    assert call(languages, "country_name_in", country="DE", display_code="es")["name"] == "Alemania"
    assert call(languages, "plural_category", code="pl", number=22)["category"] == "few"
    assert call(languages, "plural_category", code="en", number=3, ordinal=True)["category"] == "few"
    swiss = {row["code"] for row in call(languages, "of_country", country="CH", limit=20)["languages"]}
    assert {"de", "fr", "it", "rm"} <= swiss


def test_locales_write_as_their_people_do() -> None:
    assert call(localization, "format_number", number=1234567.891, locale="de-DE")["text"] == "1.234.567,891"
    assert call(localization, "format_number", number=1234567, locale="en-IN")["text"] == "12,34,567"
    assert call(localization, "format_money", amount=12.5, currency="USD", locale="en-US")["text"] == "$12.50"
    assert call(localization, "format_date", day="2025-03-14", locale="es-MX")["text"] == "14 de marzo de 2025"
    assert call(localization, "format_unit", amount=2, unit="km", locale="de-DE")["text"] == "2 Kilometer"
    assert call(localization, "parse_number", text="1.234,5", locale="de-DE")["value"] == 1234.5
    assert call(localization, "calendar_names", locale="it-IT")["weekdays"][0] == "lunedì"
    us = call(localization, "conventions", locale="en-US")
    assert (us["first_weekday"], us["short_date"], us["currency"]) == ("sunday", "M/d/yy", "USD")


def test_emoji_are_named_and_replaced() -> None:
    assert call(emoji, "get", slug="thumbs_up")["code_points"] == ["U+1F44D"]
    assert call(emoji, "flag_of", country="JP")["emoji"] == "🇯🇵"
    assert call(emoji, "to_names", text="a 🍕👍 b") == {"plain_text": "a :pizza::thumbs_up: b", "replaced": 2}
    assert call(emoji, "from_names", text=":pizza::thumbs_up: 10:30 :nosuch:")["text"] == "🍕👍 10:30 :nosuch:"
    assert call(emoji, "identify", emoji="❤")["slug"] == "red_heart"


def test_ciphers_give_the_textbook_results_and_go_back() -> None:
    assert call(ciphers, "vigenere_encrypt", text="ATTACKATDAWN", key="LEMON")["text"] == "LXFOPVEFRNHR"
    assert call(ciphers, "vigenere_decrypt", text="LXFOPVEFRNHR", key="LEMON")["text"] == "ATTACKATDAWN"
    assert call(ciphers, "caesar_encrypt", text="Hello, World!")["text"] == "Uryyb, Jbeyq!"
    fence = call(ciphers, "rail_fence", text="WEAREDISCOVEREDFLEEATONCE", rails=3)["text"]
    assert fence == "WECRLTEERDSOEEFEAOCAIVDEN"
    back = call(ciphers, "rail_fence", text=fence, rails=3, direction="decrypt")["text"]
    assert back == "WEAREDISCOVEREDFLEEATONCE"
    assert call(ciphers, "to_morse", text="SOS")["morse"] == "... --- ..."
    assert call(ciphers, "from_morse", morse=".... .. / .--.-.")["text"] == "HI @"
    assert call(ciphers, "to_braille", text="b2")["braille"] == "⠃⠼⠃"
    assert call(ciphers, "spell_out", text="AZ9")["words"] == ["Alfa", "Zulu", "9"]


def test_feelings_and_likeness() -> None:
    assert call(sentiment, "score", text="VADER is smart, handsome, and funny.")["compound"] == pytest.approx(0.8316)
    ratings = call(sentiment, "compare", texts=["It was awful.", "It was lovely."])
    assert (ratings["most_negative"], ratings["most_positive"]) == (0, 1)
    assert call(fuzzy_matching, "phonetic_code", name="Robert")["code"] == "R163"
    likeness = call(fuzzy_matching, "similarity", first="MARTHA", second="marhta")["similarity"]
    assert likeness == pytest.approx(0.9611, abs=1e-4)
    swapped = {
        m: call(fuzzy_matching, "similarity", first="ab", second="ba", method=m) for m in ("levenshtein", "damerau")
    }
    assert [row["similarity"] for row in swapped.values()] == [0, 0.5]
