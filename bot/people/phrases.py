"""Finding any of many phrases in what a person typed, fast and in one pass.

A phrase is words with spaces between. It may use
    a/b     either word stands here
    word*   any word that starts so
    ...     up to three other words may stand here

Case, accents, Arabic vowel signs, apostrophes and repeated letters do not matter, and Arabic
words may carry the prefixes that are written as part of them.
"""

import re
from collections.abc import Iterable, Iterator

from bot.people.folding import fold

GAP = "..."
WIDEST_GAP = 3  # words
_SHORTEST_START = 3  # letters before a star
_REPEATED = re.compile(r"(.)\1+")
_APOSTROPHE = re.compile("['’‘ʼʻ`´]")
# و and, ف so, ب with, ل for, ك like, س will, ه and ح will (Egypt, Sudan), ال the
_ARABIC_PREFIX = re.compile("[وف]?[بلكسهح]?(?:ال)?")
_ARABIC_PREFIXES = frozenset("وفبلكسهحا")
_SHORTEST_STEM = 3  # letters that must be left when a prefix is taken off


class _Node:
    """Where the words read so far lead to."""

    __slots__ = ("ends", "gap", "starts", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.starts: dict[str, list[tuple[str, _Node]]] = {}
        self.gap: _Node | None = None
        self.ends = False

    def goes_on_with(self, word: str) -> bool:
        """Whether a word may lead on from here; quick, and sure only when it says no."""
        return word in self.words or word[:_SHORTEST_START] in self.starts

    def after(self, word: str) -> list["_Node"]:
        """Where one more word leads."""
        node = self.words.get(word)
        nodes = [] if node is None else [node]
        if self.starts:
            known = self.starts.get(word[:_SHORTEST_START], ())
            nodes += [node for start, node in known if word.startswith(start)]
        return nodes


class Phrases:
    """A set of phrases to look for. Built once; never changes.

    Raises:
        ValueError: a phrase has no words, a gap at an end, or fewer than three letters before a
            star; the message names the phrase.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = _Node()
        for phrase in phrases:
            self._add(phrase)

    def found_in(self, text: str) -> bool:
        """Whether any of the phrases stands in the text."""
        first = self._root
        reading: dict[_Node, int] = {}  # where we are, and how many words may still be skipped
        for word in _REPEATED.sub(r"\1", fold(text)).split():
            forms = _forms(word) if word[0] in _ARABIC_PREFIXES else [word]
            if not reading:  # most words begin no phrase
                forms = [form for form in forms if first.goes_on_with(form)]
                if not forms:
                    continue
            going_on = {node: left - 1 for node, left in reading.items() if left}
            for form in forms:
                for node in (*reading, first):
                    for after in node.after(form):
                        if after.ends:
                            return True
                        going_on.setdefault(after, 0)
                        if after.gap is not None:
                            going_on[after.gap] = WIDEST_GAP
            reading = going_on
        return False

    def _add(self, phrase: str) -> None:
        items = phrase.split()
        if not items or GAP in {items[0], items[-1]}:
            raise ValueError(f"“{phrase}” must begin and end with a word")
        frontier = [self._root]
        for item in items:
            if item == GAP:
                frontier = [_gap(node) for node in frontier]
                continue
            ways = [way for word in item.split("/") for way in _ways(word)]
            if not all(ways):
                raise ValueError(f"“{phrase}” has an empty word, or too few letters before a star")
            frontier = [_walked(node, way) for node in frontier for way in ways]
        for node in frontier:
            node.ends = True


def _ways(word: str) -> Iterator[list[str]]:
    """How a word of a phrase may be typed: with its apostrophe, it can be one word or two."""
    star = "*" if word.endswith("*") else ""
    for stand_in in {" ", ""} if _APOSTROPHE.search(word) else {""}:
        typed = _REPEATED.sub(r"\1", fold(_APOSTROPHE.sub(stand_in, word))).split()
        if star and typed and len(typed[-1]) < _SHORTEST_START:
            yield []
        else:
            yield [*typed[:-1], typed[-1] + star] if typed else []


def _walked(node: _Node, words: list[str]) -> _Node:
    for word in words:
        if not word.endswith("*"):
            node = node.words.setdefault(word, _Node())
            continue
        start = word[:-1]
        known = node.starts.setdefault(start[:_SHORTEST_START], [])
        same = [after for other, after in known if other == start]
        if not same:
            known.append((start, _Node()))
        node = same[0] if same else known[-1][1]
    return node


def _gap(node: _Node) -> _Node:
    """What may follow a node after other words, which includes what follows it at once."""
    if node.gap is None:
        node.gap = _Node()
    return node.gap


def _forms(word: str) -> list[str]:
    """The word, and what is left of it without Arabic prefixes."""
    prefix = _ARABIC_PREFIX.match(word)
    longest = min(prefix.end() if prefix else 0, len(word) - _SHORTEST_STEM)
    return [word, *(word[at:] for at in range(1, longest + 1))]
