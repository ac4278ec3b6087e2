"""Functions on texts."""

from collections.abc import Mapping
from math import inf, isnan
from xml.etree.ElementTree import Element

from bot.forms.expressions.parts import Function
from bot.forms.expressions.problems import EvaluationFailed, Failure
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind, Value, text_of_node, to_text

RESULT_LIMIT = 1_000_000  # characters; nothing that a form says is near it


def _concat(*values: Value) -> str:
    return _joined("", values)


def _join(separator: str, *values: Value) -> str:
    return _joined(separator, values)


def _joined(separator: str, values: tuple[Value, ...]) -> str:
    """All values, those of node-sets one by one."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            texts.extend(map(text_of_node, value))
        else:
            texts.append(to_text(value))
    if sum(map(len, texts)) + len(separator) * len(texts) > RESULT_LIMIT:
        raise EvaluationFailed(Failure.TOO_MUCH, "concat")
    return separator.join(texts)


def _substring(text: str, start: float, length: float = inf) -> str:
    """XPath 1.0: positions count from 1, both numbers are rounded, NaN gives nothing."""
    first = _rounded(start)
    end = first + _rounded(length)
    if isnan(first) or isnan(end):
        return ""
    return (
        text[int(max(first, 1)) - 1 : int(max(min(end, len(text) + 1), 1)) - 1]
        if (first <= len(text))
        else ""
    )


def _rounded(number: float) -> float:
    if isnan(number) or number in {inf, -inf}:
        return number
    return float((number + 0.5) // 1)


def _substr(text: str, start: float, end: float = inf) -> str:
    """From `start`, counting from 0, up to before `end`; negative numbers count from the end."""
    if isnan(start) or isnan(end):
        return ""
    size = len(text)
    first, last = (
        int(max(min(place + size if place < 0 else place, size), 0))
        for place in (_whole(start), _whole(end))
    )
    return text[first:last]


def _whole(number: float) -> float:
    return number if number in {inf, -inf} else float(int(number))


def _before(text: str, target: str) -> str:
    return text.partition(target)[0] if target and target in text else ""


def _after(text: str, target: str) -> str:
    if not target:
        return text
    return text.partition(target)[2]


def _translate(text: str, old: str, new: str) -> str:
    table: dict[str, str] = {}
    for place, sign in enumerate(old):
        table.setdefault(sign, new[place : place + 1])
    return "".join([table.get(sign, sign) for sign in text])


def _string_length(focus: Focus, *texts: str) -> float:
    return float(len(_own(focus, texts)))


def _normalize_space(focus: Focus, *texts: str) -> str:
    return " ".join(_xml_words(_own(focus, texts)))


def _xml_words(text: str) -> list[str]:
    """The words between XML's four kinds of space; a no-break space belongs to a word."""
    return [word for word in text.translate(_SPACES).split(" ") if word]


def _own(focus: Focus, texts: tuple[str, ...]) -> str:
    return texts[0] if texts else text_of_node(focus.node)


def _string(focus: Focus, *texts: str) -> str:
    return _own(focus, texts)


def _name(focus: Focus, *sets: list[Element]) -> str:
    nodes = sets[0] if sets else [focus.node]
    return nodes[0].tag if nodes else ""


_SPACES = str.maketrans("\t\r\n", "   ")

TEXT_FUNCTIONS: Mapping[str, Function] = {
    "string": Function("t?", Kind.TEXT, _string, focused=True, bound=True),
    "concat": Function("v*", Kind.TEXT, _concat),
    "join": Function("tv*", Kind.TEXT, _join),
    "contains": Function("tt", Kind.TRUTH, lambda text, part: part in text),
    "starts-with": Function("tt", Kind.TRUTH, str.startswith),
    "ends-with": Function("tt", Kind.TRUTH, str.endswith),
    "substring": Function("tnn?", Kind.TEXT, _substring),
    "substring-before": Function("tt", Kind.TEXT, _before),
    "substring-after": Function("tt", Kind.TEXT, _after),
    "substr": Function("tnn?", Kind.TEXT, _substr),
    "translate": Function("ttt", Kind.TEXT, _translate),
    "string-length": Function("t?", Kind.NUMBER, _string_length, focused=True, bound=True),
    "normalize-space": Function("t?", Kind.TEXT, _normalize_space, focused=True, bound=True),
    "boolean-from-string": Function("t", Kind.TRUTH, lambda text: text in {"true", "1"}),
    "name": Function("s?", Kind.TEXT, _name, focused=True, bound=True),
    "local-name": Function("s?", Kind.TEXT, _name, focused=True, bound=True),
    "namespace-uri": Function("s?", Kind.TEXT, lambda *_sets: ""),
}
