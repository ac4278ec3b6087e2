"""What the people of one event need, for its organisers: numbers and notes, and nobody's name."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot.events.models import Event
from bot.events.views.labels import bold, title_of, turning, when
from bot.events.views.lengths import units
from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.needs_form import INTERPRETER
from bot.people.views import GAP
from bot.people.views.needs import name_of
from bot.people.views.roles import to_schedule
from bot.reminders.needs import NeededThere

ROOM = 3_000
"""UTF-16 units of a list on one page: with what stands above it, a page fits into a message."""
LINE = Markup("\n")

Section = tuple[Markup, Sequence[Markup]]
"""A heading, which may be empty, and lines."""


def needed(t: Translator, there: NeededThere, came_from: int, page: int) -> Message:
    """What people need, what interpreters are to speak, and notes; in pages.

    Args:
        t: the reader's voice.
        there: what is needed.
        came_from: the page of the list of events that the reader came from.
        page: from 1; any other number gives the nearest there is.
    """
    event, came_from = there.event, max(1, came_from)
    pages = list(_pages(list(_sections(t, there)))) or [Markup()]
    page = min(max(1, page), len(pages))
    heading = [bold(t, t.plain("What people need")), bold(t, title_of(t, event.title))]
    confidential = t(
        "Only organisers see this. Please use it to prepare, and pass it on to nobody else."
    )
    blocks = [LINE.join([*heading, when(t, event)]), confidential, *_how_many(t, there)]
    if pages[page - 1]:
        blocks.append(pages[page - 1])
    if len(pages) > 1:
        blocks.append(t("Page {page} of {pages}.", page=page, pages=len(pages)))

    def to(number: int) -> Tap:
        return Tap.to("schedule", "needs", event.id, came_from, number)

    return Message(GAP.join(blocks)).with_buttons(
        turning(t, to(page - 1) if page > 1 else None, to(page + 1) if page < len(pages) else None),
        [
            Button(t.plain("Update"), to(page)),
            Button(t.plain("Back"), Tap.to("schedule", "event", event.id, came_from)),
        ],
        [to_schedule(t)],
    )


def to_needs(t: Translator, event: Event, came_from: int) -> Button:
    """Leads to what the people of an event need."""
    return Button(
        t.plain("What people need"), Tap.to("schedule", "needs", event.id, max(1, came_from), 1)
    )


def _how_many(t: Translator, there: NeededThere) -> Iterator[Markup]:
    if there.told:
        yield t.plural(
            "{n} person with a place told us what they need.",
            "{n} people with a place told us what they need.",
            there.told,
        )
    elif not there.unreadable:
        yield t(
            "Nobody with a place has told us that they need something. This can still change: "
            "please look again shortly before the event."
        )
    if there.unreadable:
        yield t.plural(
            "{n} person told us what I cannot read: the key to it is lost. Please tell the people "
            "who run this bot.",
            "{n} people told us what I cannot read: the key to it is lost. Please tell the people "
            "who run this bot.",
            there.unreadable,
        )


def _sections(t: Translator, there: NeededThere) -> Iterator[Section]:
    things = ((name_of(t, key), number) for key, number in there.things.items())
    yield Markup(), [_counted(t, *each) for each in things]
    unsaid = t.plain("Language not said")
    languages = ((language or unsaid, number) for language, number in there.languages)
    yield bold(t, name_of(t, INTERPRETER)), [_counted(t, *each) for each in languages]
    notes = (" ".join(note.split()) for note in there.notes)
    yield t("<b>In their own words</b>"), [t("• {need}", need=note) for note in notes]


def _counted(t: Translator, what: str, number: int) -> Markup:
    return t("• {answer}: {number}", answer=what, number=number)


def _pages(sections: Sequence[Section]) -> Iterator[Markup]:
    """Sections in pages that each have room; one that goes on says its heading again."""
    blocks: list[list[Markup]] = []
    taken = 0
    for heading, lines in sections:
        begun = False
        for line in lines:
            room = _room(line)
            if blocks and taken + room + _room(heading) > ROOM:
                yield GAP.join(LINE.join(block) for block in blocks)
                blocks, taken, begun = [], 0, False
            if not begun:
                blocks.append([heading] if heading else [])
                taken += _room(heading)
                begun = True
            blocks[-1].append(line)
            taken += room
    if blocks:
        yield GAP.join(LINE.join(block) for block in blocks)


def _room(text: Markup) -> int:
    """What a line takes as it is sent, which is never less than what is seen of it."""
    return units(text) + len(GAP)
