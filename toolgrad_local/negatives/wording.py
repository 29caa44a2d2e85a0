"""What a model should answer when it must not call: varied, and honest about what is lacking."""

from collections.abc import Iterable, Sequence

from toolgrad_local.negatives.plain_words import join_words
from toolgrad_local.seeding import derive_seed

MOST_NAMED = 2
"""Things that are lacking and named in one answer."""

IRRELEVANCE = (
    "None of the tools I have here is meant for this. I'd need one that can {or}.",
    "I can't help with that here: my tools are for other things, and none of them can {or}.",
    "Sorry, this is outside what my tools cover. Nothing I have can {or}.",
    "The tools available to me have nothing to do with this request, so I can't {or}.",
    "That isn't something I can do right now. It would take a tool to {and}, and mine serve other purposes.",
    "I'm afraid I have no way to {or}; the tools I was given are for different tasks.",
    "I don't have anything suitable for this. To answer properly I would need to {and}, which I can't do here.",
    "My current tools don't cover this at all, so I won't guess. I have none that can {or}.",
    "I have to pass on this one: I was given no tool to {or}.",
    "Unfortunately nothing I can use is related to your request. It calls for a way to {and}.",
    "This falls outside what I can reach. Rather than make something up, I'd say plainly that I can't {or}.",
    "I can't do this with the tools at hand. They deal with other matters, and none lets me {or}.",
    "Sorry, I'm not equipped for this. I would have to {and}, and no tool of mine does that.",
    "There's nothing among my tools for a request like this; I have no means to {or}.",
)
MISSING_TOOL = (
    "I can't complete this: although some of my tools are related, none of them can {or}.",
    "My tools come close, but the one that could {or} is missing, so I can't do what you ask.",
    "I don't have a tool to {or}; the ones I do have would not give you the right result.",
    "Sorry, I can't do that with what is available. I would need to be able to {and}.",
    "That needs a way to {and}. I don't have one here, and I don't want to guess.",
    "I looked at the tools I have and none of them can {or}, so I have to leave this undone.",
    "I'm missing the means to {or}. The other tools I have can't make up for that.",
    "To do this I would have to {and}, and that is just what I have no tool for.",
    "I'm afraid I can't: nothing available to me can {or}.",
    "Part of what this takes is not available to me. In particular, I have no tool to {or}.",
    "I can't help with this as it stands, because I have no way to {or}.",
    "Without a tool that can {or}, any answer from me would be made up. I'd rather tell you that I can't.",
    "The tools I was given touch on the subject, but they don't let me {or}.",
    "Right now I can't {or}, so I can't carry out your request.",
)
MISSING_PARAMETER = (
    "To do that I still need {what}. What should it be?",
    "I can do this, but I'm missing {what}. Could you tell me?",
    "Before I start, I need {what} from you. What should I use?",
    "You haven't told me {what} yet. What is it?",
    "There is one thing I can't guess: {what}. What should I go with?",
    "I have most of what I need, except {what}. Can you give me that?",
    "I need to know {what} before I can go on. What is it?",
    "Could you also give me {what}? I can't go ahead without it.",
    "Happy to. I only need {what} first; what should it be?",
    "One thing is missing from your request: {what}. What shall I use?",
    "I don't want to make up a value for {what}. What should it be?",
    "Almost there: please tell me {what}, and I'll go ahead.",
    "I can't fill in {what} for you. Which value do you have in mind?",
    "Your request leaves open {what}. How should I set it?",
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
