"""All broadcasts, and one of them as a volunteer sees it before it goes out."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from bot.broadcasts import wording
from bot.broadcasts.models import SOURCE, Broadcast, Stage
from bot.broadcasts.views import audience as audience_views
from bot.broadcasts.views.desk import (
    LINE,
    STAGES,
    Desk,
    few,
    goes_to,
    name_of,
    to,
    to_all,
    to_draft,
)
from bot.broadcasts.views.last_look import Seen, more, worries
from bot.i18n import Translator
from bot.message import Button, Message
from bot.people.views import GAP
from bot.people.views.welcome import go_home

ON_A_PAGE: Final = 6
SHOWN: Final = 200  # characters of a text


def all_of(
    desk: Desk, broadcasts: Sequence[Broadcast], page: int, total: int, *, past: bool
) -> Message:
    """Broadcasts, the newest first.

    Args:
        desk: whom it is shown to.
        broadcasts: those of this page.
        page: from 0.
        total: how many there are.
        past: those that have left, and not the drafts.
    """
    t = desk.t
    title = t("<b>Broadcasts that were sent</b>") if past else t("<b>Broadcasts</b>")
    text = [title]
    if not past:
        text.append(
            t("Write to many people at once. A second person reads it before it goes to many.")
        )
    if not broadcasts:
        text.append(t("There is none yet."))
    kind = "past" if past else "page"
    rows = [
        [
            Button(
                t.plain(
                    "{state}: {name}",
                    state=t.plain(STAGES[each.stage]),
                    name=name_of(t, each, 30),
                ),
                to("show", each.id),
            )
        ]
        for each in broadcasts
    ]
    turning = []
    if page:
        turning.append(Button(t.plain("Back"), to(kind, page - 1)))
    if (page + 1) * ON_A_PAGE < total:
        turning.append(Button(t.plain("More"), to(kind, page + 1)))
    other = (
        Button(t.plain("Drafts"), to()) if past else Button(t.plain("Sent before"), to("past", 0))
    )
    first = [] if past else [Button(t.plain("Write a new one"), to("new"))]
    return Message(GAP.join(text)).with_buttons(first, *rows, turning, [other], [go_home(t)])


def draft(desk: Desk, seen: Seen) -> Message:
    """One broadcast before it goes out."""
    t, broadcast = desk.t, seen.broadcast
    blocks = [
        Markup("<b>{}</b>").format(name_of(t, broadcast)),
        t("State: {state}", state=t.plain(STAGES[broadcast.stage])),
        t("A second person asks: {remark}", remark=broadcast.remark) if broadcast.remark else "",
        LINE.join(_texts(desk, seen)),
        audience_views.summary(desk, broadcast.audience),
        LINE.join(more(desk, seen)),
        goes_to(t, seen.recipients.people),
        *worries(desk, seen.worries),
    ]
    rows = list(_changes(t, broadcast) if broadcast.stage is Stage.DRAFT else _ways(desk, seen))
    rows += _limits(t, seen)
    return Message(GAP.join(block for block in blocks if block)).with_buttons(*rows, [to_all(t)])


def _texts(desk: Desk, seen: Seen) -> Iterator[Markup]:
    t, broadcast = desk.t, seen.broadcast
    if broadcast.has_words:
        yield t("Text:")
        words = wording.seen(broadcast.texts[SOURCE].html)
        cut = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
        yield Markup("<blockquote>{}</blockquote>").format(cut)
    by_language = seen.recipients.by("language")
    # Every language is named, so that a line does not tell whether there is anybody.
    for code in (each.language for each in desk.catalogues.all):
        if code in broadcast.texts:
            yield t("{language}: written", language=desk.language(code))
        else:
            yield t(
                "{language}: no text, {people} people get it in English",
                language=desk.language(code),
                people=few(t, by_language.get(code, 0)),
            )


def _changes(t: Translator, broadcast: Broadcast) -> Iterator[list[Button]]:
    number = broadcast.id
    yield [
        Button(t.plain("Text"), to("texts", number)),
        Button(t.plain("For whom"), to("aud", number)),
    ]
    yield [
        Button(t.plain("Pictures and files"), to("media", number)),
        Button(t.plain("Buttons"), to("links", number)),
    ]
    yield [Button(t.plain("When"), to("when", number)), Button(t.plain("More"), to("more", number))]
    yield [Button(t.plain("Post it in groups, too"), to("posts", number))]
    if broadcast.has_words:
        yield [Button(t.plain("See it as people do"), to("preview", number))]
        yield [Button(t.plain("Send it"), to("ask", number))]
    yield [Button(t.plain("Delete the draft"), to("discard", number))]


def _ways(desk: Desk, seen: Seen) -> Iterator[list[Button]]:
    t, broadcast = desk.t, seen.broadcast
    yield [Button(t.plain("See it as people do"), to("preview", broadcast.id))]
    if broadcast.stage is Stage.WAITING and not seen.is_mine:
        yield [Button(t.plain("Check and approve"), to("check", broadcast.id))]
    yield [Button(t.plain("Change the broadcast"), to("draft", broadcast.id))]


def _limits(t: Translator, seen: Seen) -> Iterator[list[Button]]:
    number, writer, sender = seen.broadcast.id, seen.broadcast.editor_id, seen.broadcast.asked_by
    if writer is not None and writer in seen.limited:
        yield [Button(t.plain("Lift its writer's limit"), to("lift", number, writer))]
    if sender is not None and sender != writer and sender in seen.limited:
        yield [Button(t.plain("Lift its sender's limit"), to("lift", number, sender))]


def waits(desk: Desk, broadcast: Broadcast, people: int) -> Message:
    """A second person is asked, or nobody can be.

    Args:
        desk: whom it is shown to.
        broadcast: what waits.
        people: how many may approve it.
    """
    t = desk.t
    text = [
        t("<b>I have asked for a second person.</b>"),
        t("Nothing is sent before somebody approves it. I tell you what comes of it."),
    ]
    if not people:
        text = [
            t("<b>Nobody else can approve this now.</b>"),
            t(
                "Nothing is sent before somebody does. Please ask an administrator to give "
                "somebody a role for it, then press the button again."
            ),
        ]
    return Message(GAP.join(text)).with_buttons([to_draft(t, broadcast.id)], [to_all(t)])


def scheduled(desk: Desk, broadcast: Broadcast) -> Message:
    """It begins by itself."""
    t = desk.t
    text = [t("<b>It is on its way.</b>")]
    if broadcast.begins_at is not None and broadcast.begins_at > desk.now:
        text.append(t("It begins: {moment}", moment=desk.moment(broadcast.begins_at)))
    else:
        text.append(t("It begins now. Here you see how far it has come."))
    return Message(GAP.join(text)).with_buttons([to_draft(t, broadcast.id)], [to_all(t)])


def sent_back(desk: Desk, broadcast: Broadcast) -> Message:
    """Whoever asked for it hears what is to be changed."""
    t = desk.t
    text = [
        t("<b>I pass it on.</b>"),
        t("The broadcast is a draft again. It waits for a second person once it is changed."),
    ]
    return Message(GAP.join(text)).with_buttons([to_draft(t, broadcast.id)], [to_all(t)])


def discarded(desk: Desk) -> Message:
    """The draft is gone."""
    return Message(desk.t("I have deleted the draft.")).with_buttons([to_all(desk.t)])


def surely_discard(desk: Desk, broadcast: Broadcast) -> Message:
    """Asked once more before a draft is deleted."""
    t = desk.t
    return Message(t("<b>Delete this draft?</b> {name}", name=name_of(t, broadcast))).with_buttons(
        [Button(t.plain("Yes, delete it"), to("discarded", broadcast.id))],
        [to_draft(t, broadcast.id)],
    )


def being_edited(t: Translator, minutes: int) -> str:
    """Somebody else is at it."""
    return t.plain_plural(
        "Somebody else is changing this just now. Try again in {n} minute.",
        "Somebody else is changing this just now. Try again in {n} minutes.",
        minutes,
    )


def same_person(t: Translator) -> str:
    """They cannot approve what they wrote themselves."""
    return t.plain("A second person has to do this. You wrote it or asked for it.")


def over_limit(t: Translator, limit: int, used: int) -> str:
    """They are new, and it goes to too many people."""
    return t.plain(
        "You are new here, so you can write to {limit} people a day. Today it was {used}. An "
        "organiser can lift this limit.",
        limit=limit,
        used=used,
    )


def limit_lifted(t: Translator) -> str:
    """A new volunteer may write to as many people as others now."""
    return t.plain("They can write to as many people as others now.")


def unfit(t: Translator) -> str:
    """It cannot go out as it is."""
    return t.plain("It cannot go out like this. Please look at what is marked.")
