"""Facts of music theory and of colours, and what the streaming service promises."""

from typing import Any

import pytest

from mock_apis.core import Domain, World
from mock_apis.core.errors import FailedPrecondition
from mock_apis.design.colour_maths import difference
from mock_apis.design.colours import colours
from mock_apis.design.layout import layout
from mock_apis.music.music_theory import music_theory


def call(domain: Domain, tool: str, w: World | None = None, **arguments: Any) -> Any:
    return domain.tools[f"{domain.name}_{tool}"].run(w or World(7), arguments)


@pytest.mark.parametrize(
    ("root", "scale", "notes"),
    [
        ("F", "major", "F G A Bb C D E"),
        ("A", "harmonic minor", "A B C D E F G#"),
        ("D", "dorian", "D E F G A B C"),
        ("G#", "major", "G# A# B# C# D# E# F##"),
        ("A", "blues", "A C D Eb E G"),
    ],
)
def test_scales_use_the_letters_of_the_textbook(root: str, scale: str, notes: str) -> None:
    assert call(music_theory, "scale", root=root, scale=scale)["notes"] == notes.split()


def test_chords_are_spelled_identified_and_moved() -> None:
    assert call(music_theory, "chord", chord="Bm7b5")["notes"] == ["B", "D", "F", "A"]
    assert call(music_theory, "chord", chord="C9")["notes"] == ["C", "E", "G", "Bb", "D"]
    assert call(music_theory, "identify_chord", notes=["C", "E", "G", "A"])["chords"] == ["C6", "Am7"]
    moved = call(music_theory, "transpose_chords", chords=["C", "Am", "G7"], semitones=-2, flats=True)
    assert moved["chords"] == ["Bb", "Gm", "F7"]


def test_keys_have_their_signatures_chords_and_relatives() -> None:
    facts = call(music_theory, "key_facts", key="Eb major")
    assert (facts["flats"], facts["sharps"], facts["relative"], facts["fifth_above"]) == (3, 0, "C minor", "Bb major")
    assert call(music_theory, "key_facts", key="G# major")["key"] == "Ab major"
    chords = call(music_theory, "chords_in_key", key="A minor", sevenths=True)["chords"]
    assert [row["chord"] for row in chords] == ["Am7", "Bm7b5", "Cmaj7", "Dm7", "Em7", "Fmaj7", "G7"]
    assert [row["numeral"] for row in chords][:3] == ["i", "iiø", "III"]
    assert call(music_theory, "progression", key="C major", degrees=["1", "5", "6", "4"])["chords"] == [
        "C",
        "G",
        "Am",
        "F",
    ]
    assert call(music_theory, "find_keys", chords=["C", "Am", "F", "G"])["keys"] == ["C major", "A minor"]


def test_pitches_have_frequencies_midi_numbers_and_frets() -> None:
    assert call(music_theory, "frequency", pitch="C4") == {"pitch": "C4", "frequency_hz": 261.626, "midi": 60}
    near = call(music_theory, "nearest_pitch", frequency_hz=442.0)
    assert (near["pitch"], near["cents"]) == ("A4", 7.9)
    assert call(music_theory, "interval", low="C4", high="G5")["name"] == "perfect fifth"
    frets = call(music_theory, "guitar_positions", pitch="E4")["positions"]
    assert [(row["string"], row["fret"]) for row in frets] == [(1, 0), (2, 5), (3, 9), (4, 14), (5, 19)]
    assert call(music_theory, "note_lengths", tempo_bpm=120)["dotted_eighth_ms"] == 375


def test_colour_differences_are_those_of_the_published_ciede2000_pairs() -> None:
    assert difference((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert difference((50, 2.5, 0), (73, 25, -18)) == pytest.approx(27.1492, abs=1e-4)
    assert difference((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619)) == pytest.approx(2.0373, abs=1e-4)


def test_contrast_is_that_of_wcag() -> None:
    assert call(colours, "contrast", foreground="#000000", background="#FFFFFF")["ratio"] == 21
    grey = call(colours, "contrast", foreground="#767676", background="#ffffff")
    assert (round(grey["ratio"], 2), grey["aa_text"], grey["aaa_text"]) == (4.54, True, False)
    darker = call(colours, "make_readable", colour="#1e90ff", background="#ffffff")
    assert darker["changed"]
    assert 4.5 <= darker["ratio"] < 4.7
    with pytest.raises(FailedPrecondition, match="ratio 15"):
        call(colours, "make_readable", colour="#1e90ff", background="#808080", ratio=15)


def test_colours_convert_and_have_names() -> None:
    values = call(colours, "convert", colour="#663399")
    assert values["rgb"] == [102, 51, 153]
    assert values["hsl"] == [270, 50, 40]
    assert values["cmyk_percent"] == [33.3, 66.7, 0, 40]
    assert call(colours, "convert", colour="#ff0000")["lab"] == [53.2, 80.1, 67.2]
    assert call(colours, "from_name", name="Tomato") == {"colour": "#ff6347"}
    assert call(colours, "nearest_name", colour="#FF6347")["exact"]
    assert call(colours, "harmony", colour="#ff0000", scheme="triadic")["colours"] == ["#ff0000", "#00ff00", "#0000ff"]
    assert call(colours, "mix", first="#ff0000", second="#0000ff") == {"colour": "#800080"}
    assert call(colours, "from_values", space="hsv", values=[60, 100, 100]) == {"colour": "#ffff00"}


def test_paper_and_screens_have_their_sizes() -> None:
    sizes = {"A4": (210, 297), "A0": (841, 1189), "A10": (26, 37), "B5": (176, 250), "C5": (162, 229), "C6": (114, 162)}
    for paper, sides in sizes.items():
        shown = call(layout, "paper_size", paper=paper)
        assert (shown["width_mm"], shown["height_mm"]) == sides
    assert call(layout, "paper_pixels", paper="A4", dpi=300) == {"width_px": 2480, "height_px": 3508}
    assert call(layout, "cut_sheet", sheet="A3", paper="A6")["copies"] == 8
    assert call(layout, "aspect_ratio", width_px=1920, height_px=1080)["ratio"] == "16:9"
    assert call(layout, "screen_density", width_px=2560, height_px=1440, diagonal_in=27)["pixels_per_inch"] == 108.79
    assert call(layout, "print_size", width_px=2480, height_px=3508)["largest_paper"] == "A4"
    assert call(layout, "css_length", value=12, unit="pt", to="px")["value"] == 16
