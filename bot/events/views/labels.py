"""Short names of the things that lists, cards and filters show."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from markupsafe import Markup, escape

from bot.events.browse import When
from bot.events.models import AccessFact, ActivityKind, Event, EventKind
from bot.events.views.lengths import clip
from bot.i18n import N_, Translator
from bot.i18n.translator import FIRST_STRONG_ISOLATE, POP_ISOLATE, RIGHT_TO_LEFT_MARK
from bot.message import Button, Tap
from bot.people.boroughs import Boroughs

TITLE = 150  # UTF-16 units of an event's title in lists and on cards
NAME = 120  # of a venue, an organisation, an activity
LABEL = 60  # of a button; Telegram shows about 30 on a small phone and cuts the rest

KINDS = {
    # Translators: button
    EventKind.EXPO: N_("Health expo"),
    # Translators: button
    EventKind.WEBINAR: N_("Webinar"),
    # Translators: button
    EventKind.THINK_TANK: N_("Think Tank activity"),
    # Translators: button
    EventKind.LISTENING_CIRCLE: N_("Listening Circle"),
}
ACTIVITIES = {
    ActivityKind.HEALTH_CHECK: N_("Health checks"),
    ActivityKind.TALK: N_("Talks"),
    ActivityKind.WEBINAR: N_("Webinars"),
    ActivityKind.STALL: N_("Stalls"),
}
WHENS = {
    # Translators: button
    When.TODAY: N_("Today"),
    # Translators: button
    When.THIS_WEEK: N_("This week"),
    # Translators: button
    When.WEEKEND: N_("The weekend"),
    # Translators: button
    When.MONTH: N_("This month"),
}
ACCESS = {
    # Translators: button
    AccessFact.STEP_FREE: N_("Step-free access"),
    # Translators: button
    AccessFact.BSL: N_("British Sign Language"),
    # Translators: button
    AccessFact.HEARING_LOOP: N_("Hearing loop"),
    # Translators: button
    AccessFact.INTERPRETER: N_("Interpreter"),
    # Translators: button
    AccessFact.QUIET_SPACE: N_("Quiet space"),
    # Translators: button
    AccessFact.SEATING: N_("Places to sit"),
    # Translators: button
    AccessFact.ACCESSIBLE_TOILET: N_("Accessible toilet"),
    # Translators: button
    AccessFact.CAPTIONS: N_("Captions"),
    # Translators: button
    AccessFact.LARGE_PRINT: N_("Large print"),
    # Translators: button
    AccessFact.EASY_READ: N_("Easy Read"),
    # Translators: button
    AccessFact.CARER_WELCOME: N_("Carers welcome"),
    # Translators: button
    AccessFact.CRECHE: N_("Childcare"),
    # Translators: button
    AccessFact.WOMEN_ONLY: N_("Women only"),
    # Translators: button
    AccessFact.PRAYER_ROOM: N_("Prayer room"),
}
"""What is asked for most often comes first."""
SAMPLE = N_("This is a sample. It is not a real event.")


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Whoever looks at events: their voice, our boroughs, and the time."""

    t: Translator
    boroughs: Boroughs
    now: datetime


def listing(t: Translator, items: Iterable[object]) -> Markup:
    """Things side by side, each escaped and kept from turning the text around it."""
    apart = "،" if t.rtl else ","
    return Markup(f"{apart} ").join(Markup(_apart(t, str(escape(item)))) for item in items)  # noqa: S704 -- escaped here


def plain_listing(t: Translator, items: Iterable[str]) -> str:
    """Things side by side, for a label or a caption."""
    return ("، " if t.rtl else ", ").join(_apart(t, item) for item in items)


def bold(t: Translator, text: str) -> Markup:
    """A name or a title, so that it stands out."""
    return Markup("<b>{}</b>").format(_apart(t, text))


def slanted(t: Translator, text: str) -> Markup:
    """Words of somebody else."""
    return Markup("<i>{}</i>").format(_apart(t, text))


def _apart(t: Translator, text: str) -> str:
    return RIGHT_TO_LEFT_MARK + FIRST_STRONG_ISOLATE + text + POP_ISOLATE if t.rtl else text


def in_own_language(t: Translator, texts: dict[str, str]) -> str:
    """Text that need not be there, in the reader's language if it can be."""
    return texts.get(t.language) or texts.get("en") or next(iter(texts.values()), "")


def told_of(t: Translator, event: Event) -> str:
    """What the organisers tell of an event, without a note that it is a sample: views say that."""
    told = in_own_language(t, event.description)
    if event.sample:
        for note in (t.plain(SAMPLE), SAMPLE):
            told = told.removeprefix(note).lstrip()
    return told


