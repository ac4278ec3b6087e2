"""How old a reader must be to read an English text with ease."""

import re

READING_AGE = 11
"""The most that NHS style asks for."""
LONGER_TEXT = 30
"""Words from which on a text is long enough for its reading age to mean something."""
_WORD = re.compile(r"[^\W_][\w'’.@/-]*")
_END = re.compile(r"[.!?]+(?:\s|$)|\n+")


def reading_age(text: str) -> float | None:
    """Years of age; None where the text is too short to tell.

    The Automated Readability Index (Smith and Senter, 1967) gives a US school grade from the
    characters of a word and the words of a sentence; children of grade n are n + 5 years old.
    """
    words = _WORD.findall(text)
    if len(words) < LONGER_TEXT:
        return None
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    characters = sum(len(re.sub(r"\W", "", word)) for word in words)
    grade = 4.71 * characters / len(words) + 0.5 * len(words) / max(1, sentences) - 21.43
    return grade + 5
