"""The bench's own promises: no update is lost between bots, and no wait is endless."""

import sys
from collections import Counter
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bench import measuring
from bench.contenders import Contender, Step
from bench.measuring import Bench, Figures
from bench.processes import Stuck
from bench.server import text

SENT = Counter(sendMessage=1)
HEARD = Step("repeat", lambda number, person: text(number, person, "hi"), SENT, "hi")
BOT = """
import json, os, urllib.request
def call(method, **params):
    url = os.environ["BAOBAB_API_URL"] + "/bot1:bench/" + method
    request = urllib.request.Request(
        url, json.dumps(params).encode(), {"Content-Type": "application/json"}
    )
    return json.load(urllib.request.urlopen(request))["result"]
offset = 0
while True:
    for update in call("getUpdates", offset=offset):
        offset = update["update_id"] + 1
        %s
"""
ECHO = BOT % 'call("sendMessage", chat_id=1, text=update["message"]["text"])'


def contender(program: str, step: Step = HEARD) -> Contender:
    return Contender("a bot", [sys.executable, "-c", program], (step,))


@pytest.fixture
async def bench(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(measuring, "SETTLED", 0.0)
    async with Bench(20).open() as bench:
        yield bench


async def test_a_bot_that_answers_is_measured(bench: Bench) -> None:
    figures = Figures()
    await bench.round(contender(ECHO), figures, 1)
    found = [figures.seconds["repeat"], figures.cpu["repeat"], figures.start, figures.idle]
    assert [len(each) for each in found] == [1, 1, 1, 1]
    assert figures.seconds["repeat"][0] > 0


async def test_the_long_poll_of_a_dead_bot_takes_nothing_from_the_next(bench: Bench) -> None:
    for first in (1, 101, 201):
        await bench.round(contender(ECHO), Figures(), first)


async def test_a_bot_that_does_not_come_is_told_of_with_what_it_printed(bench: Bench) -> None:
    with pytest.raises(Stuck) as stuck:
        await bench.round(contender("raise SystemExit('no settings')"), Figures(), 1)
    assert str(stuck.value) == (
        "a bot did not ask for updates within 30 seconds, or at all. It ended with 1.\n"
        "It printed:\nno settings"
    )


async def test_a_bot_that_does_not_answer_is_told_of(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "ANSWERS", 0.2)
    with pytest.raises(Stuck, match=r"had not come: 1 sendMessage; there came \{\}"):
        await bench.round(contender(BOT % "pass"), Figures(), 1)


async def test_an_answer_with_other_words_is_no_answer(bench: Bench) -> None:
    other = Step("repeat", lambda number, person: text(number, person, "no"), SENT, "hi")
    with pytest.raises(Stuck, match="'hi' is not in its answer"):
        await bench.round(contender(ECHO, other), Figures(), 1)


async def test_updates_are_handed_out_until_they_are_confirmed(bench: Bench) -> None:
    bench._api.offer([text(number, 1, "hi") for number in (1, 2, 3)], SENT)
    async with aiohttp.ClientSession(bench._url) as session:

        async def fetched(offset: int) -> list[int]:
            async with session.post("/bot1/getUpdates", json={"offset": offset}) as answer:
                return [update["update_id"] for update in (await answer.json())["result"]]

        assert [await fetched(0), await fetched(0), await fetched(3)] == [[1, 2, 3], [1, 2, 3], [3]]