def title_of(t: Translator, texts: dict[str, str]) -> str:
    """The title in the reader's language, else in English, short enough for any place."""
    return clip(t.pick(texts)[0], TITLE)


def language_name(t: Translator, code: str) -> str:
    """What the reader's language calls a language, else what it calls itself."""
    name = t.locale.languages.get(code)
    if name is None:
        try:
            name = Locale.parse(code).get_display_name() or code
        except (UnknownLocaleError, ValueError):
            name = code
    return name[:1].upper() + name[1:]


def language_names(t: Translator, codes: Iterable[str]) -> list[str]:
    """Names of languages, in the order of the alphabet."""
    return sorted(language_name(t, code) for code in codes)


def access_names(t: Translator, facts: Iterable[AccessFact]) -> list[str]:
    """What is offered, in the order of ACCESS."""
    wanted = set(facts)
    return [t.plain(label) for fact, label in ACCESS.items() if fact in wanted]


def when(t: Translator, event: Event) -> Markup:
    """When an event is: weekday, date in words and numbers, times of day in the event's zone."""
    zone = ZoneInfo(event.timezone)
    first = event.starts_at.astimezone(zone)
    last = event.ends_at.astimezone(zone)
    # An event that ends at midnight does not reach into the day that begins then.
    ends_on = (last - timedelta(microseconds=1)).date() if last > first else last.date()
    start, end = t.time(first, zone), t.time(last, zone)
    if ends_on != first.date():
        return t(
            "{date}, {start}, to {last_date}, {end}, {zone}",
            date=t.date(first.date()),
            start=start,
            last_date=t.date(ends_on),
            end=end if end != "00:00" else "24:00",
            zone=zone_name(t, event.timezone),
        )
    if (start, end) == ("00:00", "00:00"):
        return t("{date}, all day", date=t.date(first.date()))
    return t(
        "{date}, {start} to {end}, {zone}",
        date=t.date(first.date()),
        start=start,
        end=end if end != "00:00" else "24:00",
        zone=zone_name(t, event.timezone),
    )


def zone_name(t: Translator, name: str) -> str:
    """Whose wall time it is, such as "UK time"."""
    if name == "Europe/London":
        return t.plain("UK time")
    city = name.rpartition("/")[2].replace("_", " ")
    return t.plain("time in {city}", city=city)


def borough_name(boroughs: Boroughs, key: str | None) -> str:
    """The name of a borough of ours; empty for anything else."""
    return boroughs[key].name if key is not None and key in boroughs else ""


def where(eyes: Onlooker, event: Event) -> list[str]:
    """Venue, borough and first half of the postcode; empty for what is only online."""
    venue = clip(event.venue, NAME)
    borough = borough_name(eyes.boroughs, event.borough)
    more = (each for each in (borough, event.outcode) if each.casefold() not in venue.casefold())
    return [each for each in (venue, *more) if each]


def area(eyes: Onlooker, event: Event) -> str:
    """In a word or two where an event is: its borough, else its venue; or online."""
    held = borough_name(eyes.boroughs, event.borough) or clip(event.venue, LABEL)
    if not event.is_online:
        return held or eyes.t.plain("Place not known yet")
    return eyes.t.plain("{place} and online", place=held) if held else eyes.t.plain("Online")


def places(t: Translator, event: Event) -> Markup:
    """How many places are left; empty where there is no limit that we know of."""
    left = event.places_left
    if left is None:
        return Markup("")
    if left == 0:
        return t("Full")
    return t.plural(
        "{n} place left of {capacity}", "{n} places left of {capacity}", left,
        capacity=event.capacity,
    )  # fmt: skip


def find_events(t: Translator) -> Button:
    """The way to the list of events."""
    return Button(t.plain("Find events"), Tap.to("events"))


def turning(
    t: Translator, before: Tap | None, after: Tap | None, *, by_time: bool = False
) -> tuple[Button, ...]:
    """Buttons that turn pages; the arrows point as the reader's pages turn.

    Args:
        t: the reader's voice.
        before: to the page before, where there is one.
        after: to the page after, where there is one.
        by_time: the pages are in order of time.
    """
    back, on = ("▶", "◀") if t.rtl else ("◀", "▶")
    found = []
    if before is not None:
        label = t.plain("Earlier") if by_time else t.plain("Previous page")
        found.append(Button(f"{label} {back}", before))
    if after is not None:
        label = t.plain("Later") if by_time else t.plain("Next page")
        found.append(Button(f"{label} {on}", after))
    return tuple(found)
