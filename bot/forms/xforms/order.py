"""What has to be worked out before what: each node after those that its rules read."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from bot.forms.expressions import Expression
from bot.forms.xforms.model import Control, Node, Part, Section, XForm


class RulesGoRound(ValueError):
    """The rules of some nodes wait for each other.

    Attributes:
        paths: the nodes, each of which reads the next.
    """

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__("the rules of a form go round in a circle")
        self.paths = paths


def all_nodes(node: Node) -> Iterator[Node]:
    """A node and all that it holds, in the order of the form."""
    yield node
    for child in node.children:
        yield from all_nodes(child)


def all_parts(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Everything in a form's body, in order."""
    for part in parts:
        yield part
        if isinstance(part, Section):
            yield from all_parts(part.parts)


def up(path: str) -> Iterator[str]:
    """A path and those of the groups around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def in_order(form: XForm) -> tuple[Node, ...]:
    """Every node, after the group that holds it and after all that its rules read.

    Raises:
        RulesGoRound: there is no such order.
    """
    nodes = {node.path: node for node in all_nodes(form.root)}
    reads = {path: set[str]() for path in nodes}
    for path in nodes:
        above = path.rpartition("/")[0]
        if above:
            reads[path].add(above)
    for path, rule in _rules(form):
        if path in reads:
            reads[path].update(
                read for read in rule.references if read in nodes and not _holds(read, path)
            )
    sorter = TopologicalSorter(reads)
    try:
        return tuple(nodes[path] for path in sorter.static_order())
    except CycleError as why:
        raise RulesGoRound(tuple(why.args[1][:-1])) from None


def readers(form: XForm, order: tuple[Node, ...]) -> Mapping[str, frozenset[str]]:
    """Path -> the paths that have to be worked out again when its value changes, itself too."""
    direct: dict[str, set[str]] = {node.path: set() for node in order}
    for path, rule in _rules(form):
        for read in rule.references:
            if read in direct and path in direct:
                direct[read].add(path)
    for node in order:
        direct[node.path].update(child.path for child in node.children)
    found: dict[str, frozenset[str]] = {}
    for node in reversed(order):
        later = (found.get(path, frozenset((path,))) for path in direct[node.path])
        found[node.path] = frozenset((node.path,)).union(*later)
    return found


def _holds(read: str, path: str) -> bool:
    """Whether what is read is the node itself or holds it: known before, as far as it can be."""
    return read == path or path.startswith(f"{read}/")


def _rules(form: XForm) -> Iterator[tuple[str, Expression]]:
    """Every rule that decides what a node holds or offers, with the node's path."""
    for path, bind in form.binds.items():
        for rule in (bind.relevant, bind.calculate):
            if rule is not None:
                yield path, rule
    for part in all_parts(form.body):
        match part:
            case Section(count=Expression() as count):
                yield part.path, count
            case Control(choices=itemset) if itemset is not None:
                yield part.path, itemset.nodes
