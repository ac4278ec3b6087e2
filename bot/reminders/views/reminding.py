"""Reminders, and the question how it was."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.events.models import Event
from bot.events.views.cards import online
from bot.events.views.labels import (
    SAMPLE,
    Onlooker,
    bold,
    find_events,
    listing,
    title_of,
    when,
    where,
)
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views.welcome import go_home, my_bookings

MOST = 3  # events of one day that a reminder has buttons for; the list of bookings has the others
GOOD, MIDDLING, BAD, AWAY = "good", "middling", "bad", "away"
ANSWERS = {
    # Translators: button; the answer to "How was it?"
    GOOD: N_("Good"),
    # Translators: button; the answer to "How was it?"
    MIDDLING: N_("All right"),
    # Translators: button; the answer to "How was it?"
    BAD: N_("Not good"),
    # Translators: button; the answer to "How was it?"
    AWAY: N_("I was not there"),
}
_GAP = Markup("\n\n")
_LINE = Markup("\n")


def reminder(eyes: Onlooker, shown: Sequence[tuple[Event, bool]], zone: ZoneInfo) -> Message:
    """A person's events of one day.

    Args:
        eyes: whoever is reminded.
        shown: the events, soonest first, each with whether they said that they are coming.
        zone: in whose days people think.
    """
    t = eyes.t
    events = [event for event, _ in shown]
    if len(events) == 1:
        return _one(eyes, *shown[0], zone)
    blocks = [_several(eyes, events, zone)]
    rows = []
    numbers = ",".join(str(event.id) for event in events[:MOST])
    for number, (event, confirmed) in enumerate(shown, 1):
        block = _LINE.join(_facts(eyes, event, f"{number}. {title_of(t, event.title)}"))
        blocks.append(block + _LINE + _said(t) if confirmed else block)
        if number <= MOST:
            rows.append(_answers(t, event, confirmed=confirmed, number=number, among=numbers))
    if _asks(events[0], eyes.now, zone) and not all(confirmed for _, confirmed in shown):
        blocks.append(t("Are you still coming?"))
    if any(event.sample for event in events):
        blocks.append(t("Samples are not real events."))
    return Message(_GAP.join(blocks)).with_buttons(*rows, [my_bookings(t)], [no_more(t)])


def _one(eyes: Onlooker, event: Event, confirmed: bool, zone: ZoneInfo) -> Message:  # noqa: FBT001 -- as reminder takes it
    t = eyes.t
    blocks = [
        soon(t, event, eyes.now, zone),
        _LINE.join(_facts(eyes, event, title_of(t, event.title))),
    ]
    if event.sample:
        blocks.append(t(SAMPLE))
    if confirmed:
        blocks.append(_said(t))
    elif _asks(event, eyes.now, zone):
        blocks.append(t("Are you still coming?"))
    files = [Button(t.plain("Calendar file"), Tap.to("calendar", event.id))]
    if event.position is not None:
        files.insert(0, Button(t.plain("Directions"), Tap.to("directions", event.id)))
    return Message(_GAP.join(blocks)).with_buttons(
        _answers(t, event, confirmed=confirmed), files, [my_bookings(t)], [no_more(t)]
    )


def answered(eyes: Onlooker, event: Event) -> Message:
    """They said that they are coming."""
    t = eyes.t
    said = t("<b>Thank you. We look forward to seeing you.</b>")
    blocks = [said, _LINE.join(_facts(eyes, event, title_of(t, event.title)))]
    if event.sample:
        blocks.append(t(SAMPLE))
    files = [Button(t.plain("Calendar file"), Tap.to("calendar", event.id))]
    if event.position is not None:
        files.insert(0, Button(t.plain("Directions"), Tap.to("directions", event.id)))
    return Message(_GAP.join(blocks)).with_buttons([_cannot(t, event)], files, [my_bookings(t)])


def soon(t: Translator, event: Event, now: datetime, zone: ZoneInfo) -> Markup:
    """How long it is until an event, in days as people count them."""
    days = _days_to(event, now, zone)
    if days > 1:
        return t.plural(
            "<b>Your event is in {n} day.</b>", "<b>Your event is in {n} days.</b>", days
        )
    if days == 1:
        return t("<b>Your event is tomorrow.</b>")
    return t(
        "<b>Your event is today, at {time}.</b>",
        time=t.time(event.starts_at, ZoneInfo(event.timezone)),
    )


def _several(eyes: Onlooker, events: Sequence[Event], zone: ZoneInfo) -> Markup:
    t, count = eyes.t, len(events)
    days = _days_to(events[0], eyes.now, zone)
    if days > 1:
        return t.plural(
            "<b>You have {n} event on {date}.</b>",
            "<b>You have {n} events on {date}.</b>",
            count,
            date=t.date(events[0].starts_at.astimezone(zone).date()),
        )
    if days == 1:
        return t.plural(
            "<b>You have {n} event tomorrow.</b>", "<b>You have {n} events tomorrow.</b>", count
        )
    return t.plural("<b>You have {n} event today.</b>", "<b>You have {n} events today.</b>", count)


def _asks(event: Event, now: datetime, zone: ZoneInfo) -> bool:
    """Whether it is time to ask: nobody knows a week ahead whether they fall ill."""
    return _days_to(event, now, zone) <= 1


def _days_to(event: Event, now: datetime, zone: ZoneInfo) -> int:
    return (event.starts_at.astimezone(zone).date() - now.astimezone(zone).date()).days


def _facts(eyes: Onlooker, event: Event, title: str) -> list[Markup]:
    t = eyes.t
    facts = [bold(t, title), t("<b>When:</b> {when}", when=when(t, event))]
    if held := where(eyes, event):
        facts.append(t("<b>Where:</b> {place}", place=listing(t, held)))
    if event.is_online:
        facts.append(online(t, event, booked=True))
    return facts


def _said(t: Translator) -> Markup:
    return t("You told us that you are coming.")


def _answers(
    t: Translator, event: Event, *, confirmed: bool, number: int = 0, among: str = ""
) -> list[Button]:
    """Coming or not; of several events, each has its number on the button."""
    more = (among,) if among else ()
    row = []
    if not confirmed:
        label = t.plain("{number}. I'm coming", number=number) if number else t.plain("I'm coming")
        row.append(Button(label, Tap.to("coming", event.id, *more)))
    row.append(_cannot(t, event, number, more))
    return row


def _cannot(t: Translator, event: Event, number: int = 0, more: tuple[str, ...] = ()) -> Button:
    label = t.plain("{number}. I can't come", number=number) if number else t.plain("I can't come")
    return Button(label, Tap.to("cannot", event.id, *more))


def no_more(t: Translator) -> Button:
    """Withdraws reminders in one tap."""
    return Button(t.plain("No more reminders"), Tap.to("reminders", "none"))


def thanks(eyes: Onlooker, event: Event) -> Message:
    """The event is over: thanks, and one question."""
    t = eyes.t
    blocks = [
        t("<b>Thank you for booking {title}.</b>", title=title_of(t, event.title)),
        t("How was it? Your answer helps us to make events better."),
        t("I only count the answers. I do not keep who said what."),
    ]
    if event.sample:
        blocks.insert(1, t(SAMPLE))
    buttons = [
        Button(t.plain(label), Tap.to("how", event.id, key)) for key, label in ANSWERS.items()
    ]
    return Message(_GAP.join(blocks)).with_buttons(buttons[:2], buttons[2:], [no_more(t)])


def answer_counted(t: Translator, *, again: bool) -> Message:
    """Their answer is counted, or one of theirs was before."""
    said = (
        t("You have answered before, so nothing has changed. Thank you.")
        if again
        else t("<b>Thank you.</b> Your answer is counted.")
    )
    return Message(said).with_buttons([find_events(t)], [go_home(t)])
