"""How fast messages leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import MOST_AT_ONCE, Pace, Pacer

CHATS = st.integers(1, 4)
PAUSES = st.floats(0, 3, allow_nan=False)
PACES = st.floats(0.5, 1000)
DUST = 1e-6  # seconds that adding up floats may lose


@given(PACES, st.lists(PAUSES, min_size=1, max_size=60))
def test_no_window_holds_more_than_the_pace_allows(overall: float, pauses: list[float]) -> None:
    pacer, now, left = Pacer(Pace(overall=overall)), 1000.0, []
    for pause in pauses:
        now += pause
        left.append(now + pacer.slot(now))
    for first, start in enumerate(left):
        for count, end in enumerate(left[first:], start=1):
            assert count <= 1 + (end - start) * overall + DUST * overall


@given(PACES, st.integers(1, 50))
def test_nobody_waits_longer_than_the_pace_asks(overall: float, number: int) -> None:
    pacer = Pacer(Pace(overall=overall))
    waits = [pacer.slot(5.0) for _ in range(number)]
    assert waits == pytest.approx([each / overall for each in range(number)])
    assert pacer.slot(5.0 + number / overall + 1) == 0


@given(st.floats(0.1, 30), st.lists(st.tuples(CHATS, PAUSES), max_size=60))
def test_messages_to_one_chat_keep_their_distance(
    per_chat: float, steps: list[tuple[int, float]]
) -> None:
    pacer, now = Pacer(Pace(per_chat=per_chat)), 0.0
    last: dict[int, float] = {}
    for chat, pause in steps:
        now += pause
        wait = pacer.ready_in(chat, now)
        assert wait == pytest.approx(max(0.0, last.get(chat, -1e9) + 1 / per_chat - now), abs=DUST)
        if wait == 0:
            pacer.left(chat, now)
            last[chat] = now


def test_one_chat_waits_for_no_other() -> None:
    pacer = Pacer(Pace())
    pacer.left(1, 10.0)
    assert pacer.ready_in(1, 10.25) == 0.75
    assert pacer.ready_in(2, 10.25) == 0


@given(PACES, st.integers(1, 500))
def test_however_many_are_answered_notices_wait_a_second_at_most(
    overall: float, replies: int
) -> None:
    pacer = Pacer(Pace(overall=overall))
    for chat in range(replies):
        pacer.replied(chat, 50.0)
    assert pacer.slot(50.0) == pytest.approx(min(replies / overall, 1.0), abs=DUST)


@given(st.lists(st.booleans(), min_size=1, max_size=100))
def test_replies_push_back_what_waits_longer_already_not_at_all(answered: list[bool]) -> None:
    """A queue of a minute stays a minute, whatever is answered meanwhile."""
    pacer = Pacer(Pace(overall=1))
    for _ in range(60):
        pacer.slot(0.0)
    for reply in answered:
        if reply:
            pacer.replied(1, 0.0)
    assert pacer.slot(0.0) == pytest.approx(60.0)


def test_a_notice_leaves_room_for_a_reply_to_the_same_chat() -> None:
    pacer = Pacer(Pace())
    pacer.replied(1, 10.0)
    assert pacer.ready_in(1, 10.0) == 1.0


@given(st.lists(st.tuples(st.integers(1, 10**9), st.floats(0, 0.5)), max_size=200))
def test_only_chats_that_have_to_wait_are_remembered(steps: list[tuple[int, float]]) -> None:
    pacer, now = Pacer(Pace(per_chat=1)), 0.0
    left: dict[int, float] = {}
    for chat, pause in steps:
        now += pause
        pacer.left(chat, now)
        left[chat] = now
        assert set(pacer._chats) == {each for each, at in left.items() if at + 1 > now}


def test_without_limits_nothing_waits_and_nothing_is_remembered() -> None:
    pacer = Pacer(Pace(overall=0, per_chat=0))
    for chat in range(1000):
        assert pacer.slot(1.0) == 0
        pacer.left(chat, 1.0)
        pacer.replied(chat, 1.0)
        assert pacer.ready_in(chat, 1.0) == 0
    assert len(pacer._chats) == 0


@pytest.mark.parametrize(
    ("overall", "at_once"), [(0, MOST_AT_ONCE), (0.5, 1), (1, 1), (25, 2), (1000, 100)]
)
def test_a_tenth_of_a_second_is_claimed_at_a_time(overall: float, at_once: int) -> None:
    assert Pace(overall=overall).at_once == at_once
