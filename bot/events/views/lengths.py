"""Texts cut to the room there is, counted as Telegram counts: in UTF-16 units."""

import re

_ENDS = re.compile(r"[.!?؟።…][\"'”’»)]*\s|\n")
_SPACES = re.compile(r"\s")
_DOTS = "…"


def units(text: str) -> int:
    """How much room a text takes."""
    return len(text.encode("utf-16-le", errors="replace")) // 2


def clip(text: str, most: int) -> str:
    """A short text on one line, cut after a word where it is too long."""
    line = " ".join(text.split())
    if units(line) <= most:
        return line
    head = _first(line, most - 1)
    words, space, _ = head.rpartition(" ")
    return (words if space and units(words) > most // 2 else head).rstrip() + _DOTS


def parts(text: str, most: int) -> list[str]:
    """A long text in parts, each ending with a sentence where it can, else with a word."""
    found = []
    rest = re.sub(r"\n{3,}", "\n\n", text.strip())
    while units(rest) > most:
        head = _first(rest, most)
        cut = _last(_ENDS, head, most) or _last(_SPACES, head, most) or len(head)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*found, rest) if part]


def _first(text: str, most: int) -> str:
    """As many whole characters as there is room for."""
    return text.encode("utf-16-le", errors="replace")[: 2 * most].decode("utf-16-le", "ignore")


def _last(mark: re.Pattern[str], head: str, most: int) -> int:
    """Where to cut after the last such mark, unless it leaves most of the room empty; else 0."""
    ends = [found.end() for found in mark.finditer(head)]
    return ends[-1] if ends and units(head[: ends[-1]]) > most // 3 else 0
