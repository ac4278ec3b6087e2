"""Reminders, as people get them."""

from datetime import datetime, timedelta

from bot.app import Baobab
from tests.handlers.conftest import both_databases
from tests.support.events import draft, hold
from tests.support.people import Resident, Town

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def until(town: Town, baobab: Baobab, moment: datetime) -> None:
    """Move the time to a moment."""
    await town.forward(moment - baobab.house.clock.now())


async def book(amina: Resident, number: int) -> None:
    await amina.opens(f"e{number}")
    await amina.taps("Book")


def sent(person: Resident) -> list[str]:
    """First lines of what the bot has said."""
    return [each.text.split("\n")[0] for each in person.messages if not each.mine]


@both_databases
async def test_every_reminder_comes_at_its_time(
    town: Town, baobab: Baobab, amina: Resident
) -> None:
    [event] = await hold(baobab, draft(baobab.house.clock.now(), days=9))
    await book(amina, event.id)
    await amina.taps("Yes, remind me")
    said = len(sent(amina))

    for before, words in (
        (7 * DAY, "Your event is in 7 days."),
        (DAY, "Your event is tomorrow."),
        (2 * HOUR, "Your event is today, at 11:00."),
    ):
        await until(town, baobab, event.starts_at - before - timedelta(minutes=1))
        await amina.look()
        assert len(sent(amina)) == said
        await town.forward(timedelta(minutes=2))
        await amina.look()
        said += 1
        assert len(sent(amina)) == said
        assert sent(amina)[-1] == words
    await until(town, baobab, event.ends_at + HOUR + timedelta(minutes=1))
    await amina.look()
    assert sent(amina)[said:] == ["Thank you for booking Brent health day."]
    await amina.taps("Good")
    assert amina.last.text == "Thank you. Your answer is counted."
