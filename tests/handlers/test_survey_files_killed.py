"""The process dies between a picture and its question: the person gets both."""

import asyncio
from pathlib import Path

from bot.clock import Clock
from bot.db import open_database
from bot.forms.xlsform import convert_trusted
from bot.sandbox import Sandbox
from bot.surveys.desk import SurveyDesk
from bot.surveys.editions import files_of, source_of
from bot.surveys.models import Audience
from tests.handlers.test_authoring_killed import BETWEEN_LOOKS, LOOKS, shown, until
from tests.support.databases import fresh_url
from tests.support.people import Town
from tests.support.processes import BotProcess
from tests.support.surveys import png

TEA = """
| survey | | | | |
| | type | name | label | media::image |
| | text | why | Why this one? | tea.png |
| settings | | |
| | form_title | form_id |
| | Tea | tea |
"""


async def test_a_kill_between_a_picture_and_its_question_loses_neither(
    sandbox: Sandbox, clock: Clock, tmp_path: Path
) -> None:
    url = await fresh_url("sqlite", tmp_path)
    form = convert_trusted(TEA.encode(), "tea.md", {"tea.png": png(1)})
    database = await open_database(url)
    async with database.work() as work:
        desk = SurveyDesk(work)
        everyone = Audience.EVERYONE
        await desk.publish(source_of(form), {}, everyone, clock.now(), None, files_of(form))
    await database.close()

    async def at_once() -> None:
        """Nobody waits for a bot that may be dead."""

    async with Town(sandbox, at_once) as town:
        bot = await BotProcess("bot run", sandbox, url).start()
        amina = await town.person("Amina", language_code="en")
        await amina.says("/start")
        await until(amina, shown(amina, "English"), "the languages")
        await amina.taps("English")
        await until(amina, shown(amina, "Brent"), "the boroughs")
        await amina.says("/survey")
        await until(amina, shown(amina, "Tea"), "the surveys")
        await amina.taps("Tea")
        await until(amina, shown(amina, "Begin"), "the survey")
        fault = {"kind": "slow", "method": "sendMessage", "seconds": 30}
        await town.ask("POST", "/faults", json=fault)
        await amina.taps("Begin")
        for _ in range(LOOKS):
            if not await town.ask("GET", "/faults"):
                break  # the question is on its way, and the picture was
            await asyncio.sleep(BETWEEN_LOOKS)
        await bot.kill()
        await amina.look()
        assert [seen.file is not None for seen in amina.messages[-1:]] == [True]
        await bot.start()
        await until(amina, lambda: "Why this one?" in amina.last.text, "the question")
        assert await bot.stop() == 0
        assert amina.messages[-2].file is not None
