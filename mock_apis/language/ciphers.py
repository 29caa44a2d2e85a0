"""Classical ciphers and signalling alphabets, for puzzles and not for secrets."""

import re
from typing import Annotated, Literal

from pydantic import Field

from mock_apis.core import Domain, Record, World
from mock_apis.core.entities import Entity
from mock_apis.core.errors import InvalidArgument
from mock_apis.language.words import is_unicode

ciphers = Domain("ciphers", category="language", description="Classical ciphers, Morse code, spelling and braille.")

PlainText = Annotated[str, Entity("text.plain")]
CipherText = Annotated[str, Entity("text.cipher")]
MorseCode = Annotated[str, Field(pattern=r"^[./ -]+$"), Entity("text.morse")]
Braille = Annotated[str, Entity("text.braille")]
Direction = Literal["encrypt", "decrypt"]
LONGEST = 500
MORSE_TEXT = (
    "A.- B-... C-.-. D-.. E. F..-. G--. H.... I.. J.--- K-.- L.-.. M-- N-. O--- P.--. Q--.- R.-. S... T- U..- V...- "
    "W.-- X-..- Y-.-- Z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----. ?..--.. @.--.-. "
    "=-...- +.-.-. :---..."
)
MORSE = {token[0]: token[1:] for token in MORSE_TEXT.split()} | {
    ".": ".-.-.-",
    ",": "--..--",
    "/": "-..-.",
    "-": "-....-",
}
NATO_TEXT = (
    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar Papa Quebec Romeo "
    "Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu"
)
NATO = {word[0]: word for word in NATO_TEXT.split()}
BRAILLE = dict(zip("abcdefghijklmnopqrstuvwxyz", "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵", strict=True)) | {
    " ": "⠀", ",": "⠂", ".": "⠲", "-": "⠤", "'": "⠄",
}  # fmt: skip
NUMBER_SIGN, DIGIT_LETTERS = "⠼", "jabcdefghi"


class Encrypted(Record):
    text: CipherText


class Decrypted(Record):
    text: PlainText


class Shifted(Record):
    shift: int
    text: PlainText


class Shifts(Record):
    candidates: list[Shifted]


class Morse(Record):
    morse: MorseCode


class Spelling(Record):
    words: list[str]


class BrailleText(Record):
    braille: Braille


@ciphers.tool(example={"text": "Meet me at noon", "shift": 3}, kind="computation")
def caesar_encrypt(w: World, text: PlainText, shift: Annotated[int, Field(ge=0, le=25)] = 13) -> Encrypted:
    """Encrypt a text with a Caesar shift; 13 is ROT13.

    text: Plain text of at most 500 characters; only A-Z and a-z change.
    shift: How many letters further in the alphabet, 0 to 25.
    """
    require_text(text)
    return Encrypted(text=shift_letters(text, [shift]))


@ciphers.tool(example={"text": "@ciphers_caesar_encrypt.text"}, kind="computation")
def caesar_break(w: World, text: CipherText, shift: Annotated[int, Field(ge=0, le=25)] | None = None) -> Shifts:
    """Decrypt a Caesar cipher, by all 25 shifts where the shift is unknown.

    text: Cipher text of at most 200 characters.
    shift: The shift it was encrypted with; every other shift is tried if left out.
    """
    require_text(text, 200)
    shifts = range(1, 26) if shift is None else [shift]
    return Shifts(candidates=[Shifted(shift=step, text=shift_letters(text, [-step])) for step in shifts])


@ciphers.tool(example={"text": "attack at dawn", "key": "lemon"}, kind="computation")
def vigenere_encrypt(w: World, text: PlainText, key: Annotated[str, Field(pattern=r"^[A-Za-z]{1,40}$")]) -> Encrypted:
    """Encrypt a text with a Vigenère key word.

    text: Plain text of at most 500 characters; only A-Z and a-z change and use up the key.
    key: Key word of 1 to 40 letters.
    """
    require_text(text)
    return Encrypted(text=shift_letters(text, key_shifts(key)))


@ciphers.tool(example={"text": "@ciphers_vigenere_encrypt.text", "key": "lemon"}, kind="computation")
def vigenere_decrypt(w: World, text: CipherText, key: Annotated[str, Field(pattern=r"^[A-Za-z]{1,40}$")]) -> Decrypted:
    """Decrypt a Vigenère cipher whose key word is known.

    text: Cipher text of at most 500 characters.
    key: Key word of 1 to 40 letters that it was encrypted with.
    """
    require_text(text)
    return Decrypted(text=shift_letters(text, [-shift for shift in key_shifts(key)]))


@ciphers.tool(example={"text": "wizard"}, kind="computation")
def atbash(w: World, text: PlainText) -> Encrypted:
    """Encrypt or decrypt with Atbash: each letter for its mirror, A for Z.

    text: Text of at most 500 characters; twice applied it is the text again.
    """
    require_text(text)
    return Encrypted(text=re.sub("[A-Za-z]", mirror, text))


