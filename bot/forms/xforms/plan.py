"""An XForm made ready to be walked: everything that is the same for everybody who takes it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.forms.expressions import Expression, Instances
from bot.forms.xforms.languages import complete_in
from bot.forms.xforms.memory import Memory
from bot.forms.xforms.model import (
    Bind,
    Control,
    Itemset,
    Language,
    Node,
    Section,
    SetValue,
    Text,
    XForm,
)
from bot.forms.xforms.order import all_nodes, all_parts, in_order, readers
from bot.forms.xforms.untold import Untold

_NUMBER: Final = re.compile(r"\[\d+\]")
_ONCE: Final = re.compile(r"\bonce\s*\(")
_NO_RULES: Final = Bind()


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a path: its name, and whether there can be any number of it."""

    name: str
    repeat: bool


class Plan:
    """A form, in the order in which its nodes are worked out, with a memory of what was.

    A rule that reads the same values has the same result; so results are remembered by what was
    read, for all people together.

    Args:
        form: the form.

    Attributes:
        memory: of results.

    Raises:
        RulesGoRound: its rules wait for each other.
    """

    def __init__(self, form: XForm) -> None:
        self.form = form
        self.instances = Instances(form.instances)
        self.order = in_order(form)
        self.readers = readers(form, self.order)
        self.document = tuple(all_nodes(form.root))
        self.nodes: Mapping[str, Node] = {node.path: node for node in self.order}
        self.controls: dict[str, Control] = {}
        self.repeats: dict[str, Section] = {}
        for part in all_parts(form.body):
            match part:
                case Control():
                    self.controls[part.path] = part
                case Section() if part.repeat:
                    self.repeats[part.path] = part
                case _:
                    pass
        self.first_load = tuple(each for each in form.set_values if each.first_load)
        self.new_repeat = tuple(each for each in form.set_values if each.new_repeat)
        self.triggered: dict[str, list[SetValue]] = {}
        for each in form.set_values:
            if each.source:
                self.triggered.setdefault(each.source, []).append(each)
        self._steps = {node.path: self._steps_to(node.path) for node in all_nodes(form.root)}
        self._names = {
            path: "/".join(step.name for step in steps) for path, steps in self._steps.items()
        }
        self._alone = {
            path: not any(step.repeat for step in steps) for path, steps in self._steps.items()
        }
        self.constrained = tuple(
            node.path for node in self.order if self.bind(node.path).constraint is not None
        )
        self.once = tuple(
            node.path
            for node in self.order
            if (rule := self.bind(node.path).calculate) is not None and _ONCE.search(rule.source)
        )
        self.untold = Untold(form, self.nodes, self.controls, self.repeats)
        self.memory = Memory(form)
        self._in_labels: dict[Itemset, tuple[Expression, ...]] = {}
        self._plain: dict[str, bool] = {}
        self._lasting: dict[Expression, bool] = {}

    @cached_property
    def offered(self) -> tuple[Language, ...]:
        """The languages in which the form is complete, in its own order."""
        return complete_in(self.form)

    def bind(self, path: str) -> Bind:
        """The rules of a node."""
        return self.form.binds.get(path, _NO_RULES)

    def name_of(self, path: str, numbers: tuple[int, ...]) -> str:
        """The name of a node in answers: its path below the root, with the repetitions' numbers.

        So the age of the second child is "children[2]/age".
        """
        if not numbers:
            return self._names[path]
        numbered = iter(numbers)
        return "/".join(
            f"{step.name}[{next(numbered)}]" if step.repeat else step.name
            for step in self._steps[path]
        )

    def path_of(self, name: str) -> str:
        """The path of what an answer is called; `name_of` backwards."""
        return f"{self.form.root.path}/{_NUMBER.sub('', name)}"

    def lasting(self, rule: Expression) -> bool:
        """Whether what a rule reads is there once only, so that its result can be remembered."""
        known = self._lasting.get(rule)
        if known is None:
            known = rule.steady and all(
                self._alone.get(path, False) and not self.nodes[path].children
                for path in rule.references
            )
            self._lasting[rule] = known
        return known

    def plain(self, path: str) -> bool:
        """Whether the question at a path is the same for everybody who reads its language."""
        known = self._plain.get(path)
        if known is None:
            known = self._alone[path] and not any(
                isinstance(piece, Expression) for piece in self._worked_out(path)
            )
            self._plain[path] = known
        return known

    def _worked_out(self, path: str) -> Iterator[object]:
        """Everything that decides how a question is put."""
        bind, control = self.bind(path), self.controls[path]
        for rule in (bind.required, bind.readonly):
            if rule is not None and (rule.references or not rule.steady):
                yield rule
        for text in (control.label, control.hint, control.guidance, bind.required_message):
            for pieces in text.pieces.values() if text else ():
                yield from pieces

    def in_labels(self, itemset: Itemset) -> tuple[Expression, ...]:
        """What is worked out in the labels of the choices of an itemset."""
        known = self._in_labels.get(itemset)
        if known is None:
            texts = (
                self.form.texts.get(item.findtext(itemset.label, ""))
                for name in itemset.nodes.instances
                for item in self.form.instances.get(name, ())
            )
            known = tuple(
                piece
                for text in texts
                if text is not None
                for pieces in text.pieces.values()
                for piece in pieces
                if isinstance(piece, Expression)
            )
            self._in_labels[itemset] = known
        return known

    def text(self, name: str) -> Text | None:
        """A text that a choice refers to."""
        return self.form.texts.get(name)

    def _steps_to(self, path: str) -> tuple[Step, ...]:
        names = path.split("/")[2:]
        root = self.form.root.path
        steps = []
        for name in names:
            root = f"{root}/{name}"
            steps.append(Step(name, self.nodes[root].repeat))
        return tuple(steps)
