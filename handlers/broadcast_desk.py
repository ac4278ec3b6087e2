"""What the handlers of broadcasts have in common."""

from bot.broadcasts.amending import Amending
from bot.broadcasts.audience import Recipients
from bot.broadcasts.composing import FORM
from bot.broadcasts.drafting import Drafts
from bot.broadcasts.models import Broadcast, Stage
from bot.broadcasts.sending import Sending
from bot.broadcasts.views.desk import Desk
from bot.chat.context import Turn
from bot.chat.interviews import Conversation, Interviews
from bot.db import Work


def desk_of(turn: Turn) -> Desk:
    """What the views of volunteers are shown with."""
    house = turn.house
    return Desk(turn.t, house.catalogues, house.content.boroughs, turn.now, house.zone)


def drafts_of(turn: Turn) -> Drafts:
    """The drafts, for whoever sent this update."""
    return Drafts(turn.work, turn.person.id)


def sending_of(turn: Turn) -> Sending:
    """Sending, for whoever sent this update."""
    return Sending(turn.work, turn.person.id, turn.house.zone)


def recipients_of(turn: Turn, broadcast: Broadcast) -> Recipients:
    """Whom it would reach, as it is shown: of a draft's screens only the first one reckons."""
    sender = turn.person.id if broadcast.stage is Stage.DRAFT else broadcast.asked_by
    key = ("recipients", broadcast.audience, bool(broadcast.urgent), sender, turn.person.id)
    person_id, zone, now = turn.person.id, turn.house.zone, turn.now

    async def reading(work: Work) -> Recipients:
        return await Sending(work, person_id, zone).recipients(broadcast, now)

    return turn.house.readings.recall(key, reading, now)


def amending_of(turn: Turn) -> Amending:
    """What can still be done about broadcasts that are out, for whoever sent this update."""
    return Amending(turn.work, turn.person.id)


def conversation_of(turn: Turn) -> Conversation:
    """What is asked about broadcasts of whoever sent this update."""
    return Conversation(Interviews(turn.work, turn.house.vault), FORM, turn.person.id)
