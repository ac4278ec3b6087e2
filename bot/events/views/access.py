"""What an event does not offer of what a person needs."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.events.models import AccessFact, Event
from bot.events.views.labels import NAME, Onlooker, listing, title_of
from bot.events.views.lengths import clip
from bot.people.models import Needs
from bot.people.needs_form import INTERPRETER, OTHER, PRESENCE, SENSES
from bot.people.views import needs as words

MET_BY: Mapping[str, AccessFact] = {
    "bsl": AccessFact.BSL,
    "hearing_loop": AccessFact.HEARING_LOOP,
    "large_print": AccessFact.LARGE_PRINT,
    "easy_read": AccessFact.EASY_READ,
    "step_free": AccessFact.STEP_FREE,
    "quiet_space": AccessFact.QUIET_SPACE,
    "seating": AccessFact.SEATING,
    "carer": AccessFact.CARER_WELCOME,
    INTERPRETER: AccessFact.INTERPRETER,
}
"""Needs that an event can say it meets. Others are never listed, so people are told to ask."""
AT_THE_VENUE = frozenset({"hearing_loop", "step_free", "quiet_space", "seating", "carer"})


def not_listed(event: Event, needs: Needs) -> list[str]:
    """The needs that the event does not say it meets, in the order of the form.

    At home people have their own chair and no steps, so an event that is only online need not
    list such things. An interpreter is not missed where the person's language is spoken anyway,
    but we know that language only as they typed it; so it is listed.
    """
    only_online = event.is_online and not event.venue
    return [
        key
        for key in (*SENSES, *PRESENCE)
        if key in needs.keys
        and key != OTHER
        and MET_BY.get(key) not in event.access
        and not (only_online and key in AT_THE_VENUE)
    ]


def ask_organisers(eyes: Onlooker, event: Event, needs: Needs) -> list[Markup]:
    """Says kindly what the event does not list; nothing where it lists everything."""
    t = eyes.t
    missing = not_listed(event, needs)
    if not missing:
        return []
    names = listing(t, (words.name_of(t, key) for key in missing))
    text = t(
        "<b>{title}</b> does not say that it has: {needs}.",
        title=title_of(t, event.title),
        needs=names,
    )
    if event.organisation:
        who = clip(event.organisation, NAME)
        advice = t("Please ask {organisation} before you come. They may be able to help.",
                   organisation=who)  # fmt: skip
    else:
        advice = t("Please ask the organisers before you come. They may be able to help.")
    return [text + "\n" + advice, t("You keep your place.")]
