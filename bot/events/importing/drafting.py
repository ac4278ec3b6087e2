"""Drafts of events from the rows of a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.clock import LONDON
from bot.events.importing import limits, vocabulary
from bot.events.importing.cells import Reading, items_in
from bot.events.importing.places import checked
from bot.events.importing.result import ImportedFile, Problems
from bot.events.importing.table import (
    Row,
    RowReader,
    access_named,
    language_named,
    longest_event_problem,
)
from bot.events.models import (
    Activity,
    EventDraft,
    EventStatus,
    Position,
)
from bot.people.boroughs import Boroughs
from bot.people.folding import fold

_EVENT_COLUMNS = (*vocabulary.BOTH, *vocabulary.EVENT_ONLY)
_ACTIVITY_COLUMNS = (*vocabulary.BOTH, *vocabulary.ACTIVITY_ONLY)
_UID_WHY = (
    "Give every event a short name of its own, such as brent-expo-2026, and keep it: by this name "
    "a later file updates the event."
)


def drafts_from(
    rows: Iterable[Row],
    boroughs: Boroughs,
    now: datetime,
    problems: Problems,
    *,
    sample: bool = False,
) -> ImportedFile:
    """The events that a table describes.

    Args:
        rows: below the headings, in any order.
        boroughs: to recognise boroughs and postcodes.
        now: the time; events that are over by then are noted.
        problems: what is wrong with the table so far.
        sample: the rows show how the bot works; only then may dates count from today.

    Raises:
        ImportRefused: anything is wrong with them, or was before.
    """
    reading = Reading(now.astimezone(LONDON).date() if sample else None)
    notes: list[str] = []
    readers = [RowReader(row, problems, reading, notes) for row in rows]
    drafts: dict[str, EventDraft] = {}
    days: dict[str, date] = {}
    seen: dict[str, str] = {}
    for reader in readers:
        if reader.row.describes_activity:
            continue
        uid = reader.text("uid", limits.UID) if reader.required("uid", _UID_WHY) else ""
        if uid in seen:
            reader.problem("uid", f"“{uid}” is taken by an event above ({seen[uid]}).")
        if uid:
            seen.setdefault(uid, reader.row.where)
        draft = _event(reader, uid, boroughs)
        if draft is not None:
            drafts.setdefault(uid, replace(draft, sample=sample))
            days.setdefault(uid, reader.day("date") or draft.starts_at.date())
            if draft.ends_at <= now:
                reader.note("This event is over. It is kept, but nobody will see it in lists.")
    activities: defaultdict[str, list[Activity]] = defaultdict(list)
    for reader in readers:
        if reader.row.describes_activity:
            _add_activity(reader, seen, days, activities)
    if not seen and not problems:
        problems.add("The table has headings but no events below them.")
    problems.refuse_if_any()
    return ImportedFile(
        tuple(replace(each, activities=tuple(activities[each.uid])) for each in drafts.values()),
        tuple(notes),
    )


def _event(reader: RowReader, uid: str, boroughs: Boroughs) -> EventDraft | None:
    reader.only(
        _EVENT_COLUMNS, "Only activities have this. Activities name their event under “event”."
    )
    reader.required("kind", "Write expo, webinar, think tank or listening circle.")
    reader.required("title", "Write the title in English.")
    kind = reader.one_of("kind", vocabulary.EVENT_KINDS)
    title = reader.texts("title", limits.TITLE)
    times = _times(reader)
    borough, outcode = _place(reader, boroughs)
    status = reader.one_of("status", vocabulary.STATUSES) or EventStatus.PLANNED
    description = reader.texts("description", limits.DESCRIPTION, lines=True)
    venue = reader.text("venue", limits.VENUE)
    position = _position(reader)
    online_link = _link(reader)
    organisation = reader.text("organisation", limits.ORGANISATION)
    topics = _topics(reader)
    capacity = reader.number("capacity", 1, limits.PLACES)
    access = reader.some_of("access", access_named)
    languages = reader.some_of("languages", language_named)
    # Only now that every cell has been looked at: people put everything right in one go.
    if kind is None or times is None or "en" not in title or not uid:
        return None
    return EventDraft(
        uid=uid,
        kind=kind,
        title=title,
        starts_at=times[0],
        ends_at=times[1],
        description=description,
        venue=venue,
        borough=borough,
        outcode=outcode,
        position=position,
        online_link=online_link,
        organisation=organisation,
        topics=topics,
        capacity=capacity,
        access=access,
        languages=languages,
        status=status,
    )


def _times(reader: RowReader) -> tuple[datetime, datetime] | None:
    given = [
        reader.required("date", "Write the day, such as 17/10/2026."),
        reader.required("start", "Write when it starts, such as 11:00."),
        reader.required("end", "Write when it ends, such as 16:00."),
    ]
    day = reader.day("date")
    last_day = reader.day("end_date") if reader.has("end_date") else day
    if not all(given) or day is None or last_day is None:
        return None
    starts_at = reader.moment(day, "start")
    ends_at = reader.moment(last_day, "end")
    if starts_at is None or ends_at is None:
        return None
    if problem := longest_event_problem(starts_at, ends_at):
        reader.problem("end", problem)
        return None
    return starts_at, ends_at


def _place(reader: RowReader, boroughs: Boroughs) -> tuple[str | None, str]:
    borough = None
    if reader.has("borough"):
        name = reader.text("borough", limits.VENUE)
        borough = boroughs.find(name)
        if borough is None:
            names = ", ".join(each.name for each in boroughs)
            reader.problem("borough", f"“{name}” is none of our boroughs: {names}.")
    postcode = reader.text("postcode", limits.VENUE)
    where = checked(borough, postcode, boroughs)
    if postcode and not where.outcode:
        reader.problem("postcode", f"“{postcode}” is no postcode. Write it like NW10 4AB or NW10.")
    if where.note:
        reader.note(where.note)
    if not reader.has("venue") and not reader.has("online_link"):
        reader.note(
            "This event has no venue and no online link, so people cannot tell where it is."
        )
    return where.borough, where.outcode


def _position(reader: RowReader) -> Position | None:
    latitude, longitude = reader.degrees("latitude", 90), reader.degrees("longitude", 180)
    if reader.has("latitude") != reader.has("longitude"):
        empty = "longitude" if reader.has("latitude") else "latitude"
        reader.problem(empty, "Latitude and longitude go together; this one is empty.")
    if latitude is None or longitude is None:
        return None
    if abs(latitude) < abs(longitude):  # in Britain it is about 50 to 59 north, 8 west to 2 east
        reader.problem("latitude", "Latitude and longitude look swapped.")
        return None
    return Position(latitude, longitude)


def _link(reader: RowReader) -> str:
    link = reader.text("online_link", limits.LINK)
    if link and (not link.casefold().startswith("https://") or " " in link or "." not in link):
        reader.problem("online_link", "A link starts with https:// and has no spaces.")
    return link


def _topics(reader: RowReader) -> tuple[str, ...]:
    topics = {fold(item): item for item in items_in(reader.row.cells.get("topics"))}
    if len(topics) > limits.TOPICS:
        reader.problem("topics", f"These are {len(topics)} topics; {limits.TOPICS} fit.")
    for topic in topics.values():
        if len(topic) > limits.TOPIC:
            reader.problem("topics", f"The topic “{topic[:20]}…” is longer than {limits.TOPIC}.")
    return tuple(sorted(topics.values()))


def _add_activity(
    reader: RowReader,
    events: dict[str, str],
    days: dict[str, date],
    activities: defaultdict[str, list[Activity]],
) -> None:
    """Read an activity and put it with the others of its event."""
    reader.only(_ACTIVITY_COLUMNS, "Only events have this; this row is an activity.")
    reader.required("event", "Write the uid of the event that this activity belongs to.")
    reader.required("kind", "Write health check, webinar, talk or stall.")
    reader.required("title", "Write the title in English.")
    event = reader.text("event", limits.UID)
    if event and event not in events:
        nearest = vocabulary.nearest_to(event, events)
        hint = f" Did you mean “{nearest}”?" if nearest else ""
        reader.problem("event", f"No event here has the uid “{event}”.{hint}")
    title = reader.texts("title", limits.TITLE)
    day = reader.day("date") if reader.has("date") else days.get(event)
    starts_at = reader.moment(day, "start") if day else None
    ends_at = reader.moment(day, "end") if day else None
    if reader.has("end") and not reader.has("start"):
        reader.problem("start", "This cell is empty, but the row says when the activity ends.")
    if starts_at and ends_at and ends_at <= starts_at:
        reader.problem("end", "The activity ends before it starts, or at once.")
    kind = reader.one_of("kind", vocabulary.ACTIVITY_KINDS)
    if kind is None or "en" not in title:
        return
    uid = reader.text("uid", limits.UID) or fold(f"{kind} {title['en']}").replace(" ", "-")
    its = activities[event]
    if any(other.uid == uid for other in its):
        reader.problem("uid", f"“{uid}” is there twice at this event. Give each a uid of its own.")
    if len(its) == limits.ACTIVITIES:
        reader.problem("event", f"An event has at most {limits.ACTIVITIES} activities.")
    its.append(
        Activity(
            uid=uid,
            kind=kind,
            title=title,
            description=reader.texts("description", limits.DESCRIPTION, lines=True),
            organisation=reader.text("organisation", limits.ORGANISATION),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=reader.number("capacity", 1, limits.PLACES),
            slot_minutes=reader.number("slot_minutes", 1, limits.SLOT_MINUTES),
        )
    )
