"""What authors see: their drafts with what was found, and the surveys that are published."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.errors import BaobabError, FormTooLarge, TooManyDrafts
from bot.i18n import N_, Catalogues, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home
from bot.surveys.authoring import MOST, Counted
from bot.surveys.checking import Finding
from bot.surveys.drafts import Draft, Trouble
from bot.surveys.models import Audience
from bot.surveys.publishing import last_day
from bot.surveys.uploads import LARGEST
from bot.surveys.views import report

AUTHOR = "author"
"""The verb of the buttons of authors."""
ON_A_PAGE = 5  # drafts and surveys; with two to turn pages and the way home, eight buttons
FINDINGS_ON_A_PAGE = 6
LANGUAGES_ON_A_PAGE = 6
LONGEST_FINDING = 450  # characters; six of them stay under Telegram's limit
ON_A_BUTTON = 32  # characters of a title
MEGABYTE = 1_000_000
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
TROUBLES: Mapping[Trouble, str] = {
    Trouble.GONE: N_("I could not get this file from Telegram. Please send it again."),
    Trouble.HEAVY: N_(
        "I cannot read this file: it is too much for me. Please make it smaller, or save it anew "
        "in your spreadsheet program, and send it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the views of authors are shown with.

    Attributes:
        t: the reader's voice.
        catalogues: name the languages.
        now: the time.
        zone: in whose days people think.
    """

    t: Translator
    catalogues: Catalogues
    now: datetime
    zone: ZoneInfo

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


def not_taken(t: Translator, why: BaobabError) -> Message:
    """The file that they sent is not even looked at."""
    match why:
        case FormTooLarge(most=most) if most > LARGEST:
            blocks = [t("This file is too large: {maximum} MB at most.", maximum=most // MEGABYTE)]
        case FormTooLarge():
            blocks = [
                t(
                    "This file is too large for a form: {limit} MB at most. Pictures in the "
                    "sheets make a file large. Please take them out and send it again.",
                    limit=LARGEST // MEGABYTE,
                )
            ]
        case TooManyDrafts():
            blocks = [
                t(
                    "You have {limit} drafts. Please publish or delete some of them first. Then "
                    "send this file again.",
                    limit=MOST,
                )
            ]
        case _:
            blocks = [
                t("I cannot read this kind of file as a survey."),
                t(HOW),
                t("Do you use another program? Most can save a copy as .xlsx."),
            ]
    return Message(GAP.join(blocks)).with_buttons([to_authoring(t)], [go_home(t)])


def taken(t: Translator, draft: Draft) -> Message:
    """The file will be read now."""
    return Message(
        GAP.join(
            [
                t("Thank you. I am reading {file}.", file=draft.filename),
                t("In a moment I tell you here what I found. You can go on meanwhile."),
            ]
        )
    ).with_buttons([Button(t.plain("Look now"), Tap.to(AUTHOR, "draft", draft.id))])


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
        _turning(t, page, pages, "page"),
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


def draft(desk: Desk, of: Draft, page: int = 0) -> Message:
    """What was found in a file, and what to do with it."""
    t = desk.t
    to_draft = Tap.to(AUTHOR, "draft", of.id)
    delete = Button(t.plain("Delete this draft"), Tap.to(AUTHOR, "discard", of.id))
    if of.waits:
        return Message(t("I am still reading {file}.", file=of.filename)).with_buttons(
            [Button(t.plain("Look again"), to_draft)], [delete], [to_authoring(t)]
        )
    if of.trouble is not None:
        return Message(
            GAP.join([t("<b>{title}</b>", title=of.filename), t(TROUBLES[of.trouble])])
        ).with_buttons([delete], [to_authoring(t)])
    pages = max(1, math.ceil(len(of.findings) / FINDINGS_ON_A_PAGE))
    page = min(max(0, page), pages - 1)
    first = page * FINDINGS_ON_A_PAGE
    blocks = list(_about(desk, of)) if page == 0 else [t("<b>{title}</b>", title=of.filename)]
    blocks += [
        _finding(t, number, each)
        for number, each in enumerate(of.findings[first : first + FINDINGS_ON_A_PAGE], first + 1)
    ]
    if pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page + 1, pages=pages))
    rows = []
    if of.usable:
        rows += [
            [Button(t.plain("Try it"), Tap.to(AUTHOR, "try", of.id))],
            [Button(t.plain("Publish"), Tap.to(AUTHOR, "publish", of.id))],
        ]
    return Message(GAP.join(blocks)).with_buttons(
        *rows, _turning(t, page, pages, "draft", of.id), [delete], [to_authoring(t)]
    )


