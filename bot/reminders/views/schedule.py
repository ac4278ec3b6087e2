"""What will be sent, what failed, and what people answered: for volunteers."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.delivery.models import BROADCAST, RECALL, Reason, State
from bot.delivery.store import Count
from bot.events.changes import CARD, CHANGE
from bot.events.models import Event, EventStatus
from bot.events.views.labels import (
    LABEL,
    SAMPLE,
    bold,
    slanted,
    title_of,
    turning,
    when,
    zone_name,
)
from bot.events.views.lengths import clip
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.roles import to_schedule
from bot.people.views.welcome import go_home
from bot.reminders.feedback import FEWEST
from bot.reminders.outlook import Coming
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.schedule import Ahead, Answered, EventsPage
from bot.reminders.views.choosing import LABELS
from bot.reminders.views.needs import to_needs
from bot.reminders.views.reminding import ANSWERS
from bot.surveys.nudging import NUDGE

ON_A_PAGE = 6  # mailings; with the longest titles a page stays well under Telegram's limit
LINE = Markup("\n")
SOMETHING = N_("Message")
NOBODY_KNOWS = N_("nobody knows why")
WHATS: Mapping[str, str] = {
    THANKS: N_("Thanks, and the question how it was"),
    CHANGE: N_("News of a change"),
    CARD: N_("An older message is brought up to date"),
    BROADCAST: N_("Broadcast"),
    RECALL: N_("A broadcast is taken back"),
    NUDGE: N_("The question whether to go on with a survey"),
}
WHYS: Mapping[str, str] = {
    Reason.CHAT_NOT_FOUND: N_("the chat is not there any more"),
    Reason.NOT_STARTED: N_("the person has never written to the bot"),
    Reason.NO_RIGHTS: N_("the bot may not write in that chat"),
    Reason.REFUSED: N_("Telegram did not take it"),
    Reason.UNRENDERED: N_("the bot made a mistake"),
    Reason.GAVE_UP: N_("Telegram had trouble for too long"),
    Reason.CRASH: N_("the bot was broken off while it was sending"),
    Reason.NO_ANSWER: N_("Telegram did not say whether it took it"),
}


def ahead(t: Translator, what: Ahead, page: int, now: datetime, zone: ZoneInfo) -> Message:
    """What will be sent when, and to how many; on the first page also what failed.

    Args:
        t: the reader's voice.
        what: all that is ahead.
        page: which page of it, from 1; any other number gives the nearest there is.
        now: the time.
        zone: in whose wall time people think.
    """
    all_of_it = (*what.late, *what.leaving, *what.later)
    pages = max(1, math.ceil(len(all_of_it) / ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = all_of_it[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    today = t(
        "Now it is {date}, {time}, {zone}.",
        date=t.date(now.astimezone(zone).date()),
        time=t.time(now, zone),
        zone=zone_name(t, zone.key),
    )
    blocks = [LINE.join([t("<b>What will be sent</b>"), today])]
    blocks += _groups(t, what, shown, zone)
    if all_of_it:
        blocks.append(t("The numbers can still change, when people book or cancel."))
    else:
        blocks.append(
            t("Nothing waits to be sent. Reminders stand here once people book and want them.")
        )
    if pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page, pages=pages))
    if page == 1:
        blocks += _undelivered(t, what.undelivered)
    return Message(GAP.join(blocks)).with_buttons(
        turning(
            t,
            Tap.to("schedule", page - 1) if page > 1 else None,
            Tap.to("schedule", page + 1) if page < pages else None,
            by_time=True,
        ),
        [_update(t, Tap.to("schedule", page)), _to_events(t)],
        [go_home(t)],
    )


def _groups(
    t: Translator, what: Ahead, shown: Sequence[Coming], zone: ZoneInfo
) -> Iterator[Markup]:
    """What is late, what leaves now, and then day by day."""
    late = [each for each in shown if each in what.late]
    if late:
        lines = [t("<b>Late</b>"), t("These should have left already. They leave when they can.")]
        lines += [_late(t, each, zone) for each in late]
        yield LINE.join(lines)
    leaving = [each for each in shown if each in what.leaving]
    if leaving:
        yield LINE.join([t("<b>Leaving now</b>"), *(_line(t, each, zone) for each in leaving)])
    days: dict[date, list[Coming]] = {}
    for each in shown:
        if each in what.later:
            days.setdefault(each.at.astimezone(zone).date(), []).append(each)
    for day, its in days.items():
        yield LINE.join([bold(t, t.date(day)), *(_line(t, each, zone) for each in its)])


def _line(t: Translator, each: Coming, zone: ZoneInfo) -> Markup:
    time, what = t.time(each.at, zone), _what(t, each)
    if each.people < each.fewest:
        said = t(
            "• {time}: {what}, to fewer than {number} people",
            time=time,
            what=what,
            number=each.fewest,
        )
    else:
        said = t.plural(
            "• {time}: {what}, to {n} person",
            "• {time}: {what}, to {n} people",
            each.people,
            time=time,
            what=what,
        )
    return _with_title(t, said, each)


def _late(t: Translator, each: Coming, zone: ZoneInfo) -> Markup:
    said = t.plural(
        "• {date}, {time}: {what}, to {n} person",
        "• {date}, {time}: {what}, to {n} people",
        each.people,
        date=t.date(each.at.astimezone(zone).date()),
        time=t.time(each.at, zone),
        what=_what(t, each),
    )
    return _with_title(t, said, each)


def _with_title(t: Translator, said: Markup, each: Coming) -> Markup:
    lines = [said]
    if each.groups:
        lines.append(t.plural("Posted in {n} group", "Posted in {n} groups", each.groups))
    if each.title:
        lines.append(slanted(t, title_of(t, dict(each.title))))
    return LINE.join(lines)


def _what(t: Translator, each: Coming) -> str:
    if each.kind == REMINDER and each.lead in LABELS:
        return t.plain("Reminder ({lead})", lead=t.plain(LABELS[each.lead]))
    return t.plain(WHATS.get(each.kind, SOMETHING))


def _undelivered(t: Translator, counts: Sequence[Count]) -> Iterator[Markup]:
    failed = [_why(t, each) for each in counts if each.state is State.FAILED]
    if failed:
        yield LINE.join([t("<b>Not delivered</b>"), *failed])
    unknown = [_why(t, each) for each in counts if each.state is State.UNKNOWN]
    if unknown:
        said = t("Nobody knows whether these arrived. So I do not send them again.")
        yield LINE.join([t("<b>Not known</b>"), said, *unknown])


def _why(t: Translator, each: Count) -> Markup:
    return t.plural(
        "• {n} message: {why}",
        "• {n} messages: {why}",
        each.people,
        why=t.plain(WHYS.get(each.reason, NOBODY_KNOWS)),
    )


def events(t: Translator, page: EventsPage) -> Message:
    """The events whose answers can be looked at."""
    blocks = [t("<b>Answers about events</b>")]
    if not page.events:
        blocks.append(t("Nobody has booked an event yet."))
    rows = []
    for number, event in enumerate(page.events, 1):
        title = t("<b>{number}. {title}</b>", number=number, title=title_of(t, event.title))
        blocks.append(LINE.join([title, *_state(t, event), when(t, event)]))
        short = clip(t.pick(event.title)[0], LABEL - 10)
        label = t.plain("{number}. {title}", number=number, title=short)
        rows.append((Button(label, Tap.to("schedule", "event", event.id, page.page)),))
    if page.pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page.page, pages=page.pages))
    return Message(GAP.join(blocks)).with_buttons(
        *rows,
        turning(
            t,
            Tap.to("schedule", "events", page.page - 1) if page.page > 1 else None,
            Tap.to("schedule", "events", page.page + 1) if page.page < page.pages else None,
        ),
        [to_schedule(t)],
        [go_home(t)],
    )


def answers(t: Translator, answered: Answered, page: int, now: datetime) -> Message:
    """What people said about one event, in numbers alone.

    Args:
        t: the reader's voice.
        answered: the numbers.
        page: of the list that the reader came from.
        now: the time.
    """
    event, tally = answered.event, answered.tally
    heading = [bold(t, title_of(t, event.title)), *_state(t, event), when(t, event)]
    if event.sample:
        heading.append(t(SAMPLE))
    lines = [
        t.plural("<b>{n} person has a place.</b>", "<b>{n} people have a place.</b>", tally.going),
        t.plural(
            "• {n} person said: I am coming.", "• {n} people said: I am coming.", tally.coming
        ),
        t.plural(
            "• {n} person was asked and has not answered.",
            "• {n} people were asked and have not answered.",
            tally.unanswered,
        ),
        t.plural("• {n} person was not asked.", "• {n} people were not asked.", tally.not_asked),
    ]
    gave_up = t.plural(
        "{n} person gave up their place.", "{n} people gave up their place.", tally.gave_up
    )
    asking = t("I ask people from 1 day before on, if they want reminders.")
    blocks = [LINE.join(heading), LINE.join(lines), gave_up, asking]
    if event.ends_at <= now:
        blocks.append(_how_it_was(t, answered.how_it_was))
    back = Button(t.plain("Back"), Tap.to("schedule", "events", max(1, page)))
    return Message(GAP.join(blocks)).with_buttons(
        [to_needs(t, event, page)] if answered.shows_needs else [],
        [_update(t, Tap.to("schedule", "event", event.id, max(1, page))), back],
        [to_schedule(t)],
    )


def _how_it_was(t: Translator, counts: Mapping[str, int] | None) -> Markup:
    heading = t("<b>How was it?</b>")
    if counts is None:
        fewer = t("Fewer than {number} people have answered.", number=FEWEST)
        return LINE.join([heading, Markup(" ").join([fewer, t("That is too few to say.")])])
    lines = [
        t("• {answer}: {number}", answer=t.plain(label), number=counts.get(key, 0))
        for key, label in ANSWERS.items()
    ]
    return LINE.join([heading, *lines])


def _state(t: Translator, event: Event) -> list[Markup]:
    if event.status is EventStatus.CANCELLED:
        return [t("<b>Cancelled.</b> It will not happen.")]
    if event.status is EventStatus.POSTPONED:
        return [t("<b>Postponed.</b> The new date is not known yet.")]
    return []


def _update(t: Translator, tap: Tap) -> Button:
    return Button(t.plain("Update"), tap)


def _to_events(t: Translator) -> Button:
    return Button(t.plain("Answers about events"), Tap.to("schedule", "events", 1))
