"""What authors see first: their drafts and the surveys; and what all their screens share."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import N_, Catalogues, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home
from bot.surveys.authoring import Counted
from bot.surveys.drafts import Draft
from bot.surveys.models import Audience

AUTHOR = "author"
"""The verb of the buttons of authors."""
ON_A_PAGE = 5  # drafts and surveys; with two to turn pages and the way home, eight buttons
ON_A_BUTTON = 32  # characters of a title
LINE = Markup("\n")
HOW = N_(
    "Send me the form as a file: .xlsx, .xls, .csv or .md. If pictures, sounds, videos or lists "
    "belong to it, put all of them and the form into one .zip file. I check it and tell you what I "
    "find."
)
AUDIENCES: Mapping[Audience, str] = {
    Audience.EVERYONE: N_("Everyone"),
    Audience.VOLUNTEERS: N_("Volunteers and organisers"),
    Audience.STEERING: N_("Race Steering Group"),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views of authors are shown with.

    Attributes:
        t: the reader's voice.
        catalogues: name the languages.
        now: the time.
        zone: in whose days people think.
        reader: the number of the person who reads it.
    """

    t: Translator
    catalogues: Catalogues
    now: datetime
    zone: ZoneInfo
    reader: int

    def language(self, code: str) -> str:
        """A language in its own name, as far as it is one of the bot's."""
        return next((t.name for t in self.catalogues.all if t.language == code), code)


def not_allowed(t: Translator) -> Message:
    """They have no right to publish surveys, or not any more."""
    return Message(
        GAP.join(
            [
                t("Only the Race Steering Group can publish surveys."),
                t("Are you one of them? Then ask the people who run this bot for an invite."),
            ]
        )
    ).with_buttons([go_home(t)])


def authoring(
    desk: Desk, drafts: Sequence[Draft], surveys: Sequence[Counted], page: int
) -> Message:
    """Drafts and surveys, a page of them."""
    t = desk.t
    every: list[Draft | Counted] = [*drafts, *surveys]
    pages = max(1, math.ceil(len(every) / ON_A_PAGE))
    page = min(max(0, page), pages - 1)
    shown = every[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    blocks = [t("<b>Publish surveys</b>"), t(HOW)]
    of_drafts = [each for each in shown if isinstance(each, Draft)]
    if of_drafts:
        lines = [t("• {draft}", draft=f"{each.filename}: {_state(t, each)}") for each in of_drafts]
        blocks.append(LINE.join([t("<b>Drafts</b>"), *lines]))
    of_surveys = [each for each in shown if isinstance(each, Counted)]
    if of_surveys:
        lines = [_listed(desk, each) for each in of_surveys]
        blocks.append(LINE.join([t("<b>Surveys</b>"), *lines]))
    if not every:
        blocks.append(t("There is no draft and no survey yet."))
    if pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page + 1, pages=pages))
    return Message(GAP.join(blocks)).with_buttons(
        *([_to_one(t, each)] for each in shown),
        turning(t, page, pages, "page"),
        [go_home(t)],
    )


def _to_one(t: Translator, each: Draft | Counted) -> Button:
    if isinstance(each, Draft):
        label = t.plain("Draft: {file}", file=shorten(each.filename, ON_A_BUTTON, placeholder="…"))
        return Button(label, Tap.to(AUTHOR, "draft", each.id))
    return Button(
        shorten(title_of(t, each.survey.title), ON_A_BUTTON, placeholder="…"),
        Tap.to(AUTHOR, "survey", each.survey.id),
    )


def _state(t: Translator, draft: Draft) -> str:
    if draft.waits:
        return t.plain("I am reading it")
    return t.plain("ready to publish") if draft.usable else t.plain("cannot be used yet")


def _listed(desk: Desk, each: Counted) -> Markup:
    t = desk.t
    if each.survey.is_open(desk.now):
        return t.plural(
            "• {title}: open, {n} response",
            "• {title}: open, {n} responses",
            each.responses,
            title=title_of(t, each.survey.title),
        )
    return t.plural(
        "• {title}: closed, {n} response",
        "• {title}: closed, {n} responses",
        each.responses,
        title=title_of(t, each.survey.title),
    )


def gone(t: Translator) -> str:
    """The draft or the survey of a button is not there any more."""
    return t.plain("This is not there any more. Here is what there is.")


def to_authoring(t: Translator) -> Button:
    """Leads to drafts and surveys."""
    return Button(t.plain("Publish surveys"), Tap.to(AUTHOR))


def to_draft(t: Translator, draft_id: int) -> Button:
    """Leads to a draft."""
    return Button(t.plain("Back to the draft"), Tap.to(AUTHOR, "draft", draft_id))


def title_of(t: Translator, title: Mapping[str, str]) -> str:
    """A title in the reader's language, else in English or in whatever there is."""
    return t.pick({"en": next(iter(title.values()), ""), **title})[0]


def comma(t: Translator) -> str:
    """What stands between the parts of a list."""
    return "، " if t.rtl else ", "


def turning(t: Translator, page: int, pages: int, *way: str | int) -> list[Button]:
    """To the pages before and after."""
    row = []
    if page > 0:
        row.append(Button(t.plain("Back"), Tap.to(AUTHOR, *way, page - 1)))
    if page < pages - 1:
        row.append(Button(t.plain("More"), Tap.to(AUTHOR, *way, page + 1)))
    return row
