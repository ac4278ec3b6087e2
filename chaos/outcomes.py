"""Gathers what became of broadcasts, from the sandbox's log, the chats and the database."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bot.broadcasts.running import Progress
from bot.delivery.models import State
from bot.sandbox import Sandbox
from chaos.broadcasting import WORDS, Act, Broadcasting, Halt, Told
from chaos.crowd import Fate
from chaos.evidence import Broadcasts, Delivered, Faults, TakenBack
from chaos.ledger import Row

SHOWN = re.compile(r"(Sent|Taken back): ([\d,]+) of ([\d,]+)\nWaiting: ([\d,]+)")
Share = tuple[int, int]
"""One person's share of one broadcast: their number at Telegram, and the number in the words."""


def gather_broadcasts(  # noqa: PLR0913, PLR0917 -- all that is known
    sandbox: Sandbox,
    broadcasting: Broadcasting,
    faults: Faults,
    rows: list[Row],
    claimed: set[int],
    fates: Mapping[int, Fate],
) -> Broadcasts:
    """What became of every broadcast.

    Args:
        sandbox: where they arrived.
        broadcasting: who sent them; it has looked how they stand in the end.
        faults: that were made, by their numbers.
        rows: every delivery.
        claimed: those that killed processes had in their hands.
        fates: how people have left, by their numbers at Telegram.
    """
    found = Broadcasts(begun=len(broadcasting.told))
    received, struck = _read_log(sandbox, faults, broadcasting.told, found)
    by_mailing: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_mailing[row["mailing_id"]].append(row)
    for told in broadcasting.told:
        found.acts.update(told.acts)
        assert told.found is not None
        broadcast = told.found.broadcast
        sent = by_mailing[broadcast.mailing_id or 0]
        for row in sent:
            share = row["telegram_id"], told.words
            found.deliveries.append(
                Delivered(
                    id=row["id"],
                    state=row["state"],
                    reason=row["reason"],
                    received=received[share],
                    struck=struck[share],
                    fate=fates.get(row["telegram_id"]),
                    claimed=row["id"] in claimed,
                    called_off=bool({Act.STOP, Act.RECALL} & set(told.acts)),
                )
            )
        if broadcast.recall_id:
            taken = {row["person_id"]: row for row in by_mailing[broadcast.recall_id]}
            found.taken_back += _taken_back(sandbox, told, sent, taken, fates)
        shown, true = _seen(sandbox, broadcasting.chat, told), _true(told.found)
        if shown != true:
            found.misshown.append((shown, true))
    return found


def _read_log(
    sandbox: Sandbox, faults: Faults, all_told: list[Told], found: Broadcasts
) -> tuple[Counter[Share], dict[Share, Counter[str]]]:
    """How often everybody got each broadcast, and the faults that its calls met."""
    received: Counter[Share] = Counter()
    struck: dict[Share, Counter[str]] = defaultdict(Counter)
    calls: dict[int, list[int]] = defaultdict(list)
    for call in sandbox.log.after(0):
        words = WORDS.match(str(call["params"].get("text", "")))
        if words is None or call["method"] != "sendMessage":
            continue
        share = call["params"]["chat_id"], int(words[1])
        if "fault" in call:
            fault = faults[call["fault"]]
            kind = str(fault["status"]) if fault["kind"] == "5xx" else fault["kind"]
            struck[share][kind] += 1
        if call["ok"]:
            received[share] += 1
            calls[share[1]].append(call["n"])
    for told in all_told:
        found.escaped += sum(_escaped(calls[told.words], halt) for halt in told.halts)
    return received, struck


def _escaped(calls: list[int], halt: Halt) -> int:
    until = float("inf") if halt.until is None else halt.until
    return max(0, sum(halt.after < each <= until for each in calls) - halt.in_the_air)


def _taken_back(
    sandbox: Sandbox,
    told: Told,
    sent: list[Row],
    taken: Mapping[int, Row],
    fates: Mapping[int, Fate],
) -> Iterator[TakenBack]:
    for row in sent:
        chat = sandbox.bot.chats[row["telegram_id"]]
        texts = [str(each.data.get("text", "")) for each in chat.messages.values()]
        away = taken.get(row["person_id"], {"state": "", "reason": ""})
        yield TakenBack(
            sent=row["state"],
            state=away["state"],
            reason=away["reason"],
            kept=any((words := WORDS.match(each)) and int(words[1]) == told.words
                     for each in texts),
            fate=fates.get(row["telegram_id"]),
        )  # fmt: skip


def _seen(sandbox: Sandbox, chat: int, told: Told) -> str:
    """What the volunteer sees in the end: the line of counts."""
    text = str(sandbox.bot.chats[chat].messages[told.message].data["text"])
    return line[0].replace(",", "") if (line := SHOWN.search(text)) else text


def _true(found: Progress) -> str:
    what = "Taken back" if found.recalls else "Sent"
    return f"{what}: {found.people(State.SENT)} of {found.total}\nWaiting: {found.left}"
