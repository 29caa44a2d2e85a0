"""Scales, chords, keys and pitches, computed in equal temperament."""

import math
from typing import Annotated

from pydantic import Field

from mock_apis.core import Domain, World
from mock_apis.core.entities import Limit
from mock_apis.core.errors import InvalidArgument
from mock_apis.music.theory_rules import (
    CHORDS,
    FLAT_NAMES,
    MAJOR_ROOTS,
    MINOR_ROOTS,
    SCALES,
    SHARP_NAMES,
    chord_notes,
    key_chords,
    midi_number,
    pitch_class,
    pitch_of,
    plain,
    scale_notes,
    signature,
    spell,
    split_chord,
    split_key,
)
from mock_apis.music.theory_types import (
    INTERVALS,
    LAST_FRET,
    STRINGS,
    Chord,
    ChordMatches,
    ChordNotes,
    Chords,
    Frequency,
    Interval,
    Key,
    KeyChord,
    KeyChords,
    KeyFacts,
    Keys,
    Lengths,
    Moved,
    NearPitch,
    Note,
    Numeral,
    Pitch,
    Position,
    Positions,
    Scale,
    ScaleName,
    Sound,
    SpelledNote,
    Tempo,
)

music_theory = Domain("music_theory", category="music", description="Scales, chords, keys and pitches.")


@music_theory.tool(example={"root": "D", "scale": "dorian"}, kind="computation")
def scale(w: World, root: Note, scale: ScaleName) -> Scale:
    """Spell the notes of a scale or mode from its root upwards.

    root: Note to start on, for example F# or Bb.
    scale: Which scale; melodic minor is the rising form.
    """
    return Scale(root=root, scale=scale, notes=_bounded(scale_notes(root, scale)), semitones=list(SCALES[scale]))


@music_theory.tool(example={"chord": "Cmaj7"}, kind="computation")
def chord(w: World, chord: Chord) -> ChordNotes:
    """Spell the notes of a chord symbol, root first.

    chord: Root and quality: C, Am, G7, F#m7b5, Bbmaj7, Dsus4, Edim, Gaug, C9, Cadd9 ...; no slash.
    """
    root, quality = split_chord(chord)
    semitones = [above for _, above in CHORDS[quality]]
    return ChordNotes(chord=chord, notes=_bounded(chord_notes(root, quality)), semitones=semitones)


@music_theory.tool(example={"notes": ["E", "G", "C"]}, kind="computation")
def identify_chord(w: World, notes: Annotated[list[SpelledNote], Field(min_length=2, max_length=7)]) -> ChordMatches:
    """Name the chords that consist of exactly these notes, in any order.

    notes: Notes from the lowest up; enharmonic spellings count as the same note.
    """
    wanted = {pitch_class(note) for note in notes}
    order = list(dict.fromkeys(plain(note) for note in notes))
    found = [
        root + quality
        for root in order
        for quality, steps in CHORDS.items()
        if {(pitch_class(root) + above) % 12 for _, above in steps} == wanted
    ]
    return ChordMatches(total=len(found), chords=found)


@music_theory.tool(example={"chords": ["C", "Am", "F", "G7"], "semitones": 2}, kind="computation")
def transpose_chords(
    w: World,
    chords: Annotated[list[Chord], Field(min_length=1, max_length=16)],
    semitones: Annotated[int, Field(ge=-11, le=11)],
    flats: bool = False,
) -> Chords:
    """Move a chord progression up or down by semitones.

    chords: Chord symbols in order, for example C, Am, F, G7.
    semitones: How far up; down if negative.
    flats: True to write black keys as flats (Bb), else as sharps (A#).
    """
    names, moved = FLAT_NAMES if flats else SHARP_NAMES, []
    for symbol in chords:
        root, quality = split_chord(symbol)
        moved.append(names[(pitch_class(root) + semitones) % 12] + quality)
    return Chords(chords=moved)


@music_theory.tool(example={"pitch": "A4", "semitones": 3}, kind="computation")
def transpose_pitch(w: World, pitch: Pitch, semitones: Annotated[int, Field(ge=-48, le=48)]) -> Moved:
    """Move one pitch up or down by semitones.

    pitch: Note and octave, for example A4.
    semitones: How far up; down if negative. The result must lie between C0 and B8.
    """
    number = midi_number(pitch) + semitones
    if not 12 <= number <= 119:
        raise InvalidArgument(f"semitones {semitones}: {pitch} would leave the range C0 to B8")
    return Moved(pitch=pitch_of(number), midi=number)


@music_theory.tool(example={"low": "C4", "high": "G4"}, kind="computation")
def interval(w: World, low: Pitch, high: Pitch) -> Interval:
    """Name the interval between two pitches by its semitones.

    low: One pitch, for example C4.
    high: The other pitch; the order does not matter.
    """
    semitones = abs(midi_number(high) - midi_number(low))
    octaves, rest = divmod(semitones, 12)
    name = "octave" if semitones and not rest else INTERVALS[rest]
    beyond = octaves - 1 if name == "octave" else octaves
    return Interval(name=name, semitones=semitones, octaves=beyond, frequency_ratio=round(2 ** (semitones / 12), 5))


@music_theory.tool(example={"pitch": "C4"}, kind="computation")
def frequency(w: World, pitch: Pitch, a4_hz: Annotated[float, Field(ge=400, le=480)] = 440) -> Sound:
    """Give the frequency and the MIDI number of a pitch.

    pitch: Note and octave, for example C4 (middle C).
    a4_hz: Tuning of A4 in hertz.
    """
    number = midi_number(pitch)
    return Sound(pitch=pitch, frequency_hz=round(a4_hz * 2 ** ((number - 69) / 12), 3), midi=number)


