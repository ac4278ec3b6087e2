"""The parts of a broadcast, each on a screen of its own: texts, files, buttons, time, the rest."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from bot.broadcasts import wording
from bot.broadcasts.drafting import MOST_LINKS, MOST_MEDIA, is_full
from bot.broadcasts.models import SOURCE, Broadcast, Link, LinkKind, Repeats, Stage
from bot.broadcasts.views.audience import NO_TICK, TICK
from bot.broadcasts.views.desk import LINE, Desk, to, to_draft
from bot.broadcasts.views.questions import CHOICES, asked
from bot.forms.happened import Step
from bot.i18n import N_, Translator
from bot.message import Button, Message
from bot.people.views import GAP

LINKS: Final[Mapping[LinkKind, str]] = {
    LinkKind.EVENT: N_("An event"),
    LinkKind.SURVEY: N_("A survey"),
    LinkKind.WEB: N_("A web page"),
}


def texts(desk: Desk, broadcast: Broadcast) -> Message:
    """The text in each language, written or not."""
    t = desk.t
    rows = []
    for each in desk.catalogues.all:
        text = broadcast.texts.get(each.language)
        if text is None:
            label = t.plain("{language}: write it", language=each.name)
        elif text.reviewed_by:
            label = t.plain("{language}: checked", language=each.name)
        else:
            label = t.plain("{language}: written", language=each.name)
        rows.append([Button(label, to("write", broadcast.id, each.language))])
    text_blocks = [
        t("<b>Text</b>"),
        t("Write it in English first. Then write each other language, or ask for it."),
        t("People whose language has no text get it in English, with a note."),
    ]
    return Message(GAP.join(text_blocks)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def write(desk: Desk, broadcast: Broadcast, language: str, step: Step) -> Message:
    """One language's text, and the question for a new one."""
    t = desk.t
    blocks = [asked(desk, step, language=desk.language(language))]
    text = broadcast.texts.get(language)
    if text is not None:
        blocks.append(t("This is the text now:"))
        blocks.append(Markup(text.html))  # noqa: S704 -- checked when it was taken
    elif language != SOURCE and broadcast.has_words:
        blocks.append(t("This is the text in English:"))
        blocks.append(Markup(broadcast.texts[SOURCE].html))  # noqa: S704 -- as above
    if broadcast.stage is not Stage.DRAFT:
        blocks.append(
            t("If you change it now, it is a draft again, and somebody has to send it once more.")
        )
    rows = []
    number, revision = broadcast.id, broadcast.revision
    if text is not None:
        if not text.reviewed_by and language == t.language != SOURCE:
            label = t.plain("I checked it: it is right")
            rows.append([Button(label, to("review", number, revision, language))])
        rows.append(
            [Button(t.plain("Take this text away"), to("erase", number, revision, language))]
        )
    elif language != SOURCE:
        label = t.plain("Ask who writes {language}", language=desk.language(language))
        rows.append([Button(label, to("wanted", number, language))])
    rows.append([Button(t.plain("Back to the texts"), to("texts", number))])
    return Message(GAP.join(blocks)).with_buttons(*rows)


def not_their_language(desk: Desk, language: str) -> str:
    """They use the bot in another language than that of the text which they checked."""
    return desk.t.plain(
        "This text is in {language}. Please ask a second person to check it who uses me in "
        "that language.",
        language=desk.language(language),
    )


def asked_for(t: Translator, people: int) -> str:
    """Whether anybody is asked for a text."""
    if not people:
        return t.plain("I know nobody else who writes this language and can be asked.")
    return t.plain_plural("I have asked {n} person.", "I have asked {n} people.", people)


def too_long(t: Translator, length: int, most: int) -> Markup:
    """A text does not fit into a message."""
    return t(
        "This text has {length} letters. {most} at most fit. Please send a shorter one.",
        length=length,
        most=most,
    )


def media(desk: Desk, broadcast: Broadcast, step: Step, *, taken: bool = False) -> Message:
    """The pictures and files, and how to add more."""
    t = desk.t
    blocks = [t("I have it.")] if taken else []
    if not is_full(broadcast):
        blocks.append(asked(desk, step))
    blocks.append(
        t.plural("There is {n} file now.", "There are {n} files now.", len(broadcast.media))
        if broadcast.media
        else t("There is none yet.")
    )
    blocks.append(
        t(
            "Several pictures and films become one album of {number} at most. Under a picture or "
            "a file the text can be shorter: {letters} letters.",
            number=MOST_MEDIA,
            letters=wording.longest(with_files=True),
        )
    )
    rows = []
    if broadcast.media:
        rows.append(
            [Button(t.plain("Take all away"), to("nomedia", broadcast.id, broadcast.revision))]
        )
    return Message(GAP.join(blocks)).with_buttons(
        *rows, [Button(t.plain("Done"), to("show", broadcast.id))]
    )


def not_together(t: Translator) -> Markup:
    """This file and those before it cannot stand in one message."""
    return t(
        "This does not go together with what is there. Pictures and films go together, files go "
        "with files. A voice message stands alone."
    )


def full(t: Translator) -> Markup:
    """No more files fit."""
    return t(
        "{number} files are the most that fit in one message. I have not taken this one. To send "
        "others, take all away first.",
        number=MOST_MEDIA,
    )


