"""What the scripted teacher makes of the prompts that ask for a text: their own lines, put together anew."""

import re
from collections.abc import Iterator

from toolgrad_local.data_model.exchange import Request

POINT = re.compile(r"^\d+\. (.*)$", re.M)
QUOTED = re.compile(r'("[^"]*")')
NEEDS = re.compile(r" Needs .*$")
FIGURE = re.compile(r"\S*\d\S*")
SAID = ', with "green paper" and "Small report"'
"""What a query says that knows no call yet: values that calls can be given."""
ENTRY = re.compile(r"; the .*$")
SCALAR = re.compile(r'[:\[,]("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?)(?=[,\]}])')
FORGOTTEN = re.compile(r"^Message: (.*)\nForgotten: .*? \((.*)\)$", re.M | re.S)
WORDS_IN_A_ROW = 4
"""A run of seven words of a prompt would be refused as copied."""
FIGURES_A_CALL = 3


def write_prose(request: Request) -> dict[str, str] | None:
    """The reply to a prompt for a query, a response or an omission; None for any other."""
    told = request.messages[-1].content
    match request.key.stage:
        case "inverse_predict":
            return {"query": "Please " + " and ".join(map(reword, POINT.findall(told)))}
        case "pose":
            needs = [FIGURE.sub("", NEEDS.sub("", need)) for need in POINT.findall(told)]
            return {"values": SAID, "query": f"Please {' and '.join(map(reword, needs))}{SAID}"}
        case "respond":
            answers = [", ".join(figures_of(line)) or "nothing" for line in POINT.findall(told)]
            return {"response": "I have done that: " + "; ".join(answers)}
        case "omit":
            found = FORGOTTEN.search(told)
            return {"query": found[1].replace(found[2], " ") if found else "nothing"}
        case _:
            return None


def reword(point: str) -> str:
    """The point's words with others between them; quoted values stay whole."""
    parts = [
        part if part.startswith('"') else " ".join(spread([word.rstrip(".") for word in part.split()]))
        for part in QUOTED.split(ENTRY.sub("", point))
    ]
    return " ".join(parts)


def spread(words: list[str]) -> Iterator[str]:
    """The words, with a polite one after every few."""
    for number, word in enumerate(words, start=1):
        yield word
        if number % WORDS_IN_A_ROW == 0:
            yield "kindly"


def figures_of(line: str) -> list[str]:
    """The first values of a call's result."""
    _, _, result = line.partition(" -> ")
    return [value.strip('"') for value in SCALAR.findall(result)][:FIGURES_A_CALL]
