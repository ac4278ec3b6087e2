"""What an XForm is: nodes that hold values, controls that ask for them, and rules between both.

Everything here is read once and shared by everybody who takes the form; nothing changes. Paths
are absolute and name no repetition: "/data/children/age" is the age of every child.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from bot.forms.expressions import Expression

Pieces: TypeAlias = tuple[str | Expression, ...]
"""A text: what is written, and what is worked out and put between."""


TIMES: Final = frozenset({"start", "end", "today"})
"""What can fill a node in with the time."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a form.

    Attributes:
        name: as the form's columns name it, such as "Arabic (ar)"; empty where they name none.
        code: what stands in brackets at its end, in small letters; empty where nothing does.
    """

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the languages it has, and what is shown or played with it.

    Attributes:
        pieces: by the name of the language.
        media: by the name of the language: "image", "audio" or "video" -> name of a file.
    """

    pieces: Mapping[str, Pieces] = field(default_factory=dict)
    media: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place of the instance that holds a value, or other nodes.

    Attributes:
        path: where it is.
        children: none: it holds a value.
        repeat: whether there can be any number of it.
        default: the value it begins with.
    """

    path: str
    children: tuple["Node", ...] = ()
    repeat: bool = False
    default: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, eq=False)
class Bind:
    """The rules of one node; a rule that is None does not speak.

    Attributes:
        kind: the type of its value in XForms' words, such as "string", "int" or "date".
        preload: what fills it in: one of TIMES, or what stays empty here; or "".
    """

    kind: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    constraint_message: Text | None = None
    required_message: Text | None = None
    preload: str = ""


class Tag(StrEnum):
    """How a control asks."""

    INPUT = "input"
    ONE = "select1"
    MANY = "select"
    RANK = "rank"
    RANGE = "range"
    UPLOAD = "upload"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True, eq=False)
class Itemset:
    """Where the choices come from.

    Attributes:
        nodes: the choices, each a node with a child for its value and one for its label.
        value: name of the child that holds the value.
        label: name of the child that holds the label, or the number of the label's text.
        translated: whether `label` names a text rather than holding one.
        shuffled: whether the order is by chance.
    """

    nodes: Expression
    value: str
    label: str
    translated: bool
    shuffled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """From where to where a range goes, and in which steps; as written in the form."""

    start: str
    end: str
    step: str


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """Something that asks for the value of a node.

    Attributes:
        path: the node.
        choices: of select1, select and rank.
        bounds: of range.
        media: of upload: "image", "audio", "video", or "file".
        appearance: the words of the form's appearance column.
        accuracy: of a place: metres to which the form wants it; None where it says nothing.
    """

    path: str
    tag: Tag
    label: Text
    hint: Text
    guidance: Text
    choices: Itemset | None = None
    bounds: Bounds | None = None
    media: str = ""
    appearance: frozenset[str] = frozenset()
    accuracy: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """Controls under one heading, perhaps more than once.

    Attributes:
        path: the node of the group; "" where it has none.
        repeat: whether it is asked any number of times.
        count: how many times, where the form says so; None: as often as the person wants.
        fixed: whether the person may not add to it.
    """

    path: str
    label: Text
    parts: tuple["Part", ...]
    repeat: bool = False
    count: Expression | None = None
    fixed: bool = False


Part: TypeAlias = Control | Section
"""One thing of a form's body."""


@dataclass(frozen=True, slots=True, eq=False)
class SetValue:
    """A value that is put in when something happens.

    Attributes:
        path: the node that gets it.
        value: how it is worked out.
        first_load: whether it is put in at the beginning.
        new_repeat: whether it is put in when a repetition begins.
        source: the node whose change puts it in; "" where none does.
    """

    path: str
    value: Expression | str
    first_load: bool
    new_repeat: bool
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class XForm:
    """A form, read.

    Attributes:
        name: its form_id.
        titles: its title by language, where it has more than one; else nothing.
        root: the node that holds all others.
        binds: by path; a path without rules is missing.
        body: what is asked, in order.
        instances: the lists that expressions look into, by name: the root of each.
        texts: those that choices refer to, by name.
        languages: in the form's order; the first is that of most authors.
        default: the language of those who have none of the others.
        unreviewed: codes of the languages whose translation nobody has checked.
    """

    name: str
    version: str
    title: str
    titles: Text
    root: Node
    binds: Mapping[str, Bind]
    body: tuple[Part, ...]
    set_values: tuple[SetValue, ...]
    instances: Mapping[str, Element]
    texts: Mapping[str, Text]
    languages: tuple[Language, ...]
    default: Language
    unreviewed: frozenset[str]
