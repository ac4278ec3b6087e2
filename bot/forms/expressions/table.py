"""The table of functions: all that an expression may call."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.forms.expressions.choices import CHOICE_FUNCTIONS
from bot.forms.expressions.control import CONTROL_FUNCTIONS
from bot.forms.expressions.dates import DATE_FUNCTIONS
from bot.forms.expressions.geo import GEO_FUNCTIONS
from bot.forms.expressions.ids import ID_FUNCTIONS
from bot.forms.expressions.nodes import NODE_FUNCTIONS
from bot.forms.expressions.numbers import NUMBER_FUNCTIONS
from bot.forms.expressions.parts import Function
from bot.forms.expressions.regexes import REGEX_FUNCTIONS
from bot.forms.expressions.strings import TEXT_FUNCTIONS

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        **CONTROL_FUNCTIONS,
        **TEXT_FUNCTIONS,
        **REGEX_FUNCTIONS,
        **NUMBER_FUNCTIONS,
        **DATE_FUNCTIONS,
        **CHOICE_FUNCTIONS,
        **NODE_FUNCTIONS,
        **GEO_FUNCTIONS,
        **ID_FUNCTIONS,
    }
)
