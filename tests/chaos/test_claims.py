"""That `make chaos` would see what it looks for: evidence of each kind of failure is one."""

from collections import Counter
from dataclasses import replace

import pytest

from chaos.claims import Order, broken, order_of, wrong_with, wrong_with_recall
from chaos.crowd import Fate
from chaos.evidence import Broadcasts, Delivered, Evidence, Heard, TakenBack

SENT = Delivered(id=1, state="sent", reason="", received=1)
SKIPPED = Delivered(id=2, state="skipped", reason="missed", received=0)
CRASHED = Delivered(id=3, state="unknown", reason="crash", received=1, claimed=True)
SILENT = Delivered(
    id=4, state="unknown", reason="no answer", received=1, struck=Counter({"drop_after": 1})
)
AWAY = TakenBack(sent="sent", state="sent", reason="", kept=False)
FAILED = Delivered(id=5, state="failed", reason="chat not found", received=0, stranger=True)


def well() -> Evidence:
    """What is gathered where all holds."""
    return Evidence(
        updates={1: Heard(3, [0, 1, 2], [0, 0, 1, 2])},
        numbered=[SENT, SKIPPED, CRASHED, SILENT, FAILED],
        notices=Counter({(1, "moved"): 1}),
        notices_owed={1: (1, 1)},
        real=Counter({("change", "sent", ""): 1, ("change", "unknown", "crash"): 1}),
    )


def test_nothing_is_wrong_where_all_holds() -> None:
    assert broken(well()) == []


@pytest.mark.parametrize(
    ("heard", "order"),
    [
        (Heard(3, [0, 1, 1, 2], []), Order(said=3, done=3, doubled=1, lost=0, disordered=0)),
        (Heard(3, [0, 2], []), Order(said=3, done=2, doubled=0, lost=1, disordered=0)),
        (Heard(3, [0, 2, 1], []), Order(said=3, done=3, doubled=0, lost=0, disordered=1)),
        (Heard(3, [], []), Order(said=3, done=0, doubled=0, lost=3, disordered=0)),
    ],
)
def test_updates_are_counted(heard: Heard, order: Order) -> None:
    assert order_of([heard]) == order


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        (Heard(2, [0, 0, 1], [0, 1]), "1 updates were handled more than once"),
        (Heard(2, [0], [0, 1]), "1 updates were lost"),
        (Heard(2, [1, 0], [0, 1]), "1 updates were handled out of order"),
        (Heard(2, [0, 1], [1]), "1 updates were never answered"),
        (Heard(2, [0, 1], [1, 0]), "1 answers came out of order"),
    ],
)
def test_an_update_that_goes_wrong_is_seen(heard: Heard, said: str) -> None:
    assert broken(replace(well(), updates={1: heard})) == [said]


