"""What a form works out from the clock, by chance or in somebody's language.

Such a value is there while a person answers, and rules may read it. A response must not hold it:
the moment at which somebody came to the end, a number that only they had, or the language that
they speak can tell whose the response is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from bot.forms.definition import Kind
from bot.forms.expressions import Expression, Outside
from bot.forms.xforms.asking import kind_of
from bot.forms.xforms.model import TIMES, Bind, Control, Node, Section, XForm
from bot.forms.xforms.order import up

_NO_RULES: Final = Bind()
# Kinds of answers that hold no more of such a value than a day, or one of the form's choices.
_COARSE: Final = frozenset({Kind.DATE, Kind.CHOOSE_ONE, Kind.CHOOSE_MANY, Kind.RANK})


class Untold:
    """Finds the values of a form that no response holds.

    Attributes:
        paths: of values that are left out of the record, unless a person answered with them.
        lost: of these, the values that no person can answer with, because nobody is asked, or
            because they are not suggested as the answer.
        withheld: of these, the questions.
    """

    def __init__(
        self,
        form: XForm,
        nodes: Mapping[str, Node],
        controls: Mapping[str, Control],
        repeats: Mapping[str, Section],
    ) -> None:
        self._form = form
        self._controls = controls
        self._repeats = repeats
        self._outside = {Outside.CLOCK, Outside.CHANCE}
        if len(form.languages) > 1:
            self._outside.add(Outside.LANGUAGE)
        self._rules: dict[str, list[Expression]] = defaultdict(list)
        for each in form.set_values:
            if isinstance(each.value, Expression):
                self._rules[each.path].append(each.value)
        leaves = [path for path, node in nodes.items() if not node.children]
        for path in leaves:
            self._rules[path] += self._rules_of(path)
        found = {path for path in leaves if self._bind(path).preload in TIMES}
        held = {above for path in found for above in up(path)}
        more = True
        while more:  # what reads a value that is left out is left out, too
            new = {path for path in leaves if path not in found and self._reads_any(path, held)}
            found |= new
            held |= {above for path in new if not self._is_asked(path) for above in up(path)}
            more = bool(new)
        self.paths = frozenset(found)
        asked = {path for path in found if self._is_asked(path)}
        self.lost = frozenset(
            path for path in found if path not in asked or not self._is_coarse(path)
        )
        self.withheld = self.lost & asked

    def _rules_of(self, path: str) -> Iterator[Expression]:
        """The rules of a leaf's value; where nobody is asked for it, of its being there, too."""
        yield from _there(self._bind(path).calculate)
        if self._is_asked(path):
            return
        for above in up(path):
            yield from _there(self._bind(above).relevant)
            if above in self._repeats:
                yield from _there(self._repeats[above].count)

    def _reads_any(self, path: str, held: set[str]) -> bool:
        return any(
            not self._outside.isdisjoint(rule.outside) or not held.isdisjoint(rule.references)
            for rule in self._rules[path]
        )

    def _is_asked(self, path: str) -> bool:
        return path in self._controls and self._bind(path).readonly is None

    def _is_coarse(self, path: str) -> bool:
        return kind_of(self._controls[path], self._bind(path)) in _COARSE

    def _bind(self, path: str) -> Bind:
        return self._form.binds.get(path, _NO_RULES)


def _there(rule: Expression | None) -> Iterator[Expression]:
    if rule is not None:
        yield rule
