"""What Baobab promises, each promise against the evidence."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from chaos.crowd import Fate
from chaos.evidence import Delivered, Evidence, Heard, TakenBack

SILENT = frozenset({"drop", "drop_after", "504"})
"""Faults after which nobody knows whether a message arrived."""
ATTEMPTS = 8
FATES = {
    Fate.BLOCKS: {"blocked", "stopped"},  # what is in hand when it is heard is stopped
    Fate.STOPS: {"stopped"},
    Fate.DEACTIVATES: {"deactivated", "blocked"},  # a refused answer counts as a block
}


@dataclass(frozen=True)
class Order:
    """How the updates, or their answers, of everybody came out."""

    said: int
    done: int
    doubled: int
    lost: int
    disordered: int


def order_of(people: list[Heard], *, answers: bool = False) -> Order:
    said = done = doubled = lost = disordered = 0
    for each in people:
        numbers = each.answered if answers else each.handled
        first_times = list(dict.fromkeys(numbers))
        said += each.said
        done += len(first_times)
        doubled += len(numbers) - len(first_times)
        lost += len(set(range(each.said)) - set(numbers))
        disordered += sum(b < a for a, b in pairwise(first_times))
    return Order(said, done, doubled, lost, disordered)


def broken(evidence: Evidence) -> list[str]:
    """What does not hold, in words; nothing if all is well."""
    return [
        *_updates(evidence),
        *_deliveries(evidence),
        *_broadcasts(evidence),
        *_notices(evidence),
        *_process(evidence),
    ]


def _updates(evidence: Evidence) -> Iterator[str]:
    people = list(evidence.updates.values())
    handled, answers = order_of(people), order_of(people, answers=True)
    if handled.doubled:
        yield f"{handled.doubled} updates were handled more than once"
    if handled.lost:
        yield f"{handled.lost} updates were lost"
    if handled.disordered:
        yield f"{handled.disordered} updates were handled out of order"
    if answers.lost:
        yield f"{answers.lost} updates were never answered"
    if answers.disordered:
        yield f"{answers.disordered} answers came out of order"


def _deliveries(evidence: Evidence) -> Iterator[str]:
    wrong = Counter(why for each in evidence.numbered if (why := wrong_with(each)))
    for why, count in sorted(wrong.items()):
        yield f"{count} deliveries: {why}"
    if evidence.vanished:
        yield f"{len(evidence.vanished)} deliveries that were owed are gone"
    if evidence.late:
        yield f"{evidence.late} messages left for people after the goodbye they asked for"


def wrong_with(each: Delivered) -> str:
    """What is wrong with a delivery; nothing if it came out as promised."""
    if each.received > 1:
        return "received more than once"
    match each.state, each.reason:
        case "unknown", "crash":
            wrong = "" if each.claimed else "unknown after a crash, but in nobody's hands at a kill"
        case _ if each.claimed:
            wrong = "in a killed process's hands, but not unknown"
        case "sent", _:
            wrong = "" if each.received else "sent, but never received"
        case (("skipped" | "failed"), _):
            wrong = _ended(each)
        case "unknown", "no answer":
            wrong = _silenced(each)
        case state, reason:
            wrong = f"left {state} ({reason})"
    return wrong


def _ended(each: Delivered) -> str:
    name = f"{each.state} ({each.reason})"
    if each.received:
        return f"{name}, but received"
    if each.state == "failed":
        if each.reason == "tried too often":
            tries = sum(count for kind, count in each.struck.items() if kind.startswith("50"))
            return "" if tries >= ATTEMPTS else f"{name}, but tried {tries} times"
        expected = {"never started", "chat not found"} if each.stranger else set()
    else:
        expected = {"missed"} | (FATES[each.fate] if each.fate else set())
        expected |= {"called off"} if each.called_off else set()
    return "" if each.reason in expected else f"{name} without a cause"


def _silenced(each: Delivered) -> str:
    silent = SILENT & each.struck.keys()
    if not silent:
        return "unknown for want of an answer, but no call of it went wrong"
    # it is never tried again, so it can have met only one of them
    arrived = int("drop_after" in silent)
    return "" if each.received == arrived else "unknown for want of an answer, but miscounted"


def _broadcasts(evidence: Evidence) -> Iterator[str]:
    found = evidence.broadcasts
    wrong = Counter(why for each in found.deliveries if (why := wrong_with(each)))
    for why, count in sorted(wrong.items()):
        yield f"{count} of a broadcast: {why}"
    if found.escaped:
        yield f"{found.escaped} left after their broadcast was paused, stopped or taken back"
    kept = Counter(why for each in found.taken_back if (why := wrong_with_recall(each)))
    for why, count in sorted(kept.items()):
        yield f"{count} of a broadcast that was taken back: {why}"
    for shown, true in found.misshown:
        yield f"a volunteer saw {shown!r} where {true} is true"


def wrong_with_recall(each: TakenBack) -> str:
    """What is wrong with the end of a message that was taken back; nothing if nothing is."""
    if each.sent != "sent":
        # Where nobody knows whether it arrived, nobody knows the message either.
        return "still there" if each.kept and each.sent != "unknown" else ""
    match each.state, each.reason:
        case ("sent", _) | ("skipped", "message gone"):
            return "still there" if each.kept else ""
        case ("skipped", reason) if each.fate and reason in FATES[each.fate]:
            return ""
        case ("failed", "tried too often"):
            return ""
        case "", _:
            return "sent, and never taken away"
        case state, reason:
            return f"left {state} ({reason})"


def _notices(evidence: Evidence) -> Iterator[str]:
    twice = sum(count > 1 for count in evidence.notices.values())
    if twice:
        yield f"{twice} words about the event came more than once"
    if evidence.misplaced:
        yield f"{evidence.misplaced} deliveries are noted as a message that is not there"
    received: Counter[int] = Counter()
    for (who, _), count in evidence.notices.items():
        received[who] += count
    astray = sum(
        not sent <= received[who] <= sent + unknown
        for who, (sent, unknown) in evidence.notices_owed.items()
    )
    if astray:
        yield f"{astray} people got more or fewer words about the event than were sent"
    for (kind, state, reason), count in sorted(evidence.real.items()):
        if state in {"due", "retry", "claimed"} or (state != "sent" and not reason):
            yield f"{count} deliveries of the kind {kind} are left {state}"


def _process(evidence: Evidence) -> Iterator[str]:
    for what, count in evidence.unfinished.items():
        if count:
            yield f"{count} {what} in the end"
    if evidence.printed:
        yield f"the bot printed: {' | '.join(evidence.printed[:20])}"
