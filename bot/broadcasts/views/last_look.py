"""What there is to know about a broadcast before it goes out, and the last look at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.broadcasts.audience import Basis, Recipients
from bot.broadcasts.checking import Trouble, Worry
from bot.broadcasts.limits import ALONE, needs_second
from bot.broadcasts.models import Broadcast, Repeats, Stage
from bot.broadcasts.views.desk import FEW, LINE, Desk, goes_to, name_of, to, to_draft
from bot.broadcasts.views.progress import reason
from bot.delivery.models import Reason
from bot.events.views.labels import listing
from bot.i18n import N_, Translator
from bot.message import Button, Message
from bot.people.views import GAP

REPEATING: Final[Mapping[Repeats, str]] = {
    Repeats.WEEKLY: N_("It is sent again every week."),
    Repeats.MONTHLY: N_("It is sent again every month, on the same weekday."),
}
WORRIES: Final[Mapping[Trouble, str]] = {
    Trouble.NO_TEXT: N_("There is no text in English yet."),
    Trouble.TOO_LONG: N_("The text in {about} is too long. Please make it shorter."),
    Trouble.BROKEN_LINK: N_("This link does not look right: {about}"),
    Trouble.EVENT_GONE: N_("A button opens an event that is over or cancelled."),
    Trouble.SURVEY_CLOSED: N_("A button opens a survey that is closed."),
    Trouble.ALBUM_BUTTONS: N_("Several pictures have no buttons. They become links in the text."),
    Trouble.QUIET: N_(
        "These are quiet hours. It leaves later: 09:00 to 18:00, on Sundays from 12:00."
    ),
    Trouble.ALIKE: N_("Broadcast {about} said nearly the same a short while ago."),
    Trouble.PAST: N_("The time you chose is over. It leaves as soon as it may."),
    Trouble.UNREVIEWED: N_(
        "Nobody has checked the text in {about}. People get it in English until somebody has."
    ),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A broadcast before it goes out, with what there is to know about it.

    Attributes:
        recipients: whom it would reach now.
        worries: what is wrong with it, or may be.
        is_mine: whether the reader may not approve it: they asked for it, or changed it last.
        limited: the numbers of those, of whoever changed it last and asked for it last, who are
            new and whose limit the reader can lift.
        groups: the titles of the groups in which it is posted as well, as far as the role of
            whoever sends it goes.
    """

    broadcast: Broadcast
    recipients: Recipients
    worries: Sequence[Worry]
    is_mine: bool
    limited: frozenset[int] = frozenset()
    groups: Sequence[str] = ()


def check(desk: Desk, seen: Seen) -> Message:
    """The last look before it goes out: by whoever sends it, or by the second person."""
    t, broadcast = desk.t, seen.broadcast
    approves = broadcast.stage is Stage.WAITING
    title = t("<b>Approve this broadcast?</b>") if approves else t("<b>Send this broadcast?</b>")
    blocks = [
        title,
        Markup("{}").format(name_of(t, broadcast)),
        *recipients(desk, broadcast, seen.recipients),
        LINE.join(more(desk, seen)),
        *worries(desk, seen.worries),
    ]
    which = (broadcast.id, broadcast.revision)
    rows = []
    if approves:
        rows.append([Button(t.plain("Approve it"), to("approve", *which))])
        rows.append([Button(t.plain("Ask for a change"), to("sendback", *which))])
    else:
        if seen.recipients.people > ALONE:
            blocks.append(t("It goes to many people, so a second person reads it first."))
        elif needs_second(broadcast, seen.recipients.people):
            blocks.append(t("It goes into groups, so a second person reads it first."))
        else:
            later = broadcast.send_at is not None and broadcast.send_at > desk.now
            label = t.plain("Send it at its time") if later else t.plain("Send it now")
            rows.append([Button(label, to("send", *which))])
        rows.append([Button(t.plain("Ask a second person"), to("second", *which))])
    return Message(GAP.join(block for block in blocks if block)).with_buttons(
        *rows,
        [Button(t.plain("See it as people do"), to("preview", broadcast.id))],
        [to_draft(t, broadcast.id)],
    )


