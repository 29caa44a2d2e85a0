"""What the theory tools take and give back."""

from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Record
from mock_apis.core.entities import Entity

Note = Annotated[str, Field(pattern=r"^[A-G][#b]?$"), Entity("music.note")]
"""F#, Bb"""
SpelledNote = Annotated[str, Field(pattern=r"^[A-G](##|bb|#|b)?$"), Entity("music.note")]
"""With double sharps and flats where a scale's spelling needs them."""
Pitch = Annotated[str, Field(pattern=r"^[A-G][#b]?[0-8]$"), Entity("music.pitch")]
"""Note and octave; A4 is 440 Hz."""
Chord = Annotated[str, Field(pattern=r"^[A-G][#b]?[a-z0-9]*$"), Entity("music.chord")]
Key = Annotated[str, Field(pattern=r"^[A-G][#b]? (major|minor)$"), Entity("music.key")]
Tempo = Annotated[int, Field(ge=20, le=400), Entity("music.tempo_bpm")]
Frequency = Annotated[float, Field(ge=16, le=10000), Entity("sound.frequency_hz")]
ScaleName = Literal[
    "major", "natural minor", "harmonic minor", "melodic minor", "dorian", "phrygian", "lydian", "mixolydian",
    "locrian", "major pentatonic", "minor pentatonic", "blues",
]  # fmt: skip
Numeral = Literal["1", "2", "3", "4", "5", "6", "7"]
INTERVALS = (
    "unison", "minor second", "major second", "minor third", "major third", "perfect fourth", "tritone",
    "perfect fifth", "minor sixth", "major sixth", "minor seventh", "major seventh",
)  # fmt: skip
STRINGS = ("E2", "A2", "D3", "G3", "B3", "E4")
LAST_FRET = 22


class Scale(Record):
    root: Note
    scale: str
    notes: list[SpelledNote]
    semitones: list[int]
    """Above the root."""


class ChordNotes(Record):
    chord: Chord
    notes: list[SpelledNote]
    semitones: list[int]


class ChordMatches(Record):
    total: int
    chords: list[Chord]
    """Those whose root is the first note come first."""


class Chords(Record):
    chords: list[Chord]


class Interval(Record):
    name: str
    semitones: int
    octaves: int
    """Whole octaves beyond the name."""
    frequency_ratio: float


class Sound(Record):
    pitch: Pitch
    frequency_hz: Annotated[float, Entity("sound.frequency_hz")]
    midi: int


class NearPitch(Record):
    pitch: Pitch
    cents: float
    """Above the pitch, or below it if negative."""
    pitch_frequency_hz: float


class Moved(Record):
    pitch: Pitch
    midi: int


class KeyChord(Record):
    numeral: str
    chord: Chord


class KeyChords(Record):
    key: Key
    chords: list[KeyChord]


class KeyFacts(Record):
    key: Key
    sharps: int
    flats: int
    notes: list[SpelledNote]
    relative: Key
    parallel: Key
    fifth_above: Key
    fifth_below: Key


class Keys(Record):
    total: int
    keys: list[Key]


class Position(Record):
    string: int
    """1 is the highest, 6 the lowest."""
    fret: int


class Positions(Record):
    pitch: Pitch
    total: int
    positions: list[Position]


class Lengths(Record):
    tempo_bpm: Tempo
    quarter_ms: float
    eighth_ms: float
    sixteenth_ms: float
    dotted_eighth_ms: float
    eighth_triplet_ms: float
    bar_of_four_ms: float
