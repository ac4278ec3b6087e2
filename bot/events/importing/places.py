"""Which borough and outward postcode an event's venue has."""

from dataclasses import dataclass

from bot.people.boroughs import Boroughs, Outcode


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of where a venue is.

    Attributes:
        borough: key of a borough of ours, or None.
        outcode: the outward part of its postcode, or "".
        note: a sentence for whoever brings the file, when something needs a look; or "".
    """

    borough: str | None
    outcode: str
    note: str = ""


def whereabouts(venue: str, boroughs: Boroughs) -> Whereabouts:
    """Recognise the postcode and the borough in an address.

    A postcode that lies in several boroughs settles none, unless the address names one of them.
    """
    outcode = boroughs.outcode_in(venue) or ""
    named = boroughs.mentioned_in(venue)
    if not outcode:
        return Whereabouts(named, "")
    candidates = boroughs.of_outcode(outcode)
    if named in candidates:
        return Whereabouts(named, outcode)
    return _by_outcode(outcode, boroughs)


def checked(borough: str | None, postcode: str, boroughs: Boroughs) -> Whereabouts:
    """The borough and postcode that a table gives, completed and compared with each other."""
    outcode = boroughs.outcode_in(postcode) or ""
    if not outcode:
        return Whereabouts(borough, "")
    if borough is None:
        return _by_outcode(outcode, boroughs)
    candidates = boroughs.of_outcode(outcode)
    if borough not in candidates:
        name = boroughs[borough].name
        return Whereabouts(borough, outcode, f"{outcode} does not lie in {name}. Is that right?")
    return Whereabouts(borough, outcode)


def _by_outcode(outcode: str, boroughs: Boroughs) -> Whereabouts:
    place = boroughs.read_place(outcode)
    if isinstance(place, Outcode) and place.certain:
        return Whereabouts(place.candidates[0], outcode)
    names = [boroughs[key].name for key in boroughs.of_outcode(outcode)]
    if not names:
        return Whereabouts(None, outcode)
    return Whereabouts(
        None,
        outcode,
        f"{outcode} can be in {' or '.join(names)}, or elsewhere. "
        "People who look for events in a borough find this one only if it names its borough.",
    )
