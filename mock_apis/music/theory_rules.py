"""Notes, scales, chords and keys as numbers and letters of twelve-tone equal temperament."""

import re

from mock_apis.core.errors import InvalidArgument

LETTERS = "CDEFGAB"
NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "natural minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
}
DEGREES: dict[str, tuple[int, ...]] = {
    "major pentatonic": (0, 1, 2, 4, 5),
    "minor pentatonic": (0, 2, 3, 4, 6),
    "blues": (0, 2, 3, 4, 4, 6),
}
"""Letters above the root, where a scale does not use each letter once."""
CHORDS: dict[str, tuple[tuple[int, int], ...]] = {
    "": ((0, 0), (2, 4), (4, 7)),
    "m": ((0, 0), (2, 3), (4, 7)),
    "dim": ((0, 0), (2, 3), (4, 6)),
    "aug": ((0, 0), (2, 4), (4, 8)),
    "sus2": ((0, 0), (1, 2), (4, 7)),
    "sus4": ((0, 0), (3, 5), (4, 7)),
    "6": ((0, 0), (2, 4), (4, 7), (5, 9)),
    "m6": ((0, 0), (2, 3), (4, 7), (5, 9)),
    "7": ((0, 0), (2, 4), (4, 7), (6, 10)),
    "maj7": ((0, 0), (2, 4), (4, 7), (6, 11)),
    "m7": ((0, 0), (2, 3), (4, 7), (6, 10)),
    "mmaj7": ((0, 0), (2, 3), (4, 7), (6, 11)),
    "dim7": ((0, 0), (2, 3), (4, 6), (6, 9)),
    "m7b5": ((0, 0), (2, 3), (4, 6), (6, 10)),
    "9": ((0, 0), (2, 4), (4, 7), (6, 10), (1, 14)),
    "maj9": ((0, 0), (2, 4), (4, 7), (6, 11), (1, 14)),
    "m9": ((0, 0), (2, 3), (4, 7), (6, 10), (1, 14)),
    "add9": ((0, 0), (2, 4), (4, 7), (1, 14)),
}
"""Letters and semitones above the root."""
CHORD = re.compile(r"([A-G](?:#|b)?)(.*)")
MAJOR_ROOTS = {0: "C", 1: "Db", 2: "D", 3: "Eb", 4: "E", 5: "F", 6: "F#", 7: "G", 8: "Ab", 9: "A", 10: "Bb", 11: "B"}
MINOR_ROOTS = {0: "C", 1: "C#", 2: "D", 3: "Eb", 4: "E", 5: "F", 6: "F#", 7: "G", 8: "G#", 9: "A", 10: "Bb", 11: "B"}
"""The spelling of a key's root with the fewest accidentals."""
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
QUALITIES = {"major": ("", "m", "m", "", "", "m", "dim"), "minor": ("m", "dim", "", "m", "m", "", "")}
SEVENTHS = {
    "major": ("maj7", "m7", "m7", "maj7", "7", "m7", "m7b5"),
    "minor": ("m7", "m7b5", "maj7", "m7", "m7", "maj7", "7"),
}

MARKS = {"dim": "°", "dim7": "°", "m7b5": "ø"}


def pitch_class(note: str) -> int:
    """0 for C to 11 for B, of a note with any number of accidentals."""
    return (NATURAL[note[0]] + note.count("#") - note[1:].count("b")) % 12


def spell(root: str, letters: int, semitones: int) -> str:
    """The note that many letters and semitones above the root; it may need double accidentals."""
    letter = LETTERS[(LETTERS.index(root[0]) + letters) % 7]
    gap = (pitch_class(root) + semitones - NATURAL[letter] + 6) % 12 - 6
    return letter + ("#" * gap if gap > 0 else "b" * -gap)


def plain(note: str) -> str:
    """The same pitch with at most one accidental."""
    return note if len(note) <= 2 else SHARP_NAMES[pitch_class(note)]


def scale_notes(root: str, scale: str) -> list[str]:
    """The notes of a scale from the root up, each letter once where the scale has seven notes."""
    steps = SCALES[scale]
    letters = DEGREES.get(scale, tuple(range(7)))
    return [spell(root, letter, step) for letter, step in zip(letters, steps, strict=True)]


def split_chord(chord: str) -> tuple[str, str]:
    """Root and quality of a chord symbol. Raises InvalidArgument."""
    match = CHORD.fullmatch(chord)
    if match is None or match[2] not in CHORDS:
        raise InvalidArgument(f"chord '{chord}' is not known; a root and one of {', '.join(filter(None, CHORDS))}")
    return match[1], match[2]


def chord_notes(root: str, quality: str) -> list[str]:
    """The notes of a chord, root first."""
    return [spell(root, letters, semitones) for letters, semitones in CHORDS[quality]]


def split_key(key: str) -> tuple[str, str]:
    """Root and mode of a key; enharmonic roots that nobody writes (G# major) become the usual ones."""
    root, _, mode = key.partition(" ")
    usual = (MAJOR_ROOTS if mode == "major" else MINOR_ROOTS)[pitch_class(root)]
    return (root if abs(signature(root, mode)) <= 7 else usual), mode


def signature(root: str, mode: str) -> int:
    """Sharps of a key signature, negative for flats; beyond 7 nobody writes it."""
    fifths = "FCGDAEB".index(root[0]) - 1 + 7 * (root.count("#") - root[1:].count("b"))
    return fifths - (3 if mode == "minor" else 0)


def key_chords(root: str, mode: str, sevenths: bool) -> list[tuple[str, str]]:
    """Roman numeral and chord on each degree of a key (natural minor)."""
    scale = scale_notes(root, "major" if mode == "major" else "natural minor")
    qualities = (SEVENTHS if sevenths else QUALITIES)[mode]
    found = []
    for numeral, note, quality in zip(NUMERALS, scale, qualities, strict=True):
        minor = quality.startswith(("m7", "dim")) or quality == "m"
        found.append(((numeral.lower() if minor else numeral) + MARKS.get(quality, ""), plain(note) + quality))
    return found


def midi_number(pitch: str) -> int:
    """MIDI number of a pitch such as A4; C4 is 60."""
    return NATURAL[pitch[0]] + pitch.count("#") - pitch[1:].count("b") + 12 * (int(pitch[-1]) + 1)


def pitch_of(number: int) -> str:
    """The pitch of a MIDI number between 12 and 131, with sharps."""
    return f"{SHARP_NAMES[number % 12]}{number // 12 - 1}"