def _about(desk: Desk, of: Draft) -> Iterator[Markup]:
    """What a draft is, before what is to be said of it."""
    t, findings = desk.t, len(of.findings)
    if not of.usable:
        errors = sum(each.is_error for each in of.findings)
        yield t("<b>{title}</b>", title=of.filename)
        yield t.plural(
            "This form cannot be published yet. I found {n} thing that must be changed. Please "
            "change it in your file and send me the file again.",
            "This form cannot be published yet. I found {n} things that must be changed. Please "
            "change them in your file and send me the file again.",
            errors,
        )
        return
    yield t("<b>{title}</b>", title=title_of(t, of.title))
    lines = [
        t("File: {file}", file=of.filename),
        t.plural("It has {n} question.", "It has up to {n} questions.", of.questions),
    ]
    names = [desk.language(code) for code in of.languages if code]
    if names:
        lines.append(t("Languages: {languages}", languages=_comma(t).join(names)))
    yield LINE.join(lines)
    if findings:
        yield t.plural(
            "It can be published. I found {n} thing that you should look at:",
            "It can be published. I found {n} things that you should look at:",
            findings,
        )
    else:
        yield t("I found no problem. You can try it as people will see it, or publish it.")


def _finding(t: Translator, number: int, finding: Finding) -> Markup:
    said = shorten(report.line(t, finding), LONGEST_FINDING, placeholder="…")
    return t("{number}. {words}", number=number, words=said)


def languages(desk: Desk, of: Draft, page: int) -> Message:
    """In which language do they want to try it?"""
    t = desk.t
    pages = max(1, math.ceil(len(of.languages) / LANGUAGES_ON_A_PAGE))
    page = min(max(0, page), pages - 1)
    first = page * LANGUAGES_ON_A_PAGE
    shown = of.languages[first : first + LANGUAGES_ON_A_PAGE]
    return Message(t("In which language do you want to try it?")).with_buttons(
        *(
            [Button(desk.language(code), Tap.to(AUTHOR, "try", of.id, place))]
            for place, code in enumerate(shown, first)
        ),
        _turning(t, page, pages, "try", of.id, "page"),
        [to_draft(t, of.id)],
    )


def discarded(t: Translator, of: Draft) -> Message:
    """A draft is erased."""
    return Message(
        t("I deleted the draft {file}. You can send the file again.", file=of.filename)
    ).with_buttons([to_authoring(t)], [go_home(t)])


def survey(desk: Desk, of: Counted, link: str) -> Message:
    """One survey, without anything of what people said."""
    t, survey = desk.t, of.survey
    is_open = survey.is_open(desk.now)
    lines = [
        t.plural("{n} response", "{n} responses", of.responses),
        t("For: {audience}", audience=t.plain(AUDIENCES[survey.audience])),
        t("Version: {number}", number=survey.version),
        _until(desk, survey.closes_at, is_open=is_open),
    ]
    names = [desk.language(code) for code in survey.languages if code]
    if names:
        lines.append(t("Languages: {languages}", languages=_comma(t).join(names)))
    blocks = [t("<b>{title}</b>", title=title_of(t, survey.title)), LINE.join(lines)]
    rows = []
    if is_open:
        blocks.append(t("People find it with {command}, or with this link:", command="/survey"))
        blocks.append(Markup("<code>{}</code>").format(link))
        rows.append([Button(t.plain("Close it"), Tap.to(AUTHOR, "close", survey.id))])
    else:
        blocks.append(t("To open it again, send me the form again and publish it."))
    return Message(GAP.join(blocks)).with_buttons(*rows, [to_authoring(t)], [go_home(t)])


def _until(desk: Desk, closes_at: datetime | None, *, is_open: bool) -> Markup:
    t = desk.t
    if closes_at is None:
        return t("It stays open until you close it.")
    day = t.date(last_day(closes_at, desk.zone))
    if is_open:
        return t("Open until the end of {date}.", date=day)
    return t("Closed since {date}.", date=t.date(closes_at.astimezone(desk.zone).date()))


def closing(t: Translator, of: Counted) -> Message:
    """Do they really want to close it?"""
    survey_id = of.survey.id
    return Message(
        GAP.join(
            [
                t("<b>Close this survey?</b>"),
                t("{title}", title=title_of(t, of.survey.title)),
                t(
                    "Nobody can begin it then, and whoever is in the middle cannot go on. What "
                    "people have sent stays."
                ),
            ]
        )
    ).with_buttons(
        [Button(t.plain("Yes, close it"), Tap.to(AUTHOR, "shut", survey_id))],
        [Button(t.plain("No, leave it open"), Tap.to(AUTHOR, "survey", survey_id))],
    )


def is_closed(t: Translator) -> str:
    """It is closed now."""
    return t.plain("The survey is closed.")


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


def _comma(t: Translator) -> str:
    return "، " if t.rtl else ", "


def _turning(t: Translator, page: int, pages: int, *way: str | int) -> list[Button]:
    """To the pages before and after."""
    row = []
    if page > 0:
        row.append(Button(t.plain("Back"), Tap.to(AUTHOR, *way, page - 1)))
    if page < pages - 1:
        row.append(Button(t.plain("More"), Tap.to(AUTHOR, *way, page + 1)))
    return row
