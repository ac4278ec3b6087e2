"""Why an answer to a survey is not taken, and what to do."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.forms.inputs import Reason, Refusal
from bot.i18n import N_, Translator
from bot.surveys.views.markdown import to_html

REFUSALS: Mapping[str, str] = {
    Reason.NOT_OFFERED: N_("I do not know this answer. Please choose one of those below."),
    Reason.SEVERAL_MEANT: N_("I am not sure which answer you mean. Please press a button."),
    Reason.EMPTY: N_("I cannot read this. Please type it in words."),
    Reason.TOO_LONG: N_("This is too long: {maximum} letters at most. Please write it shorter."),
    Reason.NOT_A_NUMBER: N_("This is no number that I can read."),
    Reason.AMBIGUOUS_NUMBER: N_(
        "I can read this number in two ways. Please type it without commas or points, or with "
        "two digits after the point."
    ),
    Reason.TOO_SMALL: N_("This number is too small. It must be {minimum} or more."),
    Reason.TOO_LARGE: N_("This number is too large. It must be {maximum} or less."),
    Reason.NOT_A_STEP: N_(
        "This number is not on the scale. It goes from {minimum} to {maximum} in steps of {step}."
    ),
    Reason.TOO_MANY: N_("You can choose {maximum} at most."),
    Reason.ONLY_ALONE: N_("This answer stands alone: it does not go with another one."),
    Reason.NOTHING_TICKED: N_("Please choose at least one answer."),
    Reason.NOT_ALL_RANKED: N_("Please put all of them in order. Still without a place: {missing}."),
    Reason.NAMED_TWICE: N_("You named one of them twice. Please name each of them once."),
    Reason.NOT_A_DATE: N_("This is no date that I can read."),
    Reason.DAY_MISSING: N_("The day is missing. Please type day, month and year."),
    Reason.MONTH_MISSING: N_("The month is missing. Please type it, too."),
    Reason.YEAR_MISSING: N_("The year is missing. Please type it, too, such as 2026."),
    Reason.YEAR_UNCLEAR: N_("Please type all four digits of the year."),
    Reason.AMBIGUOUS_DATE: N_("I can read this as more than one day. Please type the date."),
    Reason.IMPOSSIBLE_DATE: N_("There is no such day. Please look at the date again."),
    Reason.WRONG_WEEKDAY: N_("This date is on another day of the week. Please look again."),
    Reason.OTHER_CALENDAR: N_(
        "This looks like a date of another calendar. Please type it as people write it in the UK."
    ),
    Reason.NOT_A_TIME: N_("This is no time that I can read."),
    Reason.AMBIGUOUS_TIME: N_(
        "Is this in the morning or in the evening? Please type it with 24 hours, such as 08:00 "
        "or 20:00."
    ),
    Reason.IMPOSSIBLE_TIME: N_("There is no such time. Please look at it again."),
    Reason.TIME_MISSING: N_("The time is missing. Please type the date and the time."),
    Reason.DATE_MISSING: N_("The date is missing. Please type the date and the time."),
    Reason.NOT_A_PLACE: N_(
        "This is no place that I can read. You can share a place from Telegram."
    ),
    Reason.NO_SUCH_PLACE: N_("There is no such place. Please look at the numbers again."),
    Reason.OTHER_FILE: N_("This is another kind of file than we ask for."),
    Reason.FILE_TOO_LARGE: N_("This file is too large: {maximum} MB at most."),
    Reason.REQUIRED: N_("We need an answer here. You cannot skip this question."),
    Reason.CONSTRAINT: N_("This answer does not fit here. Please look at the question again."),
}
NOT_LIKE_THIS = N_("I cannot take this as an answer here.")


def refused(t: Translator, why: Refusal) -> Markup:
    """Why an answer was not taken: in the form's words where it has some."""
    message = why.details.get("message")
    if isinstance(message, str):
        return to_html(message)
    return t(REFUSALS.get(why.reason, NOT_LIKE_THIS), **dict(why.details))