def recipients(desk: Desk, broadcast: Broadcast, found: Recipients) -> Iterator[Markup]:
    """How many would get it, by language and borough, and why others would not.

    What is below five is said in the same words whether it is nobody or somebody.
    """
    t = desk.t
    lines = [goes_to(t, found.people)]
    if found.people >= FEW:
        lines += _lines(t, {desk.language(key): n for key, n in found.by("language").items()})
        lines.append(t("– any other language: fewer than {number}", number=FEW))
        lines.append(t("By borough:"))
        lines += _lines(t, {desk.borough(key): n for key, n in found.by("borough").items()})
        lines.append(t("– anywhere else: fewer than {number}", number=FEW))
    yield LINE.join(lines)
    many = {why: people for why, people in found.left_out.items() if people >= FEW}
    lines = [t("Left out:"), *_lines(t, {reason(t, why): n for why, n in many.items()})]
    if others := [reason(t, why) for why in _why_left_out(broadcast) if why not in many]:
        lines.append(
            t(
                "– {reasons}: fewer than {number} for each reason",
                reasons=listing(t, others),
                number=FEW,
            )
        )
    yield LINE.join(lines)


def _lines(t: Translator, counts: Mapping[str, int]) -> list[Markup]:
    return [
        t("– {name}: {people}", name=name, people=people)
        for name, people in counts.items()
        if people >= FEW
    ]


def _why_left_out(broadcast: Broadcast) -> Iterator[Reason]:
    """Why people may be left out of this one whom its audience fits."""
    audience = broadcast.audience
    yield Reason.STOPPED
    yield Reason.BLOCKED
    if audience.basis is Basis.NEWS:
        yield Reason.NOT_WANTED
    if audience.not_booked:
        yield Reason.HAS_PLACE
    if audience.not_told_for:
        yield Reason.TOLD
    if audience.basis is Basis.NEWS and not broadcast.urgent:
        yield Reason.ENOUGH


def worries(desk: Desk, found: Sequence[Worry]) -> list[Markup]:
    """What is wrong with it, or may be."""
    t = desk.t
    named = {each.language for each in desk.catalogues.all}
    lines = []
    for each in found:
        about = desk.language(each.about) if each.about in named else each.about
        words = WORRIES[each.trouble]
        lines.append(t("⚠ {words}", words=t.plain(words, about=about)))
    return [LINE.join(lines)] if lines else []


def more(desk: Desk, seen: Seen) -> Iterator[Markup]:
    """What goes with it, when it leaves, and what is special about it, line by line."""
    t, broadcast = desk.t, seen.broadcast
    if broadcast.media:
        yield t.plural("With {n} file.", "With {n} files.", len(broadcast.media))
    if broadcast.links:
        yield t.plural("With {n} button.", "With {n} buttons.", len(broadcast.links))
    if seen.groups:
        yield t.plural("Posted in {n} group:", "Posted in {n} groups:", len(seen.groups))
        for title in seen.groups:
            yield Markup("– {}").format(title)
    if others := len(broadcast.posts) - len(seen.groups):
        yield t.plural(
            "Not posted in {n} other group: the role of whoever sends it is not for it.",
            "Not posted in {n} other groups: the role of whoever sends it is not for them.",
            others,
        )
    if broadcast.send_at is not None:
        yield t("When: {moment}", moment=desk.moment(broadcast.send_at))
    else:
        yield t("When: as soon as it may leave")
    if broadcast.repeats in REPEATING:
        yield t(REPEATING[broadcast.repeats])
    if broadcast.critical:
        yield t("Health can depend on it: no unchecked text goes out.")
    if broadcast.urgent:
        yield t("Urgent, at any hour. Reason: {reason}", reason=broadcast.urgent)
