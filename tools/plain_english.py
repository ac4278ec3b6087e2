"""Whether an English text is plain enough: short sentences, everyday words, reading age 9 to 11.

The source of every translation is English, so a hard sentence here is a wrong one in another
language. NHS style asks for a reading age of 9 to 11; the reading age is the Automated Readability
Index (Smith and Senter, 1967: characters a word and words a sentence, as a US school grade) plus
five years.
"""

import html
import re
from collections.abc import Iterator
from statistics import mean

import textstat

MEAN_SENTENCE = 15
LONGEST_SENTENCE = 20
READING_AGE = 11
LONGER_TEXT = 30
"""Words from which on a text is long enough for its reading age to mean something."""

BANNED = {
    r"BAME": "write ethnic minorities",
    r"BME": "write Black and ethnic minority",
    r"non-white": "write ethnic minorities, or name the people",
    r"Afro-?Caribbeans?": "write African Caribbean",
    r"hard[- ]to[- ]reach": "say who has not been asked",
    r"click(?:s|ed|ing)?": "write tap or press: not everybody has a mouse",
    r"utili[sz]e(?:s|d)?": "write use",
    r"in order to": "write to",
    r"prior to": "write before",
    r"commence(?:s|d|ment)?": "write start",
    r"terminate(?:s|d)?": "write end",
    r"facilitate(?:s|d)?": "write help or run",
    r"leverage(?:s|d)?": "write use",
    r"stakeholders?": "name the people",
    r"please note": "say it",
    r"kindly": "leave it out",
    r"e\.g\.|i\.e\.|etc\.?": "write for example, that is, or the whole list",
    r"and/or": "choose one",
    r"invalid": "say what is wrong and what to do",
    r"illegal": "say what is wrong and what to do",
    r"opt(?:ed|ing)?[- ](?:in|out)": "write say yes, or stop",
    r"unsubscribe(?:s|d)?": "write stop messages",
    r"callback|payload|timestamp|database|server|null": "this is our word, not theirs",
    r"oops|whoops|uh-oh": "say what happened",
}
_BANNED = tuple(
    (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), advice)
    for words, advice in BANNED.items()
)


def readable(text: str) -> str:
    """The text as a person reads it: no tags, and a word in place of each placeholder."""
    return html.unescape(re.sub(r"\{[^}]*\}", "name", re.sub(r"<[^>]*>", "", text)))


def sentence_lengths(text: str) -> list[int]:
    """Words of each sentence; a line is a sentence too."""
    sentences = re.split(r"(?<=[.!?:;])\s+|\n+", readable(text))
    counts = (len(re.findall(r"[^\W_][\w'’.@/-]*", sentence)) for sentence in sentences)
    return [count for count in counts if count]


def reading_age(text: str) -> float | None:
    """Years of age at which the text is easy; None where it is too short to tell."""
    if sum(sentence_lengths(text)) < LONGER_TEXT:
        return None
    lines = (line.strip() for line in readable(text).splitlines())
    closed = " ".join(
        line if line.endswith((".", "!", "?")) else f"{line}." for line in lines if line
    )
    return float(textstat.automated_readability_index(closed)) + 5


def faults(text: str) -> Iterator[str]:
    """What is not plain about an English text; none means that it is plain."""
    for pattern, advice in _BANNED:
        for found in sorted({match.group().lower() for match in pattern.finditer(readable(text))}):
            yield f"“{found}”: {advice}"
    lengths = sentence_lengths(text)
    if not lengths:
        return
    if max(lengths) > LONGEST_SENTENCE:
        yield f"a sentence has {max(lengths)} words; {LONGEST_SENTENCE} is the most"
    elif len(lengths) > 1 and mean(lengths) > MEAN_SENTENCE:
        yield f"sentences have {mean(lengths):.0f} words on average; {MEAN_SENTENCE} is the most"
    age = reading_age(text)
    if age is not None and round(age) > READING_AGE:
        yield f"reading age {age:.0f}; {READING_AGE} is the most: shorter words, shorter sentences"
