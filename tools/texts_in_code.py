"""How the code uses its texts, read from its syntax tree.

Babel collects the texts; this says what Babel does not keep: whether a text is HTML or plain,
whether it labels a button, and which values the call hands to it.
"""

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HTML_FUNCTIONS = frozenset({"t", "plural"})
PLURAL_FUNCTIONS = frozenset({"plural", "plain_plural"})
FUNCTIONS = HTML_FUNCTIONS | PLURAL_FUNCTIONS | {"plain", "context", "N_"}


@dataclass(frozen=True, slots=True)
class Use:
    """One call that marks a text.

    Attributes:
        file: path below the project's folder.
        line: line number, from 1.
        function: the marking function, such as "plural".
        texts: the literal texts: one, or singular and plural; empty if they are not literal.
        values: names of the values handed in; None where the call passes on a mapping.
        built: the text is put together at run time (f-string, +, %), so nobody can translate it.
        button: the text labels a button.
    """

    file: str
    line: int
    function: str
    texts: tuple[str, ...]
    values: frozenset[str] | None
    built: bool
    button: bool

    @property
    def is_plural(self) -> bool:
        """Whether the text counts something, and so has more than one form."""
        return self.function in PLURAL_FUNCTIONS

    @property
    def is_html(self) -> bool:
        """Whether the text is Telegram HTML; else it is plain."""
        return self.function in HTML_FUNCTIONS


def uses(root: Path) -> Iterator[Use]:
    """Every marking call in bot/ and handlers/ under `root`, file by file."""
    for folder in ("bot", "handlers"):
        for path in sorted((root / folder).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if name.startswith("bot/sandbox/"):
                continue
            with tokenize.open(path) as file:
                yield from _uses_in(ast.parse(file.read(), name), name)


def button_texts(root: Path) -> frozenset[str]:
    """The texts (of plurals, the singular) that stand as a button's label in the code."""
    return frozenset(use.texts[0] for use in uses(root) if use.button and use.texts)


def _uses_in(tree: ast.Module, file: str) -> Iterator[Use]:
    in_labels = _Labels(tree).nodes()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in FUNCTIONS:
            yield _use(node, file, button=node in in_labels)


class _Labels:
    """Finds what ends up as a button's label.

    A label is often given a name first, or comes out of a small function of the same file; both
    are followed. What comes from further away is marked by a comment for translators.
    """

    def __init__(self, tree: ast.Module) -> None:
        functions = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
        self._functions = {function.name: function for function in functions}
        self._scopes: list[ast.AST] = [tree, *functions]
        self._found: set[ast.AST] = set()

    def nodes(self) -> set[ast.AST]:
        """Every node that is a label or a part of one."""
        for scope in self._scopes:
            for node in _within(scope):
                if isinstance(node, ast.Call):
                    for label in _labels(node):
                        self._follow(label, scope)
        return self._found

    def _follow(self, label: ast.expr, scope: ast.AST) -> None:
        for node in ast.walk(label):
            if node in self._found:
                continue
            self._found.add(node)
            if isinstance(node, ast.Name):
                for value in _values(node.id, scope):
                    self._follow(value, scope)
            elif isinstance(node, ast.Call) and _name(node) in self._functions:
                function = self._functions[_name(node)]
                for each in _within(function):
                    if isinstance(each, ast.Return) and each.value is not None:
                        self._follow(each.value, function)


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module or function, without those of the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _within(child)


def _values(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """What a name is bound to in a scope by plain assignment."""
    for node in _within(scope):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if (
                target == name
            ):
                yield value


def _labels(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that are labels of buttons."""
    is_button = _name(call) == "Button"
    if is_button:
        yield from call.args[:1]
    for keyword in call.keywords:
        if keyword.arg == "ask_location" or (is_button and keyword.arg == "label"):
            yield keyword.value


def _use(call: ast.Call, file: str, *, button: bool) -> Use:
    function = _name(call)
    first = 1 if function == "context" else 0
    count = 2 if function in PLURAL_FUNCTIONS else 1
    arguments = call.args[first : first + count]
    literal = [
        node.value
        for node in arguments
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    names = [keyword.arg for keyword in call.keywords]
    known = None if None in names else frozenset(name for name in names if name)
    return Use(
        file=file,
        line=call.lineno,
        function=function,
        texts=tuple(literal) if len(literal) == count else (),
        values=known,
        built=any(map(_is_built, arguments)),
        button=button,
    )


def _is_built(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.BinOp) or (
        isinstance(node, ast.Call) and _name(node) in {"format", "join"}
    )


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
