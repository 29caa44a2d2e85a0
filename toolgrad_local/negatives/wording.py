"""What a model should answer when it must not call: varied, and honest about what is lacking.

All begin with the same word. A call does as well ("<tool_call>"), and the likeliest first token is taken: a model that
would rather decline, in a dozen ways that begin differently, would still call (measured in docs/results/README.md).
"""

from collections.abc import Iterable, Sequence

from toolgrad_local.negatives.plain_words import join_words
from toolgrad_local.seeding import derive_seed

MOST_NAMED = 2
"""Things that are lacking and named in one answer."""

IRRELEVANCE = (
    "I can't help with that here: my tools are for other things, and none of them can {or}.",
    "I'd need another tool for this, one that can {or}. None of those I have here is meant for it.",
    "I'm sorry, this is outside what my tools cover. Nothing I have can {or}.",
    "I can't {or}: the tools available to me have nothing to do with this request.",
    "I'm not able to do that right now. It would take a tool to {and}, and mine serve other purposes.",
    "I'm afraid I have no way to {or}; the tools I was given are for different tasks.",
    "I don't have anything suitable for this. To answer properly I would need to {and}, which I can't do here.",
    "I won't guess, since my current tools don't cover this at all. I have none that can {or}.",
    "I have to pass on this one: I was given no tool to {or}.",
    "I see nothing among my tools that is related to your request. It calls for a way to {and}.",
    "I'd rather not make something up: this falls outside what I can reach, as I have no way to {or}.",
    "I can't do this with the tools at hand. They deal with other matters, and none lets me {or}.",
    "I'm not equipped for this. I would have to {and}, and no tool of mine does that.",
    "I have no means to {or}; there's nothing among my tools for a request like this.",
)
MISSING_TOOL = (
    "I can't complete this: although some of my tools are related, none of them can {or}.",
    "I can't do what you ask: my tools come close, but the one that could {or} is missing.",
    "I don't have a tool to {or}; the ones I do have would not give you the right result.",
    "I'm sorry, I can't do that with what is available. I would need to be able to {and}.",
    "I don't want to guess: this needs a way to {and}, and I don't have one here.",
    "I looked at the tools I have and none of them can {or}, so I have to leave this undone.",
    "I'm missing the means to {or}. The other tools I have can't make up for that.",
    "I have no tool for just what this takes, which is to {and}.",
    "I'm afraid I can't: nothing available to me can {or}.",
    "I have only part of what this takes. In particular, I have no tool to {or}.",
    "I can't help with this as it stands, because I have no way to {or}.",
    "I'd rather tell you that I can't. Without a tool that can {or}, any answer from me would be made up.",
    "I was given tools that touch on the subject, but they don't let me {or}.",
    "I can't carry out your request: right now I have nothing that can {or}.",
)
MISSING_PARAMETER = (
    "I still need {what} to do that. What should it be?",
    "I can do this, but I'm missing {what}. Could you tell me?",
    "I need {what} from you before I start. What should I use?",
    "I haven't been told {what} yet. What is it?",
    "I can't guess one thing: {what}. What should I go with?",
    "I have most of what I need, except {what}. Can you give me that?",
    "I need to know {what} before I can go on. What is it?",
    "I can't go ahead without {what}. Could you give me that too?",
    "I'd be happy to. I only need {what} first; what should it be?",
    "I miss one thing in your request: {what}. What shall I use?",
    "I don't want to make up a value for {what}. What should it be?",
    "I'm almost there: please tell me {what}, and I'll go ahead.",
    "I can't fill in {what} for you. Which value do you have in mind?",
    "I see that your request leaves open {what}. How should I set it?",
)


def say_lacking(wordings: Sequence[str], abilities: Iterable[str], *labels: object) -> str:
    """One of the wordings, with at most two of the things that are lacking."""
    named = list(dict.fromkeys(abilities))[:MOST_NAMED]
    return pick_wording(wordings, *labels).format_map({"or": join_words(named, "or"), "and": join_words(named, "and")})


def ask_for(what: str, *labels: object) -> str:
    """A question for the one value that is missing."""
    return pick_wording(MISSING_PARAMETER, *labels).format(what=what)


def pick_wording(wordings: Sequence[str], *labels: object) -> str:
    """The wording that the labels decide."""
    return wordings[derive_seed(*labels, "wording") % len(wordings)]
