"""What Telegram's answers mean."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.models import Delivery, Lane, Reason, Settled, State
from bot.delivery.outcomes import (
    ATTEMPTS,
    LEFT_FOR_GOOD,
    LONGEST_PAUSE,
    Answer,
    again,
    put_back,
    refusal,
    settled,
    stopped,
)
from tests.delivery.conftest import HOUR
from tests.support.post import DAY, NOW

OWED = Delivery(3, 1, 2, Lane.NOTICE, NOW, NOW + DAY)

REFUSALS = [
    (403, "Forbidden: bot was blocked by the user", State.SKIPPED, Reason.BLOCKED),
    (403, "Forbidden: user is deactivated", State.SKIPPED, Reason.DEACTIVATED),
    (403, "Forbidden: bot can't initiate conversation with a user", State.FAILED,
     Reason.NOT_STARTED),
    (403, "Forbidden: bot was kicked from the group chat", State.FAILED, Reason.NO_RIGHTS),
    (403, "Forbidden: bot was kicked from the supergroup chat", State.FAILED, Reason.NO_RIGHTS),
    (403, "Forbidden: bot is not a member of the supergroup chat", State.FAILED, Reason.NO_RIGHTS),
    (403, "Forbidden: the group chat was deleted", State.FAILED, Reason.CHAT_NOT_FOUND),
    (400, "Bad Request: chat not found", State.FAILED, Reason.CHAT_NOT_FOUND),
    (400, "Bad Request: not enough rights to send text messages to the chat", State.FAILED,
     Reason.NO_RIGHTS),
    (400, "Bad Request: have no rights to send a message", State.FAILED, Reason.NO_RIGHTS),
    (400, "Bad Request: message to edit not found", State.SKIPPED, Reason.GONE),
    (400, "Bad Request: message can't be edited", State.SKIPPED, Reason.GONE),
    (400, "Bad Request: message text is empty", State.FAILED, Reason.REFUSED),
    (400, "Bad Request: message is too long", State.FAILED, Reason.REFUSED),
    (400, "Bad Request: can't parse entities: Unsupported start tag \"b\" at byte offset 0",
     State.FAILED, Reason.REFUSED),
    (400, "Bad Request: BUTTON_DATA_INVALID", State.FAILED, Reason.REFUSED),
    (413, "Request Entity Too Large", State.FAILED, Reason.REFUSED),
    (403, "", State.FAILED, Reason.REFUSED),
]  # fmt: skip


@pytest.mark.parametrize(("status", "words", "state", "reason"), REFUSALS)
def test_every_refusal_has_its_reason(
    status: int, words: str, state: State, reason: Reason
) -> None:
    for said in (words, words.upper(), words.lower()):
        answer = Answer(status, description=said)
        assert refusal(answer) is reason
        assert settled(OWED, answer, NOW) == Settled(3, state, reason)


def test_only_blocked_and_deactivated_end_all_messages() -> None:
    assert {Reason.BLOCKED, Reason.DEACTIVATED} == LEFT_FOR_GOOD
    ends = [words for status, words, _, _ in REFUSALS
            if refusal(Answer(status, description=words)) in LEFT_FOR_GOOD]  # fmt: skip
    assert ends == ["Forbidden: bot was blocked by the user", "Forbidden: user is deactivated"]


def test_what_was_taken_is_sent() -> None:
    assert settled(OWED, Answer(200, 77), NOW) == Settled(3, State.SENT, message_id=77)
    unchanged = (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    assert settled(OWED, Answer(400, None, unchanged), NOW) == Settled(3, State.SENT)


@pytest.mark.parametrize("status", [0, 504])
def test_what_may_have_arrived_is_never_sent_again(status: int) -> None:
    assert settled(OWED, Answer(status), NOW) == Settled(3, State.UNKNOWN, Reason.NO_ANSWER)


@pytest.mark.parametrize("status", [0, 504])
def test_what_may_have_been_changed_or_taken_away_is_so_once_more(status: int) -> None:
    later = settled(replace(OWED, edits=7), Answer(status), NOW)
    assert (later.state, later.reason) == (State.RETRY, "")
    tired = replace(OWED, edits=7, attempts=ATTEMPTS)
    assert settled(tired, Answer(status), NOW) == Settled(3, State.FAILED, Reason.GAVE_UP)


@pytest.mark.parametrize("status", [500, 502, 503, 520])
def test_what_a_failing_server_did_not_take_is_tried_again(status: int) -> None:
    later = settled(OWED, Answer(status), NOW)
    assert (later.state, later.reason, later.untried) == (State.RETRY, "", False)
    assert later.due_at is not None
    assert later.due_at > NOW


def test_a_group_that_moved_is_tried_at_once_in_its_new_place() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    answer = Answer(400, description=words, moved_to=-1001)
    assert settled(OWED, answer, NOW) == Settled(3, State.RETRY, due_at=NOW)


def test_a_group_that_moves_for_ever_is_given_up() -> None:
    answer = Answer(400, description="Bad Request: group chat was upgraded", moved_to=-1001)
    tired = replace(OWED, attempts=ATTEMPTS)
    assert settled(tired, answer, NOW) == Settled(3, State.FAILED, Reason.GAVE_UP)


@given(st.integers(1, ATTEMPTS - 1))
def test_pauses_grow_within_bounds_and_are_spread_out(attempt: int) -> None:
    expected = min(LONGEST_PAUSE, 10 * 3 ** (attempt - 1))
    pauses = set()
    for _ in range(20):
        later = again(replace(OWED, attempts=attempt), NOW)
        assert later.state is State.RETRY
        assert later.due_at is not None
        pauses.add((later.due_at - NOW).total_seconds())
    assert 0.8 * expected <= min(pauses) < max(pauses) <= 1.2 * expected


def test_what_fails_again_and_again_is_given_up_after_more_than_an_hour() -> None:
    now, tried = NOW, 1
    while (later := again(replace(OWED, attempts=tried), now)).state is State.RETRY:
        assert later.due_at is not None
        now, tried = later.due_at, tried + 1
    assert later == Settled(3, State.FAILED, Reason.GAVE_UP)
    assert tried == ATTEMPTS
    assert HOUR < now - NOW < 4 * HOUR


def test_whoever_stopped_gets_nothing() -> None:
    assert stopped(OWED) == Settled(3, State.SKIPPED, Reason.STOPPED)


@pytest.mark.parametrize(("attempts", "state"), [(1, State.DUE), (2, State.RETRY)])
def test_what_is_put_back_was_not_tried(attempts: int, state: State) -> None:
    owed = replace(OWED, attempts=attempts)
    assert put_back(owed) == Settled(3, state, due_at=NOW, untried=True)
    later = NOW + timedelta(seconds=3)
    assert put_back(owed, later) == Settled(3, state, due_at=later, untried=True)