@ciphers.tool(example={"text": "wearediscoveredfleeatonce", "rails": 3}, kind="computation")
def rail_fence(
    w: World, text: PlainText, rails: Annotated[int, Field(ge=2, le=20)], direction: Direction = "encrypt"
) -> Encrypted:
    """Encrypt or decrypt with the rail fence cipher, a zigzag over rows.

    text: Text of at most 500 characters; spaces count as characters.
    rails: Number of rows, 2 to 20.
    direction: Which way to go.
    """
    require_text(text)
    period = 2 * (rails - 1)
    rows = [min(place % period, period - place % period) for place in range(len(text))]
    order = sorted(range(len(text)), key=lambda place: rows[place])
    if direction == "encrypt":
        return Encrypted(text="".join(text[place] for place in order))
    back = dict(zip(order, text, strict=True))
    return Encrypted(text="".join(back[place] for place in range(len(text))))


@ciphers.tool(example={"text": "SOS now"}, kind="computation")
def to_morse(w: World, text: PlainText) -> Morse:
    """Write a text in international Morse code.

    text: Letters A-Z, digits, spaces and . , ? / - @ = + : only, at most 500 characters.
    """
    words = [[MORSE.get(char) for char in word] for word in require_text(text).upper().split()]
    if not words or any(code is None for word in words for code in word):
        raise InvalidArgument("text: only A-Z, 0-9, spaces and . , ? / - @ = + : have a Morse code here")
    return Morse(morse=" / ".join(" ".join(code or "" for code in word) for word in words))


@ciphers.tool(example={"morse": "@ciphers_to_morse.morse"}, kind="computation")
def from_morse(w: World, morse: MorseCode) -> Decrypted:
    """Read international Morse code.

    morse: Dots and hyphens, a space between letters and a slash between words.
    """
    letters = {code: char for char, code in MORSE.items()}
    words = [word.split() for word in require_text(morse, 4000).split("/")]
    unknown = [code for word in words for code in word if code not in letters]
    if unknown:
        raise InvalidArgument(f"morse: '{unknown[0][:20]}' is no letter, digit or mark")
    return Decrypted(text=" ".join("".join(letters[code] for code in word) for word in words if word))


@ciphers.tool(example={"text": "AB12"}, kind="computation")
def spell_out(w: World, text: str) -> Spelling:
    """Spell a code letter by letter in the NATO alphabet, as on the telephone.

    text: Letters, digits and other characters, at most 100; only letters get code words.
    """
    return Spelling(words=[NATO.get(char.upper(), char) for char in require_text(text, 100) if not char.isspace()])


@ciphers.tool(example={"text": "room 12"}, kind="computation")
def to_braille(w: World, text: PlainText) -> BrailleText:
    """Write a text in uncontracted English braille, without capital signs.

    text: Letters A-Z, digits, spaces and , . - ' only, at most 500 characters.
    """
    require_text(text)
    cells: list[str] = []
    digits = False
    for char in text.lower():
        if char in "0123456789":
            cells += ([] if digits else [NUMBER_SIGN]) + [BRAILLE[DIGIT_LETTERS[int(char)]]]
        elif char not in BRAILLE:
            raise InvalidArgument(f"text: '{char}' has no braille cell here")
        elif digits and char in "abcdefghij":
            raise InvalidArgument(f"text: the letter '{char}' right after a digit would read as a digit")
        else:
            cells.append(BRAILLE[char])
        digits = char in "0123456789"
    return BrailleText(braille="".join(cells))


@ciphers.tool(example={"braille": "@ciphers_to_braille.braille"}, kind="computation")
def from_braille(w: World, braille: Braille) -> Decrypted:
    """Read uncontracted English braille of six dots.

    braille: Unicode braille cells, at most 500.
    """
    chars = {cell: char for char, cell in BRAILLE.items()} | {" ": " "}
    text, digits = "", False
    for cell in require_text(braille):
        if cell == NUMBER_SIGN:
            digits = True
            continue
        if cell not in chars:
            raise InvalidArgument(f"braille: the cell '{cell}' is not known here")
        digits = digits and chars[cell] in DIGIT_LETTERS
        text += str(DIGIT_LETTERS.index(chars[cell])) if digits else chars[cell]
    return Decrypted(text=text)


def require_text(text: str, longest: int = LONGEST) -> str:
    """The text. Raises InvalidArgument if it is empty or too long."""
    if not text.strip() or len(text) > longest or not is_unicode(text):
        raise InvalidArgument(f"text: give 1 to {longest} characters")
    return text


def key_shifts(key: str) -> list[int]:
    """How far each letter of a key shifts."""
    return [ord(letter) - ord("a") for letter in key.lower()]


def shift_letters(text: str, shifts: list[int]) -> str:
    """The text with its letters shifted in turn."""
    shifted, used = [], 0
    for char in text:
        if char.isascii() and char.isalpha():
            first = ord("A") if char.isupper() else ord("a")
            shifted.append(chr((ord(char) - first + shifts[used % len(shifts)]) % 26 + first))
            used += 1
        else:
            shifted.append(char)
    return "".join(shifted)


def mirror(match: re.Match[str]) -> str:
    """The letter as far from the end of the alphabet as this one is from its start."""
    first = "A" if match[0].isupper() else "a"
    return chr(2 * ord(first) + 25 - ord(match[0]))