@pytest.mark.parametrize(
    ("delivered", "wrong"),
    [
        (replace(SENT, received=2), "received more than once"),
        (replace(SENT, received=0), "sent, but never received"),
        (replace(SENT, claimed=True), "in a killed process's hands, but not unknown"),
        (replace(SENT, state="claimed"), "left claimed ()"),
        (replace(SENT, state="retry"), "left retry ()"),
        (replace(SKIPPED, received=1), "skipped (missed), but received"),
        (replace(SKIPPED, reason=""), "skipped () without a cause"),
        (replace(SKIPPED, reason="stopped"), "skipped (stopped) without a cause"),
        (replace(SKIPPED, reason="stopped", fate=Fate.STOPS), ""),
        (replace(SKIPPED, reason="called off"), "skipped (called off) without a cause"),
        (replace(SKIPPED, reason="called off", called_off=True), ""),
        (replace(SENT, state="held"), "left held ()"),
        (
            replace(CRASHED, claimed=False),
            "unknown after a crash, but in nobody's hands at a kill",
        ),
        (replace(CRASHED, received=0), ""),
        (
            replace(SILENT, struck=Counter()),
            "unknown for want of an answer, but no call of it went wrong",
        ),
        (
            replace(SILENT, received=0),
            "unknown for want of an answer, but miscounted",
        ),
        (
            replace(SILENT, struck=Counter({"drop": 1})),
            "unknown for want of an answer, but miscounted",
        ),
        (replace(FAILED, stranger=False), "failed (chat not found) without a cause"),
        (
            replace(FAILED, reason="tried too often", struck=Counter({"502": 7})),
            "failed (tried too often), but tried 7 times",
        ),
        (replace(FAILED, reason="tried too often", struck=Counter({"502": 7, "500": 1})), ""),
    ],
)
def test_a_delivery_that_goes_wrong_is_seen(delivered: Delivered, wrong: str) -> None:
    assert wrong_with(delivered) == wrong
    assert broken(Evidence(numbered=[delivered])) == ([f"1 deliveries: {wrong}"] if wrong else [])


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (Evidence(vanished={(1, 1)}), "1 deliveries that were owed are gone"),
        (
            Evidence(late=1),
            "1 messages left for people after the goodbye they asked for",
        ),
        (
            Evidence(broadcasts=Broadcasts(deliveries=[replace(SENT, received=2)])),
            "1 of a broadcast: received more than once",
        ),
        (
            Evidence(broadcasts=Broadcasts(escaped=3)),
            "3 left after their broadcast was paused, stopped or taken back",
        ),
        (
            Evidence(broadcasts=Broadcasts(taken_back=[replace(AWAY, kept=True)])),
            "1 of a broadcast that was taken back: still there",
        ),
        (
            Evidence(broadcasts=Broadcasts(misshown=[("Sent: 3 of 4", "Sent: 4 of 4")])),
            "a volunteer saw 'Sent: 3 of 4' where Sent: 4 of 4 is true",
        ),
        (
            Evidence(notices=Counter({(1, "moved"): 2}), notices_owed={1: (2, 0)}),
            "1 words about the event came more than once",
        ),
        (
            Evidence(misplaced=1),
            "1 deliveries are noted as a message that is not there",
        ),
        (
            Evidence(notices_owed={1: (1, 0)}),
            "1 people got more or fewer words about the event than were sent",
        ),
        (
            Evidence(notices=Counter({(1, "moved"): 1}), notices_owed={1: (0, 0)}),
            "1 people got more or fewer words about the event than were sent",
        ),
        (
            Evidence(real=Counter({("change", "claimed", ""): 3})),
            "3 deliveries of the kind change are left claimed",
        ),
        (
            Evidence(unfinished={"updates are in the inbox": 2}),
            "2 updates are in the inbox in the end",
        ),
        (Evidence(printed=["Traceback"]), "the bot printed: Traceback"),
    ],
)
def test_whatever_else_goes_wrong_is_seen(evidence: Evidence, said: str) -> None:
    assert broken(evidence) == [said]


@pytest.mark.parametrize(
    ("away", "wrong"),
    [
        (AWAY, ""),
        (replace(AWAY, state="skipped", reason="message gone"), ""),
        (replace(AWAY, state="skipped", reason="message gone", kept=True), "still there"),
        (replace(AWAY, state="skipped", reason="stopped", kept=True), "left skipped (stopped)"),
        (replace(AWAY, state="skipped", reason="stopped", kept=True, fate=Fate.STOPS), ""),
        (replace(AWAY, state="failed", reason="tried too often", kept=True), ""),
        (replace(AWAY, state="unknown", reason="crash"), "left unknown (crash)"),
        (replace(AWAY, state="", kept=True), "sent, and never taken away"),
        (TakenBack("skipped", "", "", kept=False), ""),
        (TakenBack("skipped", "", "", kept=True), "still there"),
        (TakenBack("unknown", "", "", kept=True), ""),
    ],
)
def test_a_message_that_is_not_taken_back_is_seen(away: TakenBack, wrong: str) -> None:
    assert wrong_with_recall(away) == wrong
