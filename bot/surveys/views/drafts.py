"""What authors see of a file that they sent: what was found in it, and what to do with it."""

import math
from collections.abc import Iterator, Mapping
from textwrap import shorten

from markupsafe import Markup, escape

from bot.errors import BaobabError, FormTooLarge, TooManyDrafts
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home
from bot.surveys.authoring import MOST
from bot.surveys.drafts import Draft
from bot.surveys.findings import Finding
from bot.surveys.readings import Trouble
from bot.surveys.uploads import LARGEST, LISTS
from bot.surveys.views import report
from bot.surveys.views.authoring import (
    AUTHOR,
    HOW,
    LINE,
    Desk,
    comma,
    title_of,
    to_authoring,
    to_draft,
    turning,
)

FINDINGS_ON_A_PAGE = 6
LANGUAGES_ON_A_PAGE = 6
LONGEST_FINDING = 450  # characters; six of them stay under Telegram's limit
MEGABYTE = 1_000_000
TROUBLES: Mapping[Trouble, str] = {
    Trouble.GONE: N_("I could not get this file from Telegram. Please send it again."),
    Trouble.HEAVY: N_(
        "I cannot read this file: it is too much for me. Please make it smaller, or save it anew "
        "in your spreadsheet program, and send it again."
    ),
}


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
    reading = t("Thank you. I am reading {file}.", file=draft.filename)
    if draft.beside:
        lists = comma(t).join(draft.beside)
        reading = t(
            "Thank you. I am reading {file} again, with {lists}.", file=draft.filename, lists=lists
        )
    return Message(
        GAP.join(
            [
                reading,
                t("In a moment I tell you here what I found. You can go on meanwhile."),
            ]
        )
    ).with_buttons([Button(t.plain("Look now"), Tap.to(AUTHOR, "draft", draft.id))])


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
        *rows, turning(t, page, pages, "draft", of.id), [delete], [to_authoring(t)]
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
        if of.missing:
            yield t(
                "Please send me these files, too: {files}. Send them here, one after another. You "
                "need not send the form again for that.",
                files=comma(t).join(of.missing),
            )
        elif of.filename.lower().endswith(LISTS) and not of.beside:
            yield t("Is this a list for a form? Then send me the form. I keep the list for it.")
        return
    yield t("<b>{title}</b>", title=title_of(t, of.title))
    lines = [
        t("File: {file}", file=of.filename),
        t.plural("It has {n} question.", "It has up to {n} questions.", of.questions),
    ]
    names = [desk.language(code) for code in of.languages if code]
    if names:
        lines.append(t("Languages: {languages}", languages=comma(t).join(names)))
    lines += [escape(line) for line in report.ways(t, of.figures)]
    yield LINE.join(lines)
    texts = [t("• {language}", language=line) for line in report.completeness(t, of.figures)]
    if any(has < all_of for has, all_of in of.figures.texts.values()):
        yield LINE.join([t("How many of its texts each language has:"), *texts])
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
        turning(t, page, pages, "try", of.id, "page"),
        [to_draft(t, of.id)],
    )


def discarded(t: Translator, of: Draft) -> Message:
    """A draft is erased."""
    return Message(
        t("I deleted the draft {file}. You can send the file again.", file=of.filename)
    ).with_buttons([to_authoring(t)], [go_home(t)])
