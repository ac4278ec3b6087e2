"""Functions on dates and times. A result that is a date is a text, as an instance holds it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from math import floor, isfinite, nan
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError
from babel.dates import get_day_names, get_month_names

from bot.forms.expressions.moments import (
    Moment,
    moment_of_number,
    part_of_day,
    read_clock,
    read_moment,
    text_of_instant,
)
from bot.forms.expressions.parts import Function, Outside, Part, Place, text_run
from bot.forms.expressions.problems import EvaluationFailed, ExpressionRefused, Failure, Refusal
from bot.forms.expressions.scene import Focus, Scene
from bot.forms.expressions.values import Kind, Value, to_number, to_text

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

_SIGN = re.compile(r"%(.?)", re.DOTALL)
_NAMES = frozenset("baBA")  # they are in a language
_DATE_NUMBERS: Mapping[str, Callable[[datetime], str]] = {
    "Y": lambda when: f"{when.year:04}",
    "y": lambda when: f"{when.year % 100:02}",
    "m": lambda when: f"{when.month:02}",
    "n": lambda when: str(when.month),
    "d": lambda when: f"{when.day:02}",
    "e": lambda when: str(when.day),
    "%": lambda _when: "%",
}
_TIME_NUMBERS: Mapping[str, Callable[[datetime], str]] = {
    "H": lambda when: f"{when.hour:02}",
    "h": lambda when: str(when.hour),
    "M": lambda when: f"{when.minute:02}",
    "S": lambda when: f"{when.second:02}",
    "3": lambda when: f"{when.microsecond // 1000:03}",
}

_CLOCK_SIGNS = _TIME_NUMBERS.keys() | {"%"}


def _today(focus: Focus) -> str:
    return focus.scene.now.date().isoformat()


def _now(focus: Focus) -> str:
    return text_of_instant(focus.scene.now)


def _moment(scene: Scene, value: Value) -> Moment | None:
    """The date that a text, or a number of days, is."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return moment_of_number(value, scene.zone)
    text = to_text(value)
    found = read_moment(text, scene.zone)
    if found is None and not text.isspace():
        return moment_of_number(to_number(text, scene.zone), scene.zone)
    return found


def _date(focus: Focus, value: Value) -> str:
    """The date of a text or of a number of days; empty for anything else."""
    scene = focus.scene
    if isinstance(value, float) and isfinite(value):
        value = float(floor(value)) if value >= 0 else float(-floor(-value))
    moment = _moment(scene, value)
    return "" if moment is None else moment.at(scene.zone).date().isoformat()


def _date_time(focus: Focus, value: Value) -> str:
    moment = _moment(focus.scene, value)
    return "" if moment is None else text_of_instant(moment.at(focus.scene.zone))


def _decimal_date_time(focus: Focus, value: Value) -> float:
    moment = _moment(focus.scene, value)
    return nan if moment is None else moment.number()


def _decimal_time(focus: Focus, value: Value) -> float:
    """The fraction of the day that a time is, on the clock of whoever wrote it."""
    if isinstance(value, float):
        return value - floor(value) if isfinite(value) else nan
    clock = read_clock(to_text(value))
    if clock is None:
        moment = _moment(focus.scene, value)
        if moment is None:
            return nan
        clock = moment.at(focus.scene.zone).time()
    return part_of_day(clock)


def _formatting(name: str, numbers: Mapping[str, Callable[[datetime], str]]) -> Function:
    """A function whose format may hold the signs of `numbers`, and names of days and months."""

    def build(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
        value = compiler.part(tokens[0], place)
        pattern = compiler.part(tokens[1], place)
        if isinstance(pattern.constant, str):
            found = set(_SIGN.findall(pattern.constant))
            for sign in sorted(found - _NAMES - numbers.keys()):
                raise ExpressionRefused(Refusal.BAD_FORMAT, f"%{sign}")
            if found & _NAMES:
                compiler.hang_on(Outside.LANGUAGE)
        else:
            compiler.hang_on(Outside.LANGUAGE)
        run, written = value.run, text_run(pattern)

        def formatted(focus: Focus) -> str:
            scene = focus.scene
            signs = written(focus)
            when = _when(scene, run(focus), signs)
            if when is None:
                return ""

            def replaced(sign: re.Match[str]) -> str:
                if sign[1] in numbers:
                    return numbers[sign[1]](when)
                if sign[1] in _NAMES:
                    return _name(when, sign[1], scene.locale)
                raise EvaluationFailed(Failure.BAD_FORMAT, name)

            return _SIGN.sub(replaced, signs)

        return Part(formatted, Kind.TEXT, bound=value.bound or pattern.bound)

    return Function("vt", Kind.TEXT, build=build)


def _when(scene: Scene, value: Value, signs: str) -> datetime | None:
    """What is to be formatted; a time of day will do where the format shows nothing else."""
    moment = _moment(scene, value)
    if moment is not None:
        return moment.at(scene.zone)
    if isinstance(value, bool | float) or not _CLOCK_SIGNS.issuperset(_SIGN.findall(signs)):
        return None
    clock = read_clock(to_text(value))
    return None if clock is None else datetime.combine(scene.now.date(), clock, scene.zone)


def _name(when: datetime, sign: str, locale: str) -> str:
    return _names(sign, locale)[when.weekday() if sign in "aA" else when.month]


@lru_cache(maxsize=64)
def _names(sign: str, locale: str) -> Mapping[int, str]:
    """Months from 1, or days from Monday, 0: short for %b and %a, whole for %B and %A."""
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    width: Literal["abbreviated", "wide"] = "abbreviated" if sign in "ab" else "wide"
    if sign in "aA":
        return dict(get_day_names(width, locale=known))
    return dict(get_month_names(width, locale=known))


DATE_FUNCTIONS: Mapping[str, Function] = {
    "today": Function("", Kind.TEXT, _today, focused=True, outside=Outside.CLOCK),
    "now": Function("", Kind.TEXT, _now, focused=True, outside=Outside.CLOCK),
    "date": Function("v", Kind.TEXT, _date, focused=True),
    "date-time": Function("v", Kind.TEXT, _date_time, focused=True),
    "decimal-date-time": Function("v", Kind.NUMBER, _decimal_date_time, focused=True),
    "decimal-time": Function("v", Kind.NUMBER, _decimal_time, focused=True),
    "format-date": _formatting("format-date", _DATE_NUMBERS),
    "format-date-time": _formatting("format-date-time", {**_DATE_NUMBERS, **_TIME_NUMBERS}),
}
