"""Where an instance keeps its values, and when it is worked out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from xml.etree.ElementTree import Element

from bot.forms.definition import Choice
from bot.forms.values import Value
from bot.forms.xforms.model import Language, Node

_NOWHERE = Element("nowhere")
How = Literal["truth", "text", "number"]
"""What a rule is read as: a bool, a str or a float."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When and in which language a step is taken.

    Attributes:
        now: in the zone of the form.
        language: one of the form's.
    """

    now: datetime
    language: Language


@dataclass(slots=True, eq=False)
class Place:
    """A node with its value: one of a kind, or one for each repetition.

    Attributes:
        numbers: of the repetitions it is in, from 1, the outermost first.
        name: what its answer is called.
        above: the place of the group that holds it.
        relevant: whether it is there, as far as the rules say.
        text: its value.
        choices: what can be chosen.
        offered: what the form suggests; None where there is an answer, or nothing to suggest.
        element: the node as expressions see it, from the first that has to be worked out.
    """

    node: Node
    numbers: tuple[int, ...]
    name: str
    above: "Place | None"
    relevant: bool = True
    text: str = ""
    choices: tuple[Choice, ...] = ()
    offered: Value = None
    element: Element = _NOWHERE
