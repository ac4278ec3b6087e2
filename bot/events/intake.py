"""Taking events in: what a file says becomes what we hold, and never twice."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from bot.clock import to_micros
from bot.db import Work
from bot.events.changes import Changes, Told
from bot.events.importing.result import Series
from bot.events.models import EventDraft
from bot.events.search import search_text
from bot.events.store import EventStore, as_json

_DATE_OF_SERIES = re.compile(r"/\d{8}(?:T\d{6}Z)?$")
_FINGERPRINT = 1  # counts up when the search text of an unchanged event would change


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the events of a file.

    Attributes:
        new: how many we did not know.
        changed: how many differ from what we held.
        unchanged: how many say what we hold already.
        older: how many were passed over, because we hold a later SEQUENCE.
        withdrawn: how many dates of repeating events are cancelled now, because the file, which
            lists all dates, does not list them any more.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0


async def take_in(
    work: Work, drafts: Sequence[EventDraft], now: datetime, series: Iterable[Series] = ()
) -> TakenIn:
    """Keep the events of a file; see `EventCatalogue.take_in`."""
    store = EventStore(work)
    changes = Changes(work)
    known = await store.known(draft.uid for draft in drafts)
    new = changed = unchanged = older = 0
    for draft in drafts:
        held = known.get(draft.uid)
        fingerprint = fingerprint_of(draft)
        if held is None:
            await store.add(draft, search_text(draft), fingerprint, now)
            new += 1
        elif draft.sequence < held["sequence"]:
            older += 1
        elif fingerprint != held["fingerprint"]:
            await store.change(held["id"], draft, search_text(draft), fingerprint, now)
            await changes.tell(held["id"], Told.of_row(held), Told.of_draft(draft), now)
            changed += 1
        else:
            if draft.sequence > held["sequence"]:
                await store.note_sequence(held["id"], draft.sequence)
            unchanged += 1
    withdrawn = await _withdraw(store, changes, {draft.uid for draft in drafts}, series, now)
    return TakenIn(new, changed, unchanged, older, withdrawn)


async def _withdraw(
    store: EventStore,
    changes: Changes,
    listed: Collection[str],
    series: Iterable[Series],
    now: datetime,
) -> int:
    """Cancel the dates ahead of these series that the file does not list; how many."""
    complete = {each.uid: each for each in series}
    withdrawn = 0
    for held in await store.dates_ahead(now) if complete else ():
        uid = held["uid"]
        its = complete.get(uid) or complete.get(_DATE_OF_SERIES.sub("", uid))
        if (
            its is not None
            and uid not in listed
            and held["sequence"] <= its.sequence
            and held["starts_at"] <= to_micros(its.until)
        ):
            before = Told.of_row(held)
            await store.cancel(held["id"], now)
            await changes.tell(held["id"], before, before.cancelled(), now)
            withdrawn += 1
    return withdrawn


def fingerprint_of(draft: EventDraft) -> str:
    """The same text for drafts that say the same, whatever their SEQUENCE."""
    facts = asdict(draft)
    del facts["sequence"]
    facts["topics"] = sorted(draft.topics)
    for moments in (facts, *facts["activities"]):
        for name in ("starts_at", "ends_at"):
            moment = moments[name]
            moments[name] = None if moment is None else to_micros(moment)
    facts["access"] = sorted(draft.access)
    facts["languages"] = sorted(draft.languages)
    return sha256(as_json([_FINGERPRINT, facts]).encode()).hexdigest()
