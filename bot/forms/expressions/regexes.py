r"""regex(), bounded: a pattern that could fill the memory is refused, one that is slow is stopped.

Forms are written for ODK Collect, whose patterns are Java's: the whole text must match; \d, \w and
\s mean ASCII, \p{…} means Unicode; sets may be nested.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import regex

from bot.forms.expressions.parts import Function, Part, Place, text_run
from bot.forms.expressions.problems import EvaluationFailed, ExpressionRefused, Failure, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

PATIENCE = 0.1  # seconds; a match that is not hopeless takes microseconds
PATTERN_LIMIT = 2_000  # characters
SIZE_LIMIT = 20_000  # states once counts are written out: a{3} is three

_PIECE = re.compile(
    r"(?P<escape>\\.)|(?P<open>\()|(?P<close>\))|\{(?P<least>\d+)(?P<comma>,)?(?P<most>\d*)\}|.",
    re.DOTALL | re.ASCII,
)
_CLASSES = {
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[a-zA-Z0-9_]",
    r"\W": "[^a-zA-Z0-9_]",
    r"\s": r"[ \t\n\x0b\f\r]",
    r"\S": r"[^ \t\n\x0b\f\r]",
}


class BadRegex(ValueError):
    """The pattern is none, or it is too large."""


def read_pattern(pattern: str) -> "regex.Pattern[str]":
    """The pattern, ready to match.

    Raises:
        BadRegex: it is no pattern, or too large.
    """
    if len(pattern) > PATTERN_LIMIT or _size(pattern) > SIZE_LIMIT:
        raise BadRegex(pattern)
    written = _PIECE.sub(lambda piece: _CLASSES.get(piece[0], piece[0]), pattern)
    try:
        return regex.compile(written, regex.VERSION1, cache_pattern=False)  # it may hold answers
    except (regex.error, RecursionError, OverflowError, ValueError):
        raise BadRegex(pattern) from None


def _size(pattern: str) -> int:
    """How many states the pattern has at most, once its counts are written out."""
    totals, last = [0], 0
    for piece in _PIECE.finditer(pattern):
        if piece["open"]:
            totals.append(0)
            last = 0
        elif piece["close"]:
            last = totals.pop() if len(totals) > 1 else 1
            totals[-1] += last
        elif piece["least"]:
            digits = max(piece["least"], piece["most"] or "", key=lambda text: (len(text), text))
            times = int(digits[:9]) if len(digits) <= 9 else 2 * SIZE_LIMIT  # noqa: PLR2004
            totals[-1] += last * max(times - 1, 0)
            last *= max(times, 1)
        else:
            last = 1
            totals[-1] += 1
        if sum(totals) > SIZE_LIMIT:
            break
    return sum(totals)


def _build_regex(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    text_part, pattern_part = (compiler.part(token, place) for token in tokens)
    text, pattern = text_run(text_part), text_run(pattern_part)
    known: regex.Pattern[str] | None = None
    if isinstance(pattern_part.constant, str):
        try:
            known = read_pattern(pattern_part.constant)
        except BadRegex as error:
            raise ExpressionRefused(Refusal.BAD_REGEX, str(error)) from None

    def matches(focus: Focus) -> bool:
        try:
            ready = known or read_pattern(pattern(focus))
            found = ready.fullmatch(text(focus), timeout=PATIENCE)
        except BadRegex:
            raise EvaluationFailed(Failure.BAD_REGEX, "regex") from None
        except (TimeoutError, MemoryError):
            raise EvaluationFailed(Failure.REGEX_TOO_SLOW, "regex") from None
        return found is not None

    return Part(matches, Kind.TRUTH, bound=text_part.bound or pattern_part.bound)


REGEX_FUNCTIONS: Mapping[str, Function] = {
    "regex": Function("tt", Kind.TRUTH, build=_build_regex),
}
