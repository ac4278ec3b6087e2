"""Whether somebody wants reminders, and which."""
# ruff: noqa: ERA001 -- comments for translators look like code to it

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.events.views.labels import Onlooker
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP, beside_english, computer_made
from bot.people.views.welcome import go_home, in_pairs, start_messages_again
from bot.reminders.choices import ToCome
from bot.reminders.leads import DAYS, EARLIEST, HOURS, LATEST, NONE, Lead
from bot.reminders.views.reminding import soon

LABELS: Mapping[Lead, str] = {
    # Translators: button
    Lead.FORTNIGHT: N_("14 days before"),
    # Translators: button
    Lead.WEEK: N_("7 days before"),
    # Translators: button
    Lead.THREE_DAYS: N_("3 days before"),
    # Translators: button
    Lead.DAY: N_("1 day before"),
    # Translators: button
    Lead.TWO_HOURS: N_("2 hours before"),
    # Translators: button
    Lead.HOUR: N_("1 hour before"),
    # Translators: button
    Lead.AFTER: N_("After it: how was it?"),
}


def below_booking(eyes: Onlooker, english: Translator, booked: Message, coming: ToCome) -> Message:
    """The words about a booking, and below them what the person will hear before the event.

    Args:
        eyes: whoever has the place.
        english: shown beneath the question where nobody checked the translation.
        booked: the words about the booking.
        coming: the reminders that will come.
    """
    t, event = eyes.t, coming.event
    blocks = [booked.text]
    if coming.leads is None:
        blocks.append(_question(t))
        if t.is_machine:
            blocks.append(Markup("<i>{}</i>").format(computer_made(t)))
            blocks.append(_question(english))
        yes = Button(t.plain("Yes, remind me"), Tap.to("remindme", event.id))
        no = Button(t.plain("No reminders"), Tap.to("noremind", event.id))
        rows = ((yes, no), *booked.buttons)
    else:
        if coming.passed:
            blocks.append(soon(t, event, eyes.now, coming.zone))
        blocks.append(_told(t, coming))
        rows = (*booked.buttons, (_choose(t),))
    return replace(booked, text=GAP.join(blocks), buttons=rows)


def _question(t: Translator) -> Markup:
    return t(
        "<b>Shall I remind you?</b> I would write 7 days, 1 day and 2 hours before, and ask once "
        "afterwards how it was. You can choose other times, or stop it, whenever you like."
    )


def _told(t: Translator, coming: ToCome) -> Markup:
    if not coming.leads or coming.leads == Lead.AFTER:
        return t("You get no reminders.")
    if not coming.moments:
        return t("No reminder will come, because the event is so soon.")
    lines = [t("I remind you:")]
    lines += [
        t(
            "• {date}, {time}",
            date=t.date(at.astimezone(coming.zone).date()),
            time=t.time(at, coming.zone),
        )
        for at in coming.moments
    ]
    return Markup("\n").join(lines)


def screen(t: Translator, english: Translator, leads: Lead | None, *, stopped: bool) -> Message:
    """All the times there are, and which of them are chosen.

    Args:
        t: the reader's language.
        english: shown beneath where nobody checked the translation.
        leads: what is chosen; None where nothing was ever chosen.
        stopped: messages are stopped altogether.
    """
    chosen = NONE if leads is None else leads

    def view(t: Translator) -> Message:
        text = [
            t("<b>Reminders</b>"),
            t(
                "When shall I remind you of events that you have booked? Press a time to choose "
                "it. Press it again to take it away."
            ),
            _chosen(t, chosen),
            t(
                "I write between {earliest} and {latest}, UK time. A reminder that falls into the "
                "night comes earlier.",
                earliest=f"{EARLIEST:%H:%M}",
                latest=f"{LATEST:%H:%M}",
            ),
        ]
        if stopped:
            text.append(t("Messages are stopped, so no reminders come now."))
        return Message(GAP.join(text))

    message = beside_english(t, english, view)
    more = [[start_messages_again(t)]] if stopped else []
    return message.with_buttons(
        *in_pairs(_ticks(t, chosen)),
        [Button(t.plain("No reminders"), Tap.to("reminders", "none"))] if chosen else [],
        *more,
        [go_home(t)],
    )


def _chosen(t: Translator, chosen: Lead) -> Markup:
    if not chosen:
        return t("You get no reminders.")
    lines = [t("You have chosen:")]
    lines += [
        t("• {time}", time=t.plain(label)) for lead, label in LABELS.items() if lead in chosen
    ]
    return Markup("\n").join(lines)


def _ticks(t: Translator, chosen: Lead) -> Iterator[Button]:
    for lead in (*DAYS, *HOURS, Lead.AFTER):
        label = t.plain(LABELS[lead])
        wanted = lead in chosen
        if wanted:
            label = t.plain("{need}: yes", need=label)
        # The button says what will be, so that pressing it twice changes nothing more.
        yield Button(label, Tap.to("remind", int(lead), int(not wanted)))


def withdrawn(t: Translator) -> str:
    """A word that fades: no more reminders."""
    return t.plain("You get no more reminders.")


def _choose(t: Translator) -> Button:
    return Button(t.plain("Change my reminders"), Tap.to("reminders"))
