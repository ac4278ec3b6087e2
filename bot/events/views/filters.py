"""What a person can narrow the list down by: one screen for all, one for each."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from markupsafe import Markup

from bot.events.browse import Filters, When
from bot.events.look import ONLINE, Look
from bot.events.models import AccessFact
from bot.events.views.labels import (
    ACCESS,
    KINDS,
    LABEL,
    WHENS,
    Onlooker,
    access_names,
    borough_name,
    language_name,
    listing,
    plain_listing,
    turning,
)
from bot.events.views.lengths import clip
from bot.i18n import Translator
from bot.message import Button, Message, Tap

FACTS_AT_ONCE = 4  # access facts on one screen, so that it stays at eight buttons
LANGUAGES_AT_ONCE = 6


def narrow(eyes: Onlooker, look: Look) -> Message:
    """What is chosen now, and what can be chosen."""
    t, filters = eyes.t, look.filters
    everything = t.plain("all")
    chosen = {
        "area": t.plain("Area: {choice}", choice=area_label(eyes, filters)),
        "kind": t.plain(
            "Kind: {choice}", choice=t.plain(KINDS[filters.kind]) if filters.kind else everything
        ),
        "when": t.plain("When: {choice}", choice=when_label(t, filters.when)),
        "language": t.plain(
            "Language: {choice}",
            choice=language_name(t, filters.language) if filters.language else everything,
        ),
        "access": t.plain(
            "Access: {choice}",
            choice=plain_listing(t, access_names(t, filters.access)) or t.plain("not chosen"),
        ),
    }
    rows = [
        (Button(clip(label, LABEL), Tap.to("narrow", look.code(eyes.boroughs), which)),)
        for which, label in chosen.items()
    ]
    return Message(
        t("<b>Change what you see</b>")
        + "\n"
        + t("Choose what to change. You can also type words to search for, such as a place.")
    ).with_buttons(
        *rows,
        [Button(t.plain("Near me"), Tap.to("near"))],
        [Button(t.plain("Show all events"), Tap.to("list", Look().code(eyes.boroughs)))],
        [_back(eyes, look)],
    )


def choose_area(eyes: Onlooker, look: Look, own: str | None) -> Message:
    """Which boroughs: the person's own, with those around it, any other, online, everywhere."""
    t, filters = eyes.t, look.filters
    rows: list[tuple[Button, ...]] = []
    if own is not None and own in eyes.boroughs:
        rows += [
            (_to(eyes, t.plain("My area only"), _in(filters, own)),),
            (
                _to(
                    eyes,
                    t.plain("My area, nearby and online"),
                    replace(_in(filters, own), with_neighbours=True, or_online=True),
                ),
            ),
        ]
    else:
        rows.append((Button(t.plain("Tell us your area"), Tap.to("area")),))
    names = [_to(eyes, each.button, _in(filters, each.key)) for each in eyes.boroughs]
    rows += [tuple(names[at : at + 2]) for at in range(0, len(names), 2)]
    rows.append(
        (
            _to(eyes, t.plain("Online"), replace(_in(filters, ONLINE), or_online=True)),
            _to(eyes, t.plain("Everywhere"), _in(filters, None)),
        )
    )
    return _screen(eyes, look, t("<b>Which area?</b>"), area_label(eyes, filters), rows)


def choose_kind(eyes: Onlooker, look: Look) -> Message:
    """Which kind of event."""
    t, filters = eyes.t, look.filters
    rows = [
        (_to(eyes, t.plain(label), replace(filters, kind=kind)),) for kind, label in KINDS.items()
    ]
    rows.append((_to(eyes, t.plain("All kinds"), replace(filters, kind=None)),))
    now = t.plain(KINDS[filters.kind]) if filters.kind else t.plain("all")
    return _screen(eyes, look, t("<b>Which kind of event?</b>"), now, rows)


def choose_when(eyes: Onlooker, look: Look) -> Message:
    """Which stretch of time."""
    t, filters = eyes.t, look.filters
    rows = [
        (_to(eyes, t.plain(label), replace(filters, when=each)),) for each, label in WHENS.items()
    ]
    rows.append((_to(eyes, t.plain("Any time"), replace(filters, when=When.ANY)),))
    return _screen(eyes, look, t("<b>When?</b>"), when_label(t, filters.when), rows)


