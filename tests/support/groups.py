"""How tests talk in groups.

group = await assembled(town, "Think Tank", amina, yusuf)
await group.lets_the_bot_in()
await group.says(yusuf, "/events@baobab_demo_bot")
await group.taps(amina, "Open the chat")
"""

from dataclasses import dataclass, field
from typing import Any

from tests.support.people import Button, Resident, Seen, Town


@dataclass
class Assembly:
    """A group, as all of its members see it. After every action the bot has gone quiet."""

    town: Town
    id: int
    owner: Resident
    about: dict[str, Any]
    messages: list[Seen] = field(default_factory=list)

    async def look(self) -> None:
        """Read the group again."""
        chat = await self.town.ask("GET", f"/groups/{self.id}/chat")
        self.messages = [Seen(message) for message in chat]
        self.about = await self.town.ask("GET", f"/groups/{self.id}")

    async def _does(self, path: str, **body: Any) -> Any:
        done = await self.town.ask("POST", path, json=body)
        await self.town.quiet()
        await self.look()
        return done

    async def lets_the_bot_in(self, payload: str = "") -> None:
        """Let the bot in; with a payload, as a t.me/…?startgroup= link does."""
        more = {"payload": payload} if payload else {}
        await self._does(f"/groups/{self.id}/add_bot", person_id=self.owner.id, **more)

    async def puts_the_bot_out(self) -> None:
        """Remove the bot."""
        await self._does(f"/groups/{self.id}/remove_bot", person_id=self.owner.id)

    async def promotes_the_bot(self) -> None:
        """Make the bot an administrator."""
        await self._does(f"/groups/{self.id}/promote_bot", person_id=self.owner.id)

    async def upgrades(self) -> None:
        """Become a supergroup: this is that one from here on."""
        new = await self.town.ask(
            "POST", f"/groups/{self.id}/upgrade", json={"person_id": self.owner.id}
        )
        self.id = new["id"]
        await self.town.quiet()
        await self.look()

    async def says(self, who: Resident, text: str, reply_to: int | None = None) -> None:
        """Somebody writes a text."""
        more = {} if reply_to is None else {"reply_to": reply_to}
        await self._does(f"/people/{who.id}/say", text=text, group=self.id, **more)
        await who.look()

    async def taps(self, who: Resident, label: str) -> dict[str, Any]:
        """Somebody presses the newest button of this label; returns what it led to."""
        button = self._button(label)
        done: dict[str, Any] = await self._does(
            f"/people/{who.id}/tap",
            message_id=button.message_id,
            row=button.row,
            column=button.column,
            group=self.id,
        )
        await who.look()
        return done

    async def gets_shared(self, who: Resident, query: str) -> dict[str, Any]:
        """Somebody shares what the bot offers first for these words."""
        asked = await self._does(f"/people/{who.id}/inline", query=query, group=self.id)
        number = asked["inline_query_id"]
        results = await self.town.ask("GET", f"/people/{who.id}/inline/{number}")
        body = {"inline_query_id": number, "result_id": results[0]["id"], "group": self.id}
        shared: dict[str, Any] = await self._does(f"/people/{who.id}/choose", **body)
        return shared

    def _button(self, label: str) -> Button:
        for message in reversed(self.messages):
            for row, labels in enumerate(message.rows):
                if label in labels:
                    return Button(label, message.id, row, labels.index(label))
        raise AssertionError(f"no button {label!r} in the group:\n{self.screen}")

    @property
    def from_bot(self) -> list[str]:
        """The texts that the bot has said here, oldest first."""
        return [one.text for one in self.messages if not one.mine]

    @property
    def screen(self) -> str:
        """What has been said, line by line."""
        return "\n".join(
            f"{one.raw['from']['first_name']}: {one.text} {one.rows}" for one in self.messages
        )


async def assembled(
    town: Town, title: str, owner: Resident, *others: Resident, supergroup: bool = False
) -> Assembly:
    """A new group."""
    people = [owner.id, *(each.id for each in others)]
    body = {"title": title, "people": people, "supergroup": supergroup}
    about = await town.ask("POST", "/groups", json=body)
    return Assembly(town, about["id"], owner, about)
