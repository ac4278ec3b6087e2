"""People and what each of them sees of a bot."""

from typing import Final

from bot.sandbox.chats import RUNS_IT, Group, Person
from bot.sandbox.entities import JsonObject
from bot.sandbox.profile_store import ADMINISTRATORS, ALL_GROUPS, ALL_PRIVATE, Scope
from bot.sandbox.world import Bot, World

CROWD: Final = "crowd"
"""The role of people who are only there to be written to."""


class NotPossibleError(Exception):
    """A person cannot do that; the text says why, in plain words.

    Args:
        text: why.
        status: the HTTP status for it.
    """

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


class Accounts:
    """People, and what each of them sees.

    `bot` is a bot's username everywhere; empty: the first bot.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    def bot(self, username: str = "") -> Bot:
        """A bot by its username."""
        for bot in self.world.bots.values():
            if not username or bot.username.lower() == username.lower().removeprefix("@"):
                return bot
        raise NotPossibleError(f"There is no bot called {username}.", 404)

    def person(self, person_id: int) -> Person:
        """A person by id."""
        person = self.world.people.get(person_id)
        if person is None:
            raise NotPossibleError(f"There is no person with the number {person_id}.", 404)
        return person

    def described(self, person: Person, bot: str = "") -> JsonObject:
        """A person as the people-side API shows them."""
        chat = self.bot(bot).chats.get(person.id)
        return {
            "id": person.id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "role": person.role,
            "blocked": chat is not None and chat.blocked,
            "deactivated": person.deactivated,
        }

    def _shown(self, person: Person) -> JsonObject:
        described = self.described(person)
        self.world.stream.publish("person", {"person": described})
        return described

    def add(self, **about: str) -> JsonObject:
        """Make a person; the arguments are the texts of `Person`."""
        return self._shown(self.world.add_person(**about))

    def add_crowd(self, size: int, bot: str = "") -> list[int]:
        """Make people who have started a bot and are on no list; their numbers."""
        account = self.bot(bot)
        numbers = []
        for _ in range(size):
            person = self.world.add_person(first_name="Someone", role=CROWD)
            self.world.chat(account, person).started = True
            numbers.append(person.id)
        return numbers

    def change(self, person_id: int, **about: str) -> JsonObject:
        """Change a person's name, language or role."""
        person = self.person(person_id)
        for name, value in about.items():
            setattr(person, name, value)
        return self._shown(person)

    def everyone(self) -> list[JsonObject]:
        """All people but those of a crowd, in the order they came."""
        people = self.world.people.values()
        return [self.described(person) for person in people if person.role != CROWD]

    def chat(self, person_id: int, bot: str = "") -> list[JsonObject]:
        """What a person sees in the chat, oldest first."""
        chat = self.world.chat(self.bot(bot), self.person(person_id))
        return [message.as_seen() for message in chat.messages.values()]

    def answers(self, person_id: int, bot: str = "") -> list[JsonObject]:
        """What answered this person's taps, in order."""
        return self.world.chat(self.bot(bot), self.person(person_id)).answers

    def group(self, group_id: int) -> Group:
        """A group by its number."""
        group = self.world.groups.get(group_id)
        if group is None:
            raise NotPossibleError(f"There is no group with the number {group_id}.", 404)
        return group

    def commands(self, person_id: int, bot: str = "", group: int | None = None) -> list[JsonObject]:
        """The commands menu that a person sees, in a group or in their own chat."""
        person, profile = self.person(person_id), self.bot(bot).profile
        scopes: list[Scope] = [("chat", person.id), ALL_PRIVATE]
        if group is not None:
            status = self.group(group).members.get(person.id)
            runs_it = [ADMINISTRATORS] if status in RUNS_IT else []
            scopes = [("chat", group), *runs_it, ALL_GROUPS]
        return profile.menu(_language(person), *scopes)

    def profile(self, person_id: int, bot: str = "") -> JsonObject:
        """The bot's name and descriptions in a person's language."""
        language = _language(self.person(person_id))
        account = self.bot(bot)
        return {
            "name": account.profile.text("name", language) or account.first_name,
            "username": account.username,
            "description": account.profile.text("description", language),
            "short_description": account.profile.text("short_description", language),
        }


def _language(person: Person) -> str:
    return person.language_code[:2].lower()
