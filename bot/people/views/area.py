"""Where a person lives: asked, heard, kept."""

from collections.abc import Iterable

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.boroughs import ELSEWHERE, UNSURE, Borough, Boroughs, Outcode, OutsideArea
from bot.people.views import GAP
from bot.people.views.welcome import back_home, in_pairs


def ask(t: Translator, boroughs: Boroughs, current: str | None) -> Message:
    """The question where they live.

    Args:
        t: the reader's language.
        boroughs: to choose from.
        current: what they answered before, if they did.
    """
    said = [_now(t, boroughs, current)] if current else []
    question = t(
        "<b>Where do you live?</b>\n"
        "Then I can show you events near you first. Choose your borough, or type its name.\n"
        "You can also type your postcode. I keep only the first part, such as NW10."
    )
    last = back_home(t) if current else Button(t.plain("Not now"), Tap.to("home"))
    return Message(GAP.join([*said, question])).with_buttons(
        *_answers(t, boroughs, outcode=None), [last]
    )


def _now(t: Translator, boroughs: Boroughs, current: str) -> Markup:
    if current == ELSEWHERE:
        return t("You told me that you live outside our boroughs.")
    if current not in boroughs:
        return t("I do not know your area yet.")
    return t("Your area is {area}.", area=boroughs[current].name)


def which(t: Translator, boroughs: Boroughs, place: Outcode, *, known: bool) -> Message:
    """The first part of a postcode says too little: which borough is it?

    Args:
        t: the reader's language.
        boroughs: all of ours.
        place: what they typed; its candidates are offered, or all boroughs if it has none.
        known: whether they told us their area before, and may leave it as it is.
    """
    candidates = [boroughs[key] for key in place.candidates] or boroughs
    if not place.candidates:
        question = t("I cannot tell your borough from {outcode}.", outcode=place.outcode)
    elif place.edge:
        question = t("Most of {outcode} is outside our boroughs.", outcode=place.outcode)
    elif len(place.candidates) == 1:
        question = t("A part of {outcode} is outside our boroughs.", outcode=place.outcode)
    else:
        question = t("More than one borough has a part of {outcode}.", outcode=place.outcode)
    answers = _answers(t, candidates, outcode=place.outcode)
    # Who is not sure about a postcode is not unsure about the area they told us before.
    rows = [*answers[:-1], [_keep(t)]] if known else answers
    return Message(Markup("\n").join([question, t("<b>Where do you live?</b>")])).with_buttons(
        *rows
    )


def _answers(
    t: Translator, boroughs: Iterable[Borough], outcode: str | None
) -> tuple[tuple[Button, ...], ...]:
    part = (outcode,) if outcode else ()
    return (
        *in_pairs(Button(each.button, Tap.to("live", each.key, *part)) for each in boroughs),
        (Button(t.plain("Somewhere else"), Tap.to("live", ELSEWHERE)),),
        (Button(t.plain("I am not sure"), Tap.to("live", UNSURE, *part)),),
    )


def _keep(t: Translator) -> Button:
    return Button(t.plain("Keep my area as it is"), Tap.to("home"))


def kept(t: Translator, boroughs: Boroughs, answer: str | None) -> Markup:
    """Thanks for the answer, and what it changes."""
    if answer == ELSEWHERE:
        return t("Thank you. You are welcome here, wherever you live. I show you all events.")
    if answer is None or answer not in boroughs:
        return t("That is fine. I show you all events. You can tell me your area later.")
    return t(
        "Thank you. Your area is now {area}. I show you events there first.",
        area=boroughs[answer].name,
    )


def offer(t: Translator, borough: Borough, outcode: str | None, show: Tap) -> Message:
    """They typed a place: do they want to see its events, or do they live there?

    Args:
        t: the reader's language.
        borough: the place.
        outcode: the first part of the postcode they typed, if they did.
        show: opens the events there.
    """
    part = (outcode,) if outcode else ()
    return Message(t("What would you like to do with {area}?", area=borough.name)).with_buttons(
        [Button(t.plain("Show events in {area}", area=borough.button), show)],
        [
            Button(
                t.plain("Make {area} my area", area=borough.button),
                Tap.to("live", borough.key, *part),
            )
        ],
        [_keep(t)],
    )


def offer_outside(t: Translator, place: OutsideArea, show: Tap) -> Message:
    """They typed a place outside our boroughs, and told us before where they live.

    Args:
        t: the reader's language.
        place: what they typed.
        show: opens all events.
    """
    return Message(
        t(
            "{place} is outside our boroughs. You are welcome here all the same.",
            place=place.name or place.outcode or "",
        )
    ).with_buttons(
        [Button(t.plain("Show all events"), show)],
        [Button(t.plain("I live there"), Tap.to("live", ELSEWHERE))],
        [_keep(t)],
    )