@music_theory.tool(example={"frequency_hz": 442.0}, kind="computation")
def nearest_pitch(w: World, frequency_hz: Frequency) -> NearPitch:
    """Find the pitch closest to a frequency, and how far off it is in cents.

    frequency_hz: Frequency in hertz, for example 442; from C0 to B8 at A4 = 440 Hz.
    """
    exact = 69 + 12 * math.log2(frequency_hz / 440)
    number = round(exact)
    if not 12 <= number <= 119:
        raise InvalidArgument(f"frequency_hz {frequency_hz} lies outside C0 to B8 (16.35 to 7902 Hz)")
    true = round(440 * 2 ** ((number - 69) / 12), 3)
    return NearPitch(pitch=pitch_of(number), cents=round(100 * (exact - number), 1) + 0.0, pitch_frequency_hz=true)


@music_theory.tool(example={"key": "G major"}, kind="computation")
def chords_in_key(w: World, key: Key, sevenths: bool = False) -> KeyChords:
    """List the chords on the seven degrees of a key, with their numerals.

    key: Root and mode, for example G major or A minor (natural minor).
    sevenths: True for seventh chords, else triads.
    """
    root, mode = split_key(key)
    found = [KeyChord(numeral=numeral, chord=symbol) for numeral, symbol in key_chords(root, mode, sevenths)]
    return KeyChords(key=f"{root} {mode}", chords=found)


@music_theory.tool(example={"key": "G major", "degrees": ["1", "5", "6", "4"]}, kind="computation")
def progression(w: World, key: Key, degrees: Annotated[list[Numeral], Field(min_length=1, max_length=16)]) -> Chords:
    """Turn the degrees of a progression, such as 1 5 6 4, into the triads of a key.

    key: Root and mode, for example G major or A minor (natural minor).
    degrees: Degrees of the scale in order.
    """
    triads = key_chords(*split_key(key), sevenths=False)
    return Chords(chords=[triads[int(degree) - 1][1] for degree in degrees])


@music_theory.tool(example={"key": "A minor"}, kind="computation")
def key_facts(w: World, key: Key) -> KeyFacts:
    """Give a key's signature, its notes, its relative key and its neighbours in the circle of fifths.

    key: Root and mode, for example Eb major or A minor.
    """
    root, mode = split_key(key)
    other = "minor" if mode == "major" else "major"
    count = signature(root, mode)
    notes = scale_notes(root, "major" if mode == "major" else "natural minor")
    relative = spell(root, 5, 9) if mode == "major" else spell(root, 2, 3)
    above, below = (_usual(pitch_class(root) + step, mode) for step in (7, 5))
    return KeyFacts(
        key=f"{root} {mode}",
        sharps=max(count, 0),
        flats=max(-count, 0),
        notes=notes,
        relative=f"{relative} {other}",
        parallel=" ".join(split_key(f"{root} {other}")),
        fifth_above=above,
        fifth_below=below,
    )


@music_theory.tool(example={"chords": ["C", "Am", "F", "G"]}, kind="computation")
def find_keys(w: World, chords: Annotated[list[Chord], Field(min_length=1, max_length=12)], limit: Limit = 5) -> Keys:
    """Find the major and minor keys that have all notes of these chords.

    chords: Chord symbols, for example C, Am, F, G.
    limit: At most this many keys; those whose root is the root of the first chord come first.
    """
    needed = {pitch_class(note) for symbol in chords for note in chord_notes(*split_chord(symbol))}
    first = pitch_class(split_chord(chords[0])[0])
    found = []
    for step in range(12):
        for mode in ("major", "minor"):
            steps = SCALES["major" if mode == "major" else "natural minor"]
            if needed <= {(first + step + above) % 12 for above in steps}:
                found.append(_usual(first + step, mode))
    return Keys(total=len(found), keys=found[:limit])


@music_theory.tool(example={"pitch": "E4"}, kind="computation")
def guitar_positions(w: World, pitch: Pitch) -> Positions:
    """List where a pitch can be played on a guitar in standard tuning with 22 frets.

    pitch: Sounding pitch, for example E4 for the open first string.
    """
    number, found = midi_number(pitch), []
    for string, open_pitch in enumerate(reversed(STRINGS), start=1):
        fret = number - midi_number(open_pitch)
        if 0 <= fret <= LAST_FRET:
            found.append(Position(string=string, fret=fret))
    return Positions(pitch=pitch, total=len(found), positions=found)


@music_theory.tool(example={"tempo_bpm": 120}, kind="computation")
def note_lengths(w: World, tempo_bpm: Tempo) -> Lengths:
    """Give the lengths of notes in milliseconds at a tempo, for delays and loops.

    tempo_bpm: Quarter notes a minute.
    """
    quarter = 60000 / tempo_bpm
    return Lengths(
        tempo_bpm=tempo_bpm,
        quarter_ms=round(quarter, 3),
        eighth_ms=round(quarter / 2, 3),
        sixteenth_ms=round(quarter / 4, 3),
        dotted_eighth_ms=round(quarter * 0.75, 3),
        eighth_triplet_ms=round(quarter / 3, 3),
        bar_of_four_ms=round(quarter * 4, 3),
    )


def _usual(note: int, mode: str) -> str:
    return f"{(MAJOR_ROOTS if mode == 'major' else MINOR_ROOTS)[note % 12]} {mode}"


def _bounded(notes: list[str]) -> list[str]:
    """Triple accidentals, which a root such as Fb can lead to, are written plainly."""
    return [note if len(note) <= 3 else plain(note) for note in notes]
