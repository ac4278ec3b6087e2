"""Gathers what became of everything: what people received, and what the database says of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox import Sandbox
from chaos.bot import NUMBERED
from chaos.broadcasting import OF_BROADCASTS, WORDS
from chaos.crowd import Crowd, Fate
from chaos.ledger import Row
from chaos.owing import TITLE, Owing

NUMBER = re.compile(r"No\. (\d+)/(\d+)")
COUNTED = re.compile(r"/count (\d+)")
Faults = Mapping[int, Mapping[str, Any]]
Number = tuple[int, int]
"""A numbered delivery: its mailing and its person."""


@dataclass(frozen=True)
class Delivered:
    """One delivery, as the database has it and as it happened.

    Attributes:
        received: how often the person has it.
        struck: the faults that its calls met: a kind, or "504" for that failure.
        fate: how the person left, if they did.
        stranger: Telegram lets nobody write to them.
        claimed: a process that was killed had it in its hands.
        called_off: what it belongs to was stopped, or taken back.
    """

    id: int
    state: str
    reason: str
    received: int
    struck: Counter[str] = field(default_factory=Counter)
    fate: Fate | None = None
    stranger: bool = False
    claimed: bool = False
    called_off: bool = False


@dataclass(frozen=True)
class TakenBack:
    """What became of one message of a broadcast that was taken back.

    Attributes:
        sent: the state of the delivery that sent it.
        state: of the delivery that took it away; "" where there is none.
        kept: it is still in the chat.
        fate: how the person left, if they did.
    """

    sent: str
    state: str
    reason: str
    kept: bool
    fate: Fate | None = None


@dataclass
class Broadcasts:
    """What is known of the broadcasts in the end.

    Attributes:
        begun: how many there were.
        acts: what was done with them while they left.
        deliveries: of them, as the database has them and as they happened.
        taken_back: those of the broadcasts that were taken back.
        escaped: messages that left after a pause, a stop or a recall, and were not in the air.
        misshown: what a volunteer saw in the end, and what was so, where these differ.
    """

    begun: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    deliveries: list[Delivered] = field(default_factory=list)
    taken_back: list[TakenBack] = field(default_factory=list)
    escaped: int = 0
    misshown: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Heard:
    """One person's updates.

    Attributes:
        said: how many.
        handled: their numbers as the bot wrote them down.
        answered: their numbers as the answers came.
    """

    said: int
    handled: list[int]
    answered: list[int]


@dataclass
class Evidence:
    """All that is known in the end.

    Attributes:
        updates: by person.
        numbered: deliveries of numbered mailings.
        vanished: numbered deliveries that were owed and of which there is no row.
        real: other deliveries by (kind, state, reason).
        misplaced: sent, says the database, and yet no such message is in the person's chat.
        broadcasts: all about them.
        notices: how often each person got each word about the event that moved.
        notices_owed: of each person: deliveries of it sent, and those that may have arrived.
        late: messages that left for somebody after the goodbye they asked for.
        struck: calls that a fault struck, by its kind.
        unfinished: what was not done in the end, by its name.
        printed: lines of the bot that are no log entries.
        errors: what it logged as an error, by its words.
    """

    updates: dict[int, Heard] = field(default_factory=dict)
    numbered: list[Delivered] = field(default_factory=list)
    vanished: set[Number] = field(default_factory=set)
    real: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    misplaced: int = 0
    broadcasts: Broadcasts = field(default_factory=Broadcasts)
    notices: Counter[tuple[int, str]] = field(default_factory=Counter)
    notices_owed: dict[int, tuple[int, int]] = field(default_factory=dict)
    late: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    unfinished: dict[str, int] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


async def gather(
    sandbox: Sandbox, crowd: Crowd, owing: Owing, faults: Faults, claimed: set[int]
) -> Evidence:
    """Read the chats, the sandbox's log and the database.

    Args:
        sandbox: where it all happened.
        crowd: the people.
        owing: what was owed.
        faults: that were made, by their numbers.
        claimed: deliveries that killed processes had in their hands.
    """
    ledger = owing.ledger
    evidence = Evidence()
    received: Counter[Number] = Counter()
    messages: set[tuple[int, int]] = set()
    for who, said in crowd.said.items():
        for message in await crowd.chat(who):
            text = message.get("text", "")
            if message["outgoing"]:
                continue
            messages.add((who, message["message_id"]))
            if number := NUMBER.fullmatch(text):
                received[int(number[1]), int(number[2])] += 1
        handled = [int(number) for number in COUNTED.findall(await ledger.heard(who))]
        evidence.updates[who] = Heard(said, handled, [])
    struck = _read_log(sandbox, faults, evidence)
    rows = await ledger.rows()
    fates = {owing.people[who]: fate for who, fate in crowd.left.items()}
    for row in rows:
        if row["kind"] != NUMBERED:
            continue
        number_ = row["mailing_id"], row["person_id"]
        evidence.numbered.append(
            Delivered(
                id=row["id"],
                state=row["state"],
                reason=row["reason"],
                received=received[number_],
                struck=struck[number_],
                fate=fates.get(row["person_id"]),
                stranger=row["person_id"] in owing.strangers,
                claimed=row["id"] in claimed,
            )
        )
    evidence.vanished = owing.owed - {
        (row["mailing_id"], row["person_id"]) for row in rows if row["kind"] == NUMBERED
    }
    evidence.misplaced = _misplaced(rows, messages)
    _read_notices(rows, evidence)
    return evidence


def _read_log(sandbox: Sandbox, faults: Faults, evidence: Evidence) -> dict[Number, Counter[str]]:
    """The faults that numbered deliveries met; the rest goes into the evidence."""
    struck: dict[Number, Counter[str]] = defaultdict(Counter)
    gone: set[int] = set()
    for call in sandbox.log.after(0):
        chat, text = call["params"].get("chat_id"), call["params"].get("text", "")
        number = NUMBER.fullmatch(text)
        kind = ""
        if "fault" in call:
            fault = faults[call["fault"]]
            kind = str(fault["status"]) if fault["kind"] == "5xx" else fault["kind"]
            evidence.struck[fault["kind"]] += 1
            if number:
                struck[int(number[1]), int(number[2])][kind] += 1
        if not call["ok"]:
            continue
        if call["method"] == "editMessageText":
            gone.add(chat)  # nothing else here changes a message but the goodbye of who stops
        elif (number or WORDS.match(text)) and chat in gone and kind != "slow":
            evidence.late += 1
        elif counted := COUNTED.fullmatch(text):
            evidence.updates[chat].answered.append(int(counted[1]))
        elif TITLE in text:
            evidence.notices[chat, text] += 1
    return struck


def _misplaced(rows: list[Row], messages: set[tuple[int, int]]) -> int:
    places = Counter(
        (row["telegram_id"], row["message_id"])
        for row in rows
        if row["state"] == "sent" and not row["edits"] and row["kind"] not in OF_BROADCASTS
    )
    twice = sum(count - 1 for count in places.values())
    return twice + len(places.keys() - messages)


def _read_notices(rows: list[Row], evidence: Evidence) -> None:
    sent: Counter[int] = Counter()
    unknown: Counter[int] = Counter()
    for row in rows:
        if row["kind"] == NUMBERED:
            continue
        evidence.real[row["kind"], row["state"], row["reason"]] += 1
        if not row["edits"] and row["kind"] not in OF_BROADCASTS:
            sent[row["telegram_id"]] += row["state"] == "sent"
            unknown[row["telegram_id"]] += row["state"] == "unknown"
    evidence.notices_owed = {who: (sent[who], unknown[who]) for who in sent | unknown}