def choose_language(eyes: Onlooker, look: Look, spoken: Sequence[str]) -> Message:
    """Which language should be spoken there.

    Args:
        eyes: whoever looks.
        look: what they look at.
        spoken: codes of the languages to offer, the most useful first.
    """
    t, filters = eyes.t, look.filters
    rows = [
        (_to(eyes, clip(language_name(t, code), LABEL), replace(filters, language=code)),)
        for code in spoken[:LANGUAGES_AT_ONCE]
    ]
    rows.append((_to(eyes, t.plain("Any language"), replace(filters, language=None)),))
    now = language_name(t, filters.language) if filters.language else t.plain("all")
    return _screen(eyes, look, t("<b>Which language should people speak there?</b>"), now, rows)


def choose_access(eyes: Onlooker, look: Look, page: int) -> Message:
    """What the event must offer so that the person can take part; several may be chosen."""
    t, filters = eyes.t, look.filters
    facts = list(ACCESS)
    pages = -(-len(facts) // FACTS_AT_ONCE)
    page = min(max(1, page), pages)
    shown = facts[(page - 1) * FACTS_AT_ONCE : page * FACTS_AT_ONCE]
    rows: list[tuple[Button, ...]] = [(_fact(eyes, filters, fact),) for fact in shown]
    code = look.code(eyes.boroughs)
    rows.append(
        turning(
            t,
            Tap.to("narrow", code, "access", page - 1) if page > 1 else None,
            Tap.to("narrow", code, "access", page + 1) if page < pages else None,
        )
    )
    if filters.access:
        every = replace(filters, access=frozenset[AccessFact]())
        rows.append((_to(eyes, t.plain("Any access"), every),))
    now = plain_listing(t, access_names(t, filters.access)) or t.plain("nothing")
    return _screen(eyes, look, t("<b>What must the event offer?</b>"), now, rows)


def seen_as(eyes: Onlooker, filters: Filters) -> list[str]:
    """The filters that are on, in words."""
    t = eyes.t
    seen = []
    if filters.borough:
        seen.append(area_label(eyes, filters))
    if filters.kind:
        seen.append(t.plain(KINDS[filters.kind]))
    if filters.when is not When.ANY:
        seen.append(t.plain(WHENS[filters.when]))
    if filters.language:
        seen.append(language_name(t, filters.language))
    return seen + access_names(t, filters.access)


def area_label(eyes: Onlooker, filters: Filters) -> str:
    """Where the list looks."""
    t = eyes.t
    if filters.borough == ONLINE:
        return t.plain("Online")
    name = borough_name(eyes.boroughs, filters.borough)
    if not name:
        return t.plain("Everywhere")
    if filters.with_neighbours:
        if filters.or_online:
            return t.plain("{borough}, nearby and online", borough=name)
        return t.plain("{borough} and nearby", borough=name)
    return t.plain("{place} and online", place=name) if filters.or_online else name


def when_label(t: Translator, when: When) -> str:
    """A stretch of time in words."""
    return t.plain("Any time") if when is When.ANY else t.plain(WHENS[when])


def _screen(
    eyes: Onlooker, look: Look, question: Markup, now: str, rows: Iterable[tuple[Button, ...]]
) -> Message:
    text = question + "\n" + eyes.t("Chosen now: {choice}", choice=listing(eyes.t, [now]))
    back = Button(eyes.t.plain("Back"), Tap.to("narrow", look.code(eyes.boroughs)))
    return Message(text).with_buttons(*rows, [back])


def _in(filters: Filters, borough: str | None) -> Filters:
    return replace(filters, borough=borough, with_neighbours=False, or_online=False, words="")


def _fact(eyes: Onlooker, filters: Filters, fact: AccessFact) -> Button:
    label = eyes.t.plain(ACCESS[fact])
    if fact in filters.access:
        label = eyes.t.plain("Not needed: {fact}", fact=label)
    return _to(eyes, label, replace(filters, access=filters.access ^ {fact}))


def _to(eyes: Onlooker, label: str, filters: Filters) -> Button:
    return Button(label, Tap.to("list", Look(replace(filters, words="")).code(eyes.boroughs)))


def _back(eyes: Onlooker, look: Look) -> Button:
    return Button(eyes.t.plain("Back to the list"), Tap.to("list", look.code(eyes.boroughs)))


CHOICES: Final = ("area", "kind", "when", "language", "access")
"""What `narrow` can be asked to choose."""
