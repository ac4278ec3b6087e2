"""Choices and answers of a survey, for reading."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from markupsafe import Markup, escape

from bot.forms.dates import Whole
from bot.forms.definition import OK, Choice, Kind, Question
from bot.forms.kinds.dating import whole_of
from bot.forms.values import Value
from bot.i18n import Translator
from bot.surveys.views.markdown import to_plain


def labels(t: Translator, choices: Iterable[Choice]) -> dict[str, str]:
    """What choices are called on the screen, for typed answers."""
    return {choice.key: label_of(t, choice) for choice in choices}


def answer(t: Translator, question: Question, choices: tuple[Choice, ...], value: Value) -> Markup:
    """An answer for reading."""
    if value is None:
        return t("no answer")
    named = {choice.key: label_of(t, choice) for choice in choices}
    match value:
        case bool():
            return t("Yes") if value else t("No")
        case Mapping():
            return escape(value.get("name") or t("received"))
        case str() | int() | float():
            return escape(named.get(str(value)) or _moment(t, question, str(value)))
        case _:
            apart = "، " if t.rtl else ", "
            return Markup(apart).join(named.get(str(key), str(key)) for key in value)  # noqa: S704 -- a comma


def _moment(t: Translator, question: Question, value: str) -> str:
    """A date or a time for reading; anything else as it is."""
    match question.kind:
        case Kind.DATE:
            return _day(t, question, date.fromisoformat(value))
        case Kind.TIME:
            return f"{time.fromisoformat(value[:5]):%H:%M}"
        case Kind.DATETIME:
            moment = datetime.fromisoformat(value)
            return f"{t.date(moment.date())}, {moment:%H:%M}"
        case Kind.PLACE:
            return ", ".join(value.split()[:2])
        case _:
            return value


def _day(t: Translator, question: Question, day: date) -> str:
    """A date for reading, as much of it as was asked for."""
    match whole_of(question):
        case Whole.YEAR:
            return str(day.year)
        case Whole.MONTH:
            return t.month(day)
        case Whole.DAY:
            return t.date(day)


def label_of(t: Translator, choice: Choice) -> str:
    """What a choice is called on the screen."""
    match choice.key, choice.label:
        case "yes", "yes":
            return t.plain("Yes")
        case "no", "no":
            return t.plain("No")
        case key, label if key == label == OK:
            return t.plain("OK")
        case _:
            return to_plain(choice.label)
