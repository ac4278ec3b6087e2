"""What `baobab check` says of the messages that the bot owes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat import ahead
from bot.db import Work
from bot.delivery.models import BROADCAST, RECALL, Reason, State
from bot.delivery.store import DeliveryStore
from bot.events.changes import CARD, CHANGE
from bot.i18n import Translator
from bot.reminders.outlook import Coming
from bot.reminders.planner import REMINDER, THANKS
from bot.reminders.views.choosing import LABELS
from bot.surveys.nudging import NUDGE

MOST = 20  # lines
WHATS = {
    THANKS: "thanks, and how it was",
    CHANGE: "news of a change",
    CARD: "older messages brought up to date",
    BROADCAST: "broadcast",
    RECALL: "a broadcast taken back",
    NUDGE: "the question whether to go on with a survey",
}
WHYS = {
    Reason.CHAT_NOT_FOUND: "the chat is not there any more",
    Reason.NOT_STARTED: "the person never wrote to the bot",
    Reason.NO_RIGHTS: "the bot may not write in that chat",
    Reason.REFUSED: "Telegram refused the message; the log says why",
    Reason.UNRENDERED: "a fault of ours; the log says where",
    Reason.GAVE_UP: "tried too often",
    Reason.CRASH: "the bot was broken off between sending and noting it",
    Reason.NO_ANSWER: "Telegram did not say whether it took the message",
}


async def what_is_ahead(work: Work, t: Translator, zone: ZoneInfo, now: datetime) -> list[str]:
    """What will be sent when, to how many: a heading and a line each, or nothing.

    Args:
        work: to read in.
        t: the voice of English, for dates.
        zone: in whose wall time people think.
        now: the time.
    """
    coming = await ahead.coming(work, zone, now)
    if not coming:
        return ["Nothing waits to be sent."]
    lines = [_line(each, t, zone, now) for each in coming[:MOST]]
    if len(coming) > MOST:
        lines.append(f"  and {len(coming) - MOST} more")
    return [f"What will be sent, as things stand ({zone.key} time):", *lines]


def in_short(each: Coming) -> str:
    """What will be sent, about what and to how many."""
    what = WHATS.get(each.kind, "a message")
    if each.kind == REMINDER:
        what = f"reminder ({LABELS[each.lead]})"
    title = f", {each.title['en']}" if "en" in each.title else ""
    people = "1 person" if each.people == 1 else f"{each.people} people"
    return f"{what}{title}, to {people}"


def _line(each: Coming, t: Translator, zone: ZoneInfo, now: datetime) -> str:
    day = t.date(each.at.astimezone(zone).date())
    due = ", due now" if each.at <= now else ""
    return f"  {day}, {t.time(each.at, zone)}{due}: {in_short(each)}"


async def what_did_not_arrive(work: Work) -> list[str]:
    """How many messages failed and how many are unknown, a sentence each."""
    said = []
    for count in await DeliveryStore(work).outcomes():
        number = "1 message" if count.people == 1 else f"{count.people} messages"
        why = next((text for reason, text in WHYS.items() if reason == count.reason), count.reason)
        if count.state is State.UNKNOWN:
            said.append(
                f"{number} may have arrived or not ({why}): nobody knows whether they arrived, "
                "so they are not sent again."
            )
        else:
            said.append(f"{number} could not be delivered ({why}).")
    return said
