"""What a trial has shown, as tables that a document can hold."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping

from chaos.claims import order_of
from chaos.trial import PACES, Outcome

Rows = list[tuple[str, str]]


def report(outcomes: Mapping[str, Outcome]) -> str:
    """One column for each database; then what does not hold."""
    columns = {name: dict(_figures(outcome)) for name, outcome in outcomes.items()}
    labels = list(dict.fromkeys(label for column in columns.values() for label in column))
    lines = [
        f"| | {' | '.join(columns)} |",
        f"| --- |{' ---: |' * len(columns)}",
        *(
            f"| {label} | {' | '.join(column.get(label, '0') for column in columns.values())} |"
            for label in labels
        ),
    ]
    for name, outcome in outcomes.items():
        lines += ["", f"{name}: {'all holds' if not outcome.broken else 'DOES NOT HOLD'}"]
        lines += [f"- {what}" for what in outcome.broken]
    return "\n".join(lines)


def _figures(outcome: Outcome) -> Rows:
    return [*_process(outcome), *_updates(outcome), *_deliveries(outcome), *_trouble(outcome)]


def _process(outcome: Outcome) -> Rows:
    ways = outcome.ways
    starts = outcome.starts
    return [
        ("kills", f"{len(outcome.in_hand):,}"),
        ("starts, by polling and by webhook", f"{ways['polling']:,} and {ways['webhook']:,}"),
        (
            "seconds until it is at work again: median, longest",
            f"{statistics.median(starts):.1f}, {max(starts):.1f}" if starts else "",
        ),
        ("minutes in all", f"{outcome.seconds / 60:.1f}"),
    ]


def _updates(outcome: Outcome) -> Rows:
    people = list(outcome.evidence.updates.values())
    handled, answers = order_of(people), order_of(people, answers=True)
    return [
        ("updates said", f"{handled.said:,}"),
        ("updates handled", f"{handled.done:,}"),
        (
            "of these doubled, lost, out of order",
            f"{handled.doubled:,}, {handled.lost:,}, {handled.disordered:,}",
        ),
        ("updates answered", f"{answers.done:,}"),
        ("answers lost, out of order", f"{answers.lost:,}, {answers.disordered:,}"),
        ("answers repeated (allowed)", f"{answers.doubled:,}"),
    ]


def _deliveries(outcome: Outcome) -> Rows:
    evidence = outcome.evidence
    numbered = evidence.numbered
    received = Counter(min(each.received, 2) for each in numbered)
    crashed = [each for each in numbered if (each.state, each.reason) == ("unknown", "crash")]
    real = Counter[str]()
    for (kind, *_), count in evidence.real.items():
        real[kind] += count
    return [
        ("numbered deliveries owed", f"{len(numbered) + len(evidence.vanished):,}"),
        ("received never, once, more often", f"{received[0]:,}, {received[1]:,}, {received[2]:,}"),
        *(
            (f"{state} ({reason})" if reason else state, f"{count:,}")
            for (state, reason), count in sorted(
                Counter((each.state, each.reason) for each in numbered).items()
            )
        ),
        ("in a process's hands when it was killed", f"{sum(outcome.in_hand):,}"),
        ("kills with something in hand", f"{sum(map(bool, outcome.in_hand)):,}"),
        *(
            (
                f"most in hand at a kill, {_named(pace)}",
                f"{max(_at(outcome, pace), default=0):,}",
            )
            for pace in PACES
        ),
        (
            "of the unknown after a crash: arrived",
            f"{sum(each.received for each in crashed):,}",
        ),
        *_broadcasts(outcome),
        ("messages after a goodbye", f"{evidence.late:,}"),
        ("moves of an event that half of all have booked", f"{outcome.moves:,}"),
        *((f"deliveries of the kind {kind}", f"{count:,}") for kind, count in sorted(real.items())),
    ]


def _broadcasts(outcome: Outcome) -> Rows:
    found = outcome.evidence.broadcasts
    received = Counter(min(each.received, 2) for each in found.deliveries)
    ends = Counter((each.state, each.reason) for each in found.deliveries)
    kept = Counter(each.sent for each in found.taken_back if each.kept)
    return [
        ("broadcasts", f"{found.begun:,}"),
        *_counted("of these, times of", found.acts.items()),
        ("deliveries of broadcasts", f"{len(found.deliveries):,}"),
        (
            "of broadcasts received never, once, more often",
            f"{received[0]:,}, {received[1]:,}, {received[2]:,}",
        ),
        *(
            (f"of broadcasts {state}" + (f" ({reason})" if reason else ""), f"{count:,}")
            for (state, reason), count in sorted(ends.items())
        ),
        ("left after a pause, stop or recall", f"{found.escaped:,}"),
        ("messages to take back", f"{sum(each.sent == 'sent' for each in found.taken_back):,}"),
        ("of these still there", f"{kept['sent']:,}"),
        ("still there, as nobody knew that they had arrived", f"{kept['unknown']:,}"),
        ("volunteers who saw wrong counts in the end", f"{len(found.misshown):,}"),
    ]


def _at(outcome: Outcome, pace: str) -> list[int]:
    pairs = zip(outcome.paces, outcome.in_hand, strict=True)
    return [count for own, count in pairs if own == pace]


def _named(pace: str) -> str:
    return f"at {pace} messages a second" if pace != "0" else "at no limit of pace"


def _trouble(outcome: Outcome) -> Rows:
    evidence = outcome.evidence
    return [
        *_counted("calls struck by", evidence.struck.items()),
        *_counted("errors logged:", evidence.errors.items()),
    ]


def _counted(what: str, counts: Iterable[tuple[str, int]]) -> Rows:
    return [(f"{what} {name}", f"{count:,}") for name, count in sorted(counts)]
