"""Reads an expression into a tree: elementpath's XPath 1.0 parser, opened for OpenRosa.

elementpath tokenises and orders operators; it evaluates nothing here. Evaluating its tree costs
30 to 70 µs for a comparison and 34 ms for a filter over 5,000 rows, and its arithmetic is that of
XPath 2, so `compiling` turns the tree into closures instead.
"""

from typing import TypeAlias

from elementpath import ElementPathError, XPath1Parser
from elementpath.tdop import Parser
from elementpath.xpath_tokens import NameToken, XPathFunction, XPathToken

from bot.forms.expressions.problems import ExpressionRefused, Refusal

LENGTH_LIMIT = 20_000  # characters; long calculations of real forms have some 3,000
DEPTH_LIMIT = 60  # open brackets at once; real chains of if() have some 30

_ELSEWHERE = {"$", "@", "attribute", "namespace", "following", "preceding"}

Token: TypeAlias = XPathToken


class Name(NameToken):
    """An element's name or, before a bracket, a function's: which one is looked up later.

    elementpath knows the functions of XPath 1.0 by class. With its classes taken out, every call
    is read here, whatever its name, and a question may be called "count" or "date".
    """

    called = False

    def nud(self) -> XPathToken:
        """Read the arguments of a call."""
        if self.parser.next_token.symbol != "(":
            return super().nud()
        self.called = True
        self.parser.advance("(")
        if self.parser.next_token.symbol != ")":
            self._items.append(self.parser.expression(5))
            while self.parser.next_token.symbol == ",":
                self.parser.advance(",")
                self._items.append(self.parser.expression(5))
        self.parser.advance(")")
        return self


def _comparing(symbol: str, power: int) -> type[XPathToken]:
    """The operator as XPath 1.0 has it: 1 < 2 = true() and 3 > 2 > 0 are expressions."""

    def led(self: XPathToken, left: XPathToken) -> XPathToken:
        self[:] = left, self.parser.expression(power)
        return self

    base = XPath1Parser.symbol_table[symbol]
    return type(base.__name__, (base,), {"led": led, "lbp": power, "rbp": power})


class _OpenRosaParser(XPath1Parser):
    symbol_table = {
        symbol: token
        for symbol, token in XPath1Parser.symbol_table.items()
        if symbol == "node" or not issubclass(token, XPathFunction)
    } | {
        "(name)": Name,
        **{symbol: _comparing(symbol, 30) for symbol in ("=", "!=")},
        **{symbol: _comparing(symbol, 35) for symbol in ("<", "<=", ">", ">=")},
    }
    DEFAULT_NAMESPACES = dict.fromkeys(
        ("jr", "orx", "odk", "ev", "h", "xsd", "entities"), "http://openrosa.org/javarosa"
    )
    # A path may begin with a call or a bracket: current()/../x, (a | b)/c.
    PATH_STEP_SYMBOLS = XPath1Parser.PATH_STEP_SYMBOLS | {"("}


def parse(source: str) -> Token:
    """The tree of the expression.

    Raises:
        ExpressionRefused: it is no XPath, too long or too deep.
    """
    if len(source) > LENGTH_LIMIT:
        raise ExpressionRefused(Refusal.TOO_LONG, str(LENGTH_LIMIT))
    _check_depth(source)
    try:
        # XPath1Parser.parse would go on to evaluate.
        return Parser.parse(_OpenRosaParser(), source)
    except ElementPathError as error:
        raise _refusal(error, source) from None
    except RecursionError:
        raise ExpressionRefused(Refusal.TOO_DEEP, str(DEPTH_LIMIT)) from None
    except ValueError:  # a number of thousands of digits
        raise ExpressionRefused(Refusal.SYNTAX, source[:40]) from None


def call_of(token: Token) -> tuple[str, list[Token]] | None:
    """Name and arguments if the token is a call; prefixes belong to the name."""
    if isinstance(token, Name) and token.called:
        return str(token.value), list(token)
    if token.symbol == ":" and isinstance(token[1], Name) and token[1].called:
        return f"{token[0].value}:{token[1].value}", list(token[1])
    return None


def chain(token: Token, symbol: str) -> list[Token]:
    """The operands of a chain such as a or b or c, however long."""
    operands = []
    while token.symbol == symbol:
        operands.append(token[1])
        token = token[0]
    return [token, *operands[::-1]]


def _check_depth(source: str) -> None:
    depth = 0
    quote = ""
    for sign in source:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise ExpressionRefused(Refusal.TOO_DEEP, str(DEPTH_LIMIT))
        elif sign in ")]":
            depth -= 1


def _refusal(error: ElementPathError, source: str) -> ExpressionRefused:
    token = error.token
    if token is not None and token.symbol in _ELSEWHERE:
        return ExpressionRefused(Refusal.UNSUPPORTED, token.symbol)
    return ExpressionRefused(Refusal.SYNTAX, source.strip()[:40])
