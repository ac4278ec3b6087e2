"""What a form's rules came to before, remembered by what they read, for all people together.

It holds nothing that people typed. A value is kept here only if it was chosen from a list of the
form, or worked out from such; of typed numbers only the short ones, which say of nobody who it was.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Final

from bot.forms.expressions import Expression
from bot.forms.xforms.model import Control, Tag, XForm
from bot.forms.xforms.order import all_parts

MOST: Final = 100_000  # choices, and what weighs as much: some 15 MB
_RESULT: Final = 4  # what a result weighs that is no list of choices
_CHOSEN: Final = 100  # characters of a value that is kept as it is
_NUMBER: Final = 3  # of a typed one: an age, and no year, telephone number or amount
_NUMBERS: Final = frozenset({"int", "integer", "decimal"})
_TICKED: Final = frozenset({Tag.ONE, Tag.MANY, Tag.RANK})


class Memory:
    """Results by what was read. What came first goes first.

    Args:
        form: whose rules they are.

    Attributes:
        kept: the results, each with what it weighs.
        weight: of all of them.
    """

    def __init__(self, form: XForm) -> None:
        self._form = form
        self._controls = {
            part.path: part for part in all_parts(form.body) if isinstance(part, Control)
        }
        self._sources: dict[str, list[Expression]] = {}
        for path, bind in form.binds.items():
            if bind.calculate is not None:
                self._sources.setdefault(path, []).append(bind.calculate)
        for each in form.set_values:
            if isinstance(each.value, Expression):
                self._sources.setdefault(each.path, []).append(each.value)
        self._longest: dict[str, int] = {}
        self.kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self.weight = 0

    def recall(self, key: Hashable) -> object:
        """A result that was remembered; None where there is none."""
        found = self.kept.get(key)
        return None if found is None else found[0]

    def remember(
        self,
        key: Hashable,
        result: object,
        rules: Iterable[Expression] = (),
        read: Iterable[str] = (),
    ) -> None:
        """Remember a result, unless its key would hold what somebody typed.

        Args:
            key: by which it is found again.
            result: it.
            rules: what was worked out for it.
            read: what they read, of one after the other.
        """
        paths = [path for rule in rules for path in rule.references]
        if any(len(text) > self._longest_at(path) for path, text in zip(paths, read, strict=True)):
            return
        weight = _RESULT + (len(result) if isinstance(result, tuple) else 0)
        self.kept[key] = result, weight
        self.weight += weight
        while self.weight > MOST:
            self.weight -= self.kept.popitem(last=False)[1][1]

    def _longest_at(self, path: str) -> int:
        """Characters of the longest value of a node that may be kept."""
        longest = self._longest.get(path)
        if longest is None:
            longest = self._longest[path] = min(map(self._own, self._behind(path)))
        return longest

    def _behind(self, path: str) -> set[str]:
        """A node, and all that its value can be worked out from."""
        found: set[str] = set()
        waiting = [path]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                sources = self._sources.get(each, ())
                waiting += [read for source in sources for read in source.references]
        return found

    def _own(self, path: str) -> int:
        """The same, by how the node itself is asked."""
        control = self._controls.get(path)
        if control is None:
            return _CHOSEN
        if control.tag in _TICKED and control.choices is not None:
            # Choices from the answers to another question are what people typed there.
            return _CHOSEN if control.choices.nodes.instances else 0
        if control.tag in {Tag.RANGE, Tag.TRIGGER}:
            return _CHOSEN
        bind = self._form.binds.get(path)
        return _NUMBER if bind is not None and bind.kind in _NUMBERS else 0