def links(desk: Desk, broadcast: Broadcast, names: Mapping[str, str]) -> Message:
    """The buttons, and how to add more.

    Args:
        desk: whom it is shown to.
        broadcast: whose buttons they are.
        names: what they open, by kind and number, such as "event 5".
    """
    t = desk.t
    lines = [
        t(
            "– {kind}: {name}",
            kind=t.plain(LINKS[link.kind]),
            name=_opens(link, names),
        )
        for link in broadcast.links
    ]
    blocks = [
        t("<b>Buttons under the broadcast</b>"),
        LINE.join(lines) if lines else t("There is none yet."),
    ]
    rows = []
    if len(broadcast.links) < MOST_LINKS:
        rows += [
            [Button(t.plain("Add an event"), to("event", broadcast.id))],
            [Button(t.plain("Add a survey"), to("survey", broadcast.id))],
            [Button(t.plain("Add a web page"), to("web", broadcast.id))],
        ]
    if broadcast.links:
        rows.append(
            [Button(t.plain("Take all away"), to("nolinks", broadcast.id, broadcast.revision))]
        )
    return Message(GAP.join(blocks)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def _opens(link: Link, names: Mapping[str, str]) -> str:
    if link.kind is LinkKind.WEB:
        return f"{link.label}, {link.to}"
    return names.get(f"{link.kind} {link.to}", link.to)


def pick(
    desk: Desk,
    broadcast: Broadcast,
    kind: LinkKind,
    offered: Sequence[tuple[int, str]],
    more: Sequence[Button],
) -> Message:
    """Events or surveys that a button can open."""
    t = desk.t
    rows = [
        [Button(label, to("link", broadcast.id, broadcast.revision, kind.value, key))]
        for key, label in offered
    ]
    text = t("What does the button open?") if rows else t("There is nothing to choose here now.")
    return Message(text).with_buttons(
        *rows, list(more), [Button(t.plain("Back to the buttons"), to("links", broadcast.id))]
    )


def when(desk: Desk, broadcast: Broadcast) -> Message:
    """When it leaves."""
    t = desk.t
    blocks = [t("<b>When it leaves</b>")]
    if broadcast.send_at is None:
        blocks.append(t("Now: as soon as it may leave"))
    else:
        blocks.append(t("Now: {moment}", moment=desk.moment(broadcast.send_at)))
    if broadcast.repeats is not Repeats.NEVER:
        blocks.append(t(CHOICES[broadcast.repeats.name.lower()]))
    blocks.append(
        t(
            "Broadcasts leave from 09:00 to 18:00, on Sundays from 12:00. What is not finished "
            "then goes on the next day."
        )
    )
    rows = [[Button(t.plain("Choose a time"), to("time", broadcast.id))]]
    if broadcast.send_at is not None:
        label = t.plain("As soon as it may leave")
        rows.append([Button(label, to("soon", broadcast.id, broadcast.revision))])
    return Message(GAP.join(blocks)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def more(desk: Desk, broadcast: Broadcast, *, may_be_urgent: bool) -> Message:
    """What few broadcasts need."""
    t, number, revision = desk.t, broadcast.id, broadcast.revision
    blocks = [
        t(
            "<b>Health can depend on it</b>: then no text goes out that only its writer has read. "
            "People get English in its place."
        )
    ]
    label = (
        t.plain("Health does not depend on it")
        if broadcast.critical
        else t.plain("Health can depend on it")
    )
    rows = [[Button(label, to("critical", number, revision))]]
    if may_be_urgent:
        blocks.append(
            t(
                "<b>Urgent</b>: it leaves at any hour, also to people who got enough messages "
                "this week. The reason is kept with the broadcast."
            )
        )
        if broadcast.urgent:
            rows.append([Button(t.plain("It is not urgent"), to("calm", number, revision))])
        else:
            rows.append([Button(t.plain("It is urgent"), to("urgent", number))])
    rows.append([Button(t.plain("Write a new one like this"), to("like", number))])
    return Message(GAP.join(blocks)).with_buttons(*rows, [to_draft(t, number)])


def posts(desk: Desk, broadcast: Broadcast, offered: Sequence[tuple[int, str]]) -> Message:
    """Groups in which it is posted as well, to tick."""
    t = desk.t
    rows = [
        [
            Button(
                f"{TICK if number in broadcast.posts else NO_TICK} {label}",
                to("post", broadcast.id, broadcast.revision, number),
            )
        ]
        for number, label in offered
    ]
    text = [t("<b>Post it in groups, too</b>")]
    if rows:
        text.append(t("Each group gets it in its own language."))
    else:
        text.append(
            t(
                "There is no group yet. Add the bot to a group, and send {command} there.",
                command="/thisgroup",
            )
        )
    return Message(GAP.join(text)).with_buttons(*rows, [to_draft(t, broadcast.id)])


def preview(desk: Desk, broadcast: Broadcast) -> Message:
    """In which language to see it."""
    t = desk.t
    rows = [
        [Button(each.name, to("see", broadcast.id, each.language))] for each in desk.catalogues.all
    ]
    return Message(
        t("I send it to you alone, just as people get it. In which language?")
    ).with_buttons(*rows, [to_draft(t, broadcast.id)])


def preview_comes(t: Translator) -> str:
    """The preview is on its way."""
    return t.plain("Here it comes, to you alone.")
