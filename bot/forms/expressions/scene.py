"""What an expression sees while it is evaluated."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from random import Random, SystemRandom
from xml.etree.ElementTree import Element

from bot.forms.expressions.instances import Document, Instances
from bot.forms.expressions.problems import EvaluationFailed, Failure
from bot.forms.expressions.values import text_of_node

WORK_LIMIT = (
    300_000  # nodes looked at in one evaluation: 60 scans of 5,000 rows, a third of a second
)
FEW = 16  # nodes that cost less than counting them; the node they are found for was counted


class Scene:
    """A primary instance at one moment, seen from one of its nodes.

    Build one whenever the structure of the tree changes (a repeat grows), and then move it with
    `at` and change leaves with `put`: both are cheap, and nothing that an expression could read
    is kept from one evaluation to the next.

    Args:
        tree: root of the primary instance; tags without namespaces.
        node: the node whose expression is evaluated; the tree's root if None.
        instances: secondary instances by id. Pass the form's own `Instances`, which holds the
            indexes; any other mapping works, and is read anew by each scene.
        now: aware, and in the time zone of the form.
        label_of: generic path of a select question, name of a choice -> its label.
        itext: id -> text in the language of the person.
        random: where random(), uuid() and randomize() without a seed get their luck.
        remembered: the node's present value for once(); its text if None.
        locale: language of the names of days and months in format-date().
    """

    __slots__ = (
        "_document",
        "_simple",
        "_work",
        "instances",
        "itext",
        "label_of",
        "locale",
        "node",
        "now",
        "random",
        "remembered",
        "tree",
        "zone",
    )

    def __init__(  # noqa: PLR0913 -- everything but the tree has a default
        self,
        tree: Element,
        node: Element | None = None,
        *,
        now: datetime,
        instances: Mapping[str, Element] | None = None,
        label_of: Callable[[str, str], str] = lambda _path, value: value,
        itext: Callable[[str], str] = lambda name: name,
        random: Random | None = None,
        remembered: str | None = None,
        locale: str = "en",
    ) -> None:
        if now.tzinfo is None:
            raise ValueError("a scene needs a time zone")
        self.tree = tree
        self.node = tree if node is None else node
        self.instances = (
            instances if isinstance(instances, Instances) else Instances(instances or {})
        )
        self.now = now
        self.zone: tzinfo = now.tzinfo
        self.label_of = label_of
        self.itext = itext
        self.random = random or SystemRandom()
        self.remembered = remembered
        self.locale = locale
        self._document = Document(tree)
        self._simple: dict[str, list[Element]] = {}
        self._work = [0]

    def at(self, node: Element, remembered: str | None = None) -> "Scene":
        """This scene seen from another node of the same tree; `put` on either changes both."""
        moved = object.__new__(Scene)
        for name in Scene.__slots__:
            setattr(moved, name, getattr(self, name))
        moved.node = node
        moved.remembered = remembered
        return moved

    def put(self, node: Element, text: str) -> None:
        """Change the text of a leaf."""
        node.text = text

    def present(self) -> str:
        """The value that the node has already: what once() keeps."""
        return text_of_node(self.node) if self.remembered is None else self.remembered

    def begin(self) -> None:
        """Start to count the work of an evaluation."""
        self._work[0] = 0

    def look_at(self, nodes: int) -> None:
        """Count nodes that a predicate or a step looks at.

        Raises:
            EvaluationFailed: it is too much, as in //*[//*[//*[…]]].
        """
        self._work[0] += nodes
        if self._work[0] > WORK_LIMIT:
            raise EvaluationFailed(Failure.TOO_MUCH)

    def found(self, nodes: list[Element]) -> list[Element]:
        """The nodes, counted where they are many: whatever is done with them looks at them again.

        Raises:
            EvaluationFailed: as `look_at`.
        """
        if len(nodes) > FEW:
            self.look_at(len(nodes))
        return nodes

    @property
    def top(self) -> Element:
        """XPath's root node, above the tree's root."""
        return self._document.top

    def children(self, parent: Element, name: str) -> list[Element]:
        """The child elements of this name, in document order."""
        return self._document.children(parent, name)

    def simple(self, path: str, names: Sequence[str]) -> list[Element]:
        """All nodes of an absolute path of names: looked up once, for structure stays."""
        found = self._simple.get(path)
        if found is None:
            found = [self.top]
            for name in names:
                found = [child for node in found for child in self.children(node, name)]
            self._simple[path] = found
        return found

    def parent(self, node: Element) -> Element | None:
        """The element that the node stands in; None above a root."""
        found = self._document.parents.get(node)
        if found is None and node is not self.top:
            table = self.instances.holding(node)
            found = table.parents.get(node) if table else None
        return found

    def in_order(self, nodes: list[Element]) -> list[Element]:
        """The nodes without doubles, in document order; the primary instance comes first."""
        if len(nodes) <= 1:
            return nodes
        own = self._document.places
        ranked: dict[Element, tuple[int, int]] = {}
        for node in nodes:
            if node in own:
                ranked[node] = (0, own[node])
            elif node not in ranked:
                table = self.instances.holding(node)
                ranked[node] = (1, table.places[node]) if table else (2, len(ranked))
        return sorted(ranked, key=ranked.__getitem__)


class Focus:
    """Where in the scene evaluation is: the context node, its position, and of how many."""

    __slots__ = ("node", "position", "scene", "size")

    def __init__(self, scene: Scene, node: Element, position: int = 1, size: int = 1) -> None:
        self.scene = scene
        self.node = node
        self.position = position
        self.size = size
