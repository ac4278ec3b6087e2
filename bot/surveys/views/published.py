"""What authors see of a survey that is published."""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home
from bot.surveys.authoring import Counted
from bot.surveys.models import Survey
from bot.surveys.publishing import last_day
from bot.surveys.views.authoring import AUDIENCES, AUTHOR, LINE, Desk, comma, title_of, to_authoring


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
        lines.append(t("Languages: {languages}", languages=comma(t).join(names)))
    lines += last_change(desk, survey)
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


def last_change(desk: Desk, survey: Survey) -> Iterator[Markup]:
    """Who published or closed it last, as far as that is known: no name is kept."""
    t = desk.t
    if survey.changed_at is None:
        return
    day = t.date(survey.changed_at.astimezone(desk.zone).date())
    if survey.changed_by is None:
        yield t("Last changed on {date}.", date=day)
    elif survey.changed_by == desk.reader:
        yield t("Last changed by you, on {date}.", date=day)
    else:
        yield t("Last changed by somebody else of your group, on {date}.", date=day)


def is_of_another(desk: Desk, survey: Survey) -> bool:
    """Whether somebody else of the group was the last to change it."""
    return survey.changed_by not in {None, desk.reader}


def closing(desk: Desk, of: Counted) -> Message:
    """Do they really want to close it?"""
    t, survey_id = desk.t, of.survey.id
    return Message(
        GAP.join(
            [
                t("<b>Close this survey?</b>"),
                t("{title}", title=title_of(t, of.survey.title)),
                *last_change(desk, of.survey),
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
