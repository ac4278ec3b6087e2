"""Typed search: what an event is found by, and what people type, folded to the same letters."""

import re

from bot.events.models import EventDraft
from bot.people.folding import fold

MOST_WORDS = 8  # more than anyone types to find an event; of a pasted page the first words count

_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
_ARABIC = re.compile("[\u0600-\u06ff]")
_JOINED_ON = re.compile("^(?:[وب]?ال|لل)(?=..)")


def search_text(draft: EventDraft) -> str:
    """What an event is found by; each word has a space before it."""
    parts = [
        *draft.title.values(),
        draft.venue,
        draft.organisation,
        draft.borough or "",
        draft.outcode,
        draft.kind.value,
        *draft.topics,
    ]
    for activity in draft.activities:
        parts += [*activity.title.values(), activity.organisation, activity.kind.value]
    text = " ".join(parts)
    # "d'écoute" is found by "ecoute" and by "decoute", "women's" by "womens".
    return " " + " ".join(dict.fromkeys([*fold(text).split(), *_joined(text)]))


def typed_words(text: str) -> list[str]:
    """The typed words as pieces that must all occur in a `search_text`.

    A word matches the beginning of a word. Arabic writes "the", "and" and "with" onto a word, so
    there it matches anywhere, without them.
    """
    return [
        _JOINED_ON.sub("", word) if _ARABIC.search(word) else " " + word
        for word in _joined(text)[:MOST_WORDS]
    ]


def _joined(text: str) -> list[str]:
    return fold(text.translate(_APOSTROPHES)).split()
