"""Groups: who makes them and comes and goes, and which bots are let in."""

import re
from typing import Final

from bot.sandbox import limits
from bot.sandbox.accounts import NotPossibleError
from bot.sandbox.chats import PRESENT, RUNS_IT, Group, Message, Person, membership
from bot.sandbox.entities import JsonObject
from bot.sandbox.people import PeopleSide
from bot.sandbox.world import Bot

_PAYLOAD: Final = re.compile(f"[A-Za-z0-9_-]{{1,{limits.START_PAYLOAD}}}")
_GROUP_ITSELF: Final = {
    "id": 1_087_968_824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""In whose name a supergroup says that it was a group before."""


class Groups:
    """What people do with groups. What they say in them stands with what they say elsewhere.

    `bot` is a bot's username everywhere; empty: the first bot.
    """

    def __init__(self, people: PeopleSide) -> None:
        self.people = people
        self.world = people.world

    def described(self, group: Group) -> JsonObject:
        """A group as the people-side API shows it."""
        bots = {bot.id: bot.username for bot in self.world.bots.values()}
        return {
            "id": group.id,
            "title": group.title,
            "type": group.kind,
            "members": [
                {"person_id": number, "status": status} for number, status in group.members.items()
            ],
            "bots": {bots[number]: status for number, status in group.bots.items()},
            "muted": group.muted,
            "upgraded_to": group.upgraded_to,
        }

    def everywhere(self) -> list[JsonObject]:
        """All groups, in the order in which they were made."""
        return [self.described(group) for group in self.world.groups.values()]

    def chat(self, group_id: int) -> list[JsonObject]:
        """What stands in a group, oldest first."""
        return [message.as_seen() for message in self.people.group(group_id).messages.values()]

    def make(self, title: str, people: list[int], *, supergroup: bool = False) -> JsonObject:
        """Make a group of people; the first of them owns it."""
        members = [self.people.person(number) for number in people]
        group = self.world.add_group(title, "supergroup" if supergroup else "group")
        group.members = dict.fromkeys(people, "member") | {people[0]: "creator"}
        made = "supergroup_chat_created" if supergroup else "group_chat_created"
        self._note(group, members[0], {made: True})
        return self._shown(group)

    def change(
        self,
        group_id: int,
        person_id: int,
        *,
        title: str | None = None,
        muted: bool | None = None,
    ) -> JsonObject:
        """Rename a group, or let only its administrators write."""
        group, person = self._with(group_id, person_id, runs_it=True)
        if muted is not None:
            group.muted = muted
        if title is not None:
            group.title = title
            self._note(group, person, {"new_chat_title": title})
        return self._shown(group)

    def join(self, group_id: int, person_id: int) -> JsonObject:
        """Come into a group."""
        group, person = self.people.group(group_id), self.people.person(person_id)
        self._check_here(group)
        if not group.has(person):
            group.members[person_id] = "member"
            self._note(group, person, {"new_chat_members": [person.user()]})
        return self._shown(group)

    def leave(self, group_id: int, person_id: int) -> JsonObject:
        """Go out of a group."""
        group, person = self._with(group_id, person_id)
        self._note(group, person, {"left_chat_member": person.user()})
        group.members[person_id] = "left"
        return self._shown(group)

    def add_bot(
        self, group_id: int, person_id: int, payload: str = "", bot: str = ""
    ) -> JsonObject:
        """Let a bot in; with a payload, as t.me/<bot>?startgroup=<payload> does."""
        group, person = self._with(group_id, person_id)
        account = self.people.bot(bot)
        if payload and not _PAYLOAD.fullmatch(payload):
            raise NotPossibleError("A link carries 1 to 64 letters (A to Z), digits, _ or -.")
        if group.bots.get(account.id) not in PRESENT:
            self._set(group, person, account, "member")
            self._note(group, person, {"new_chat_members": [account.user()]})
        if payload:
            text = f"/start@{account.username} {payload}"
            self.people.say(person_id, text, bot=bot, group=group_id)
        return self._shown(group)

    def remove_bot(self, group_id: int, person_id: int, bot: str = "") -> JsonObject:
        """Put a bot out."""
        group, person, account = self._with_bot(group_id, person_id, bot)
        self._set(group, person, account, "kicked")
        self._note(group, person, {"left_chat_member": account.user()})
        return self._shown(group)

    def promote_bot(self, group_id: int, person_id: int, bot: str = "") -> JsonObject:
        """Make a bot an administrator: it reads everything then."""
        group, person, account = self._with_bot(group_id, person_id, bot)
        self._set(group, person, account, "administrator")
        return self._shown(group)

    def demote_bot(self, group_id: int, person_id: int, bot: str = "") -> JsonObject:
        """Make a bot a plain member again."""
        group, person, account = self._with_bot(group_id, person_id, bot)
        self._set(group, person, account, "member")
        return self._shown(group)

    def upgrade(self, group_id: int, person_id: int) -> JsonObject:
        """Make a group a supergroup, which is another chat; both say so. Returns the new one."""
        group, person = self._with(group_id, person_id, runs_it=True)
        if group.kind == "supergroup":
            raise NotPossibleError("This is a supergroup already.", 409)
        new = self.world.add_group(group.title, "supergroup")
        new.members, new.bots, new.muted = dict(group.members), dict(group.bots), group.muted
        self._note(group, person, {"migrate_to_chat_id": new.id})
        group.upgraded_to = new.id
        itself = {"from": _GROUP_ITSELF, "sender_chat": new.described()}
        self._note(new, person, {**itself, "migrate_from_chat_id": group.id})
        self._shown(group)
        return self._shown(new)

    def _with(
        self, group_id: int, person_id: int, *, runs_it: bool = False
    ) -> tuple[Group, Person]:
        group, person = self.people.group(group_id), self.people.person(person_id)
        self._check_here(group)
        if not group.has(person):
            raise NotPossibleError(f"{person.first_name} is not in this group.", 409)
        if runs_it and group.members[person_id] not in RUNS_IT:
            raise NotPossibleError(f"{person.first_name} does not run this group.", 409)
        return group, person

    def _with_bot(self, group_id: int, person_id: int, bot: str) -> tuple[Group, Person, Bot]:
        group, person = self._with(group_id, person_id, runs_it=True)
        account = self.people.bot(bot)
        if group.bots.get(account.id) not in PRESENT:
            raise NotPossibleError(f"{account.username} is not in this group.", 409)
        return group, person, account

    @staticmethod
    def _check_here(group: Group) -> None:
        if group.upgraded_to is not None:
            raise NotPossibleError("This group is a supergroup now.", 409)

    def _set(self, group: Group, by: Person, account: Bot, status: str) -> None:
        old = group.bots.get(account.id, "left")
        group.bots[account.id] = status
        if old == status:
            return
        change = {
            "chat": group.described(),
            "from": by.user(),
            "date": int(self.world.now()),
            "old_chat_member": membership(account.user(), old),
            "new_chat_member": membership(account.user(), status),
        }
        account.updates.add("my_chat_member", change, ("member", group.id))

    def _note(self, group: Group, by: Person, what: JsonObject) -> None:
        """Put a service message into a group: every bot in it hears of that."""
        bot = next(iter(self.world.bots.values()))
        data: JsonObject = {
            "message_id": self.world.next_message_id(bot, group),
            "from": by.user(),
            "chat": group.described(),
            "date": int(self.world.now()),
            **what,
        }
        self.world.put(group, Message(data, outgoing=True))
        for account in self.world.bots.values():
            if group.bots.get(account.id) in PRESENT:
                account.updates.add("message", data, ("chat", group.id))

    def _shown(self, group: Group) -> JsonObject:
        described = self.described(group)
        self.world.stream.publish("group", {"group": described})
        return described
