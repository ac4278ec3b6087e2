"""What came of a broadcast."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from bot.broadcasts.crowd import Outcome
from bot.broadcasts.models import Broadcast
from bot.broadcasts.reports import Report
from bot.broadcasts.views.desk import FEW, LINE, STAGES, Desk, few, name_of
from bot.broadcasts.views.drafts import ON_A_PAGE
from bot.broadcasts.views.progress import counts, forgotten
from bot.events.views.labels import listing
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.people.views.welcome import go_home

VERB: Final = "reports"
"""The verb of the buttons of those who read reports alone."""
DONE: Final[Mapping[str, str]] = {
    "opened": N_("opened {number}"),
    "booked": N_("booked {number}"),
    "attended": N_("had a place at the end {number}"),
    "stopped": N_("stopped {number}"),
    "blocked": N_("blocked {number}"),
}
"""What people do with a broadcast, in the few words of a line of many."""


def all_of(desk: Desk, broadcasts: Sequence[Broadcast], page: int, total: int) -> Message:
    """Broadcasts that have begun, the newest first, each with the way to its report.

    Args:
        desk: whom it is shown to.
        broadcasts: those of this page.
        page: from 0.
        total: how many there are.
    """
    t = desk.t
    text = [
        t("<b>Results of broadcasts</b>"),
        t("You see numbers only. Nobody can see who got a message, or what they did."),
    ]
    if not broadcasts:
        text.append(t("There is none yet."))
    rows = [
        [
            Button(
                t.plain(
                    "{state}: {name}",
                    state=t.plain(STAGES[each.stage]),
                    name=name_of(t, each, 30),
                ),
                Tap.to(VERB, "show", each.id),
            )
        ]
        for each in broadcasts
    ]
    turning = []
    if page:
        turning.append(Button(t.plain("Back"), Tap.to(VERB, page - 1)))
    if (page + 1) * ON_A_PAGE < total:
        turning.append(Button(t.plain("More"), Tap.to(VERB, page + 1)))
    return Message(GAP.join(text)).with_buttons(*rows, turning, [go_home(t)])


def to_reports(t: Translator) -> Button:
    """The way to all reports."""
    return Button(t.plain("All reports"), Tap.to(VERB))


def report(desk: Desk, read: Report, *back: Button) -> Message:
    """What came of it, as a whole and by language and borough.

    Args:
        desk: whom it is shown to.
        read: what there is to say.
        back: where whoever reads it came from.
    """
    t, found, outcomes = desk.t, read.progress, read.outcomes
    broadcast, rows = found.broadcast, [[each] for each in back]
    title = t("<b>Report: {name}</b>", name=name_of(t, broadcast))
    if found.is_forgotten:
        return Message(GAP.join([title, forgotten(t, broadcast)])).with_buttons(*rows)
    blocks = [title, LINE.join(counts(t, found)), LINE.join(_totals(t, outcomes))]
    if broadcast.urgent:
        blocks.insert(1, t("Urgent, at any hour. Reason: {reason}", reason=broadcast.urgent))
    if sum(each.reached for each in outcomes) >= FEW:
        by_language = _grouped(outcomes, lambda each: desk.language(each.language))
        rest = t("any other language: reached fewer than {number}", number=FEW)
        blocks.append(LINE.join([t("<b>By language</b>"), *_rows(t, by_language), rest]))
        by_borough = _grouped(outcomes, lambda each: desk.borough(each.borough))
        rest = t("anywhere else: reached fewer than {number}", number=FEW)
        blocks.append(LINE.join([t("<b>By borough</b>"), *_rows(t, by_borough), rest]))
    blocks.append(
        t(
            "Numbers under {number} of what people did are not shown, so that nobody can be told "
            "from them.",
            number=FEW,
        )
    )
    return Message(GAP.join(blocks)).with_buttons(*rows)


def _grouped(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str]
) -> Mapping[str, Sequence[Outcome]]:
    grouped: dict[str, list[Outcome]] = {}
    for each in outcomes:
        grouped.setdefault(key(each), []).append(each)
    return grouped


def _sums(rows: Sequence[Outcome]) -> dict[str, int]:
    names = ("reached", "opened", "booked", "attended", "stopped", "blocked")
    return {name: sum(getattr(each, name) for each in rows) for name in names}


def _totals(t: Translator, outcomes: Sequence[Outcome]) -> list[Markup]:
    sums = _sums(outcomes)
    return [
        t("Reached: {number}", number=sums["reached"]),
        t("Opened what it shows: {number}", number=few(t, sums["opened"])),
        t("Booked: {number}", number=few(t, sums["booked"])),
        t("Had a place when it was over: {number}", number=few(t, sums["attended"])),
        t("Stopped news or messages because of it: {number}", number=few(t, sums["stopped"])),
        t("Blocked the bot since: {number}", number=few(t, sums["blocked"])),
    ]


def _rows(t: Translator, grouped: Mapping[str, Sequence[Outcome]]) -> Iterator[Markup]:
    """A line for each that holds enough people; what is too small to be shown is left out of it."""
    for name, its in grouped.items():
        sums = _sums(its)
        if sums["reached"] < FEW:
            continue
        done = [
            t.plain(what, number=sums[each]) for each, what in DONE.items() if sums[each] >= FEW
        ]
        if len(done) < len(DONE):
            done.append(t.plain("all else fewer than {number}", number=FEW))
        yield t(
            "{name}: reached {reached}, {done}",
            name=name,
            reached=sums["reached"],
            done=listing(t, done),
        )
