"""One event of a calendar as a draft."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Event
from icalendar.prop import vCategory

from bot.events.importing import limits, vocabulary
from bot.events.importing.calendar_properties import (
    moment_of,
    start_of,
    text_of,
    time_of,
    values_of,
)
from bot.events.importing.places import whereabouts
from bot.events.importing.result import Problems
from bot.events.importing.wording import one_line, paragraphs, shortened, without_markup
from bot.events.models import EventDraft, EventKind, EventStatus, Position
from bot.people.boroughs import Boroughs
from bot.people.folding import fold

_USUAL_LENGTH = timedelta(hours=1)
_STATUSES = {"CANCELLED": EventStatus.CANCELLED}
_HTTPS = "https://"
# Where calendar programs put the link of a video meeting.
_MEETING_LINKS = ("X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
_FOLDED_ONLINE = {"online", "virtual", "zoom", "microsoft teams meeting", "teams", "webinar"}
_WORDS_OF_KINDS = (
    (EventKind.LISTENING_CIRCLE, ("listening circle",)),
    (EventKind.THINK_TANK, ("think tank", "think-tank")),
    (EventKind.WEBINAR, ("webinar",)),
    (EventKind.EXPO, ("expo", "health day", "health fair")),
)


class EventReader:
    """Reads one VEVENT.

    Args:
        component: with DTSTART, and no time without a zone.
        where: how people find it in the file.
        boroughs: to recognise where it is.
        problems: where to note what is wrong.

    Attributes:
        notes: what was guessed, shortened or passed over.
    """

    def __init__(
        self, component: Event, where: str, boroughs: Boroughs, problems: Problems
    ) -> None:
        self._component = component
        self._where = where
        self._boroughs = boroughs
        self._problems = problems
        self.notes: list[str] = []

    def draft(self, uid: str) -> EventDraft | None:
        """The event, or None when something is wrong with it; its SEQUENCE is not looked at."""
        titles = self._texts("SUMMARY", limits.TITLE)
        times = self._times()
        if not titles:
            self._problems.add(f"{self._where}: this event has no title (SUMMARY).")
        if not titles or times is None:
            return None
        location = one_line(text_of(self._component, "LOCATION"))
        venue = "" if _is_link(location) or fold(location) in _FOLDED_ONLINE else location
        link = self._online_link(location, has_venue=bool(venue))
        kind, topics = self._kind_and_topics(titles, online=bool(link) and not venue)
        where = whereabouts(venue, self._boroughs)
        if where.note:
            self.notes.append(where.note)
        return EventDraft(
            uid=uid,
            kind=kind,
            title=titles,
            description=self._description(link),
            starts_at=times[0],
            ends_at=times[1],
            venue=self._fitting("LOCATION", venue, limits.VENUE),
            borough=where.borough,
            outcode=where.outcode,
            position=self._position(),
            online_link=link,
            organisation=self._organisation(),
            topics=topics,
            status=self._status(),
        )

    def _texts(self, name: str, longest: int, *, lines: bool = False) -> dict[str, str]:
        """A text by language, from properties with a LANGUAGE; "en" is always there."""
        found: dict[str, str] = {}
        for value in values_of(self._component, name):
            text = without_markup(str(value))
            text = paragraphs(text) if lines else one_line(text)
            language = str(value.params.get("LANGUAGE", "en")).partition("-")[0].casefold()
            code = vocabulary.language_named(language) or "en"
            if text:
                found.setdefault(code, self._fitting(name, text, longest))
        if found and "en" not in found:
            found["en"] = next(iter(found.values()))
        return found

    def _description(self, link: str) -> dict[str, str]:
        texts = self._texts("DESCRIPTION", limits.DESCRIPTION, lines=True)
        page = text_of(self._component, "URL")
        if _is_link(page) and page != link and page not in texts.get("en", ""):
            # The page about the event: no link to take part by, but people want to see it.
            return {
                language: f"{shortened(text, limits.DESCRIPTION - len(page) - 1)}\n{page}".strip()
                for language, text in (texts or {"en": ""}).items()
            }
        return texts

    def _times(self) -> tuple[datetime, datetime] | None:
        start = start_of(self._component)
        starts_at = moment_of(start)
        end = time_of(self._component, "DTEND")
        lasts = next(iter(values_of(self._component, "DURATION")), None)
        if end is not None:
            ends_at = moment_of(end)
        elif lasts is not None:
            # RFC 5545, 3.3.6: days of a duration are days on the wall, hours are exact.
            days = timedelta(days=lasts.td.days)
            try:
                ends_at = moment_of(start + days) + (lasts.td - days)
            except OverflowError:
                self._problems.add(f"{self._where}: its DURATION is impossible.")
                return None
        elif isinstance(start, datetime):
            ends_at = starts_at
        else:
            ends_at = moment_of(start + timedelta(days=1))
        if ends_at < starts_at:
            self._problems.add(f"{self._where}: this event ends before it starts.")
            return None
        if ends_at == starts_at:
            self.notes.append("it does not say when it ends; one hour was assumed.")
            ends_at += _USUAL_LENGTH
        return starts_at, ends_at

    def _online_link(self, location: str, *, has_venue: bool) -> str:
        links: list[tuple[bool, int, str]] = []
        for value in values_of(self._component, "CONFERENCE"):
            if _is_link(str(value)):
                features = str(value.params.get("FEATURE", "")).upper()
                links.append(("VIDEO" not in features, len(links), str(value)))
            else:
                scheme = str(value).partition(":")[0][:20]
                self.notes.append(f"a way to take part by “{scheme}:” was passed over.")
        if links:
            return min(links)[2]
        others = [text_of(self._component, name) for name in _MEETING_LINKS] + [location]
        if not has_venue:
            others.append(text_of(self._component, "URL"))
        return next((each for each in others if _is_link(each)), "")

    def _kind_and_topics(
        self, titles: dict[str, str], *, online: bool
    ) -> tuple[EventKind, tuple[str, ...]]:
        kind = None
        topics: dict[str, str] = {}
        for category in self._categories():
            named = vocabulary.EVENT_KINDS.get(fold(category))
            if named is None:
                topics.setdefault(fold(category), category)
            kind = kind or named
        title = f" {fold(' '.join(titles.values()))} "
        for guess, words in _WORDS_OF_KINDS:
            if kind is None and any(f" {fold(word)} " in title for word in words):
                kind = guess
        if kind is None:
            kind = EventKind.WEBINAR if online else EventKind.EXPO
            self.notes.append(f"nothing says what kind of event this is; “{kind}” was assumed.")
        return kind, tuple(sorted(topics.values())[: limits.TOPICS])

    def _categories(self) -> Iterable[str]:
        for value in values_of(self._component, "CATEGORIES"):
            for each in value.cats if isinstance(value, vCategory) else [value]:
                if text := one_line(str(each)):
                    yield shortened(text, limits.TOPIC)

    def _organisation(self) -> str:
        organiser = next(iter(values_of(self._component, "ORGANIZER")), None)
        name = one_line(str(organiser.params.get("CN", ""))) if organiser is not None else ""
        return "" if "@" in name else self._fitting("ORGANIZER", name, limits.ORGANISATION)

    def _position(self) -> Position | None:
        geo = next(iter(values_of(self._component, "GEO")), None)
        if geo is None:
            return None
        latitude, longitude = float(geo.latitude), float(geo.longitude)
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):  # noqa: PLR2004 -- degrees
            return Position(latitude, longitude)
        self.notes.append("its place on the map (GEO) was passed over, because there is none such.")
        return None

    def _status(self) -> EventStatus:
        status = text_of(self._component, "STATUS").upper()
        if status == "TENTATIVE":
            self.notes.append("it is marked as tentative; people will see it as planned.")
        return _STATUSES.get(status, EventStatus.PLANNED)

    def _fitting(self, name: str, text: str, longest: int) -> str:
        if len(text) > longest:
            self.notes.append(f"{name} has {len(text):,} characters and was cut to {longest:,}.")
        return shortened(text, longest)


def _is_link(text: str) -> bool:
    return (
        text.casefold().startswith(_HTTPS)
        and not any(char.isspace() for char in text)
        and len(_HTTPS) < len(text) <= limits.LINK
    )
