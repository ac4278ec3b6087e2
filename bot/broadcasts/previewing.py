"""A broadcast sent to one volunteer alone, by the very way on which everybody gets it."""

from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.models import Broadcast
from bot.clock import to_micros
from bot.db import Work
from bot.delivery.models import Lane, Mailing
from bot.delivery.store import DeliveryStore

PREVIEW: Final = "broadcast preview"
"""The kind of its mailings."""
OF_USE: Final = timedelta(minutes=10)


async def owe_preview(
    work: Work, broadcast: Broadcast, language: str, person_id: int, now: datetime
) -> None:
    """Owe a volunteer a broadcast as people of one language get it."""
    mailing = Mailing(
        name=f"{PREVIEW}:{broadcast.id}:{person_id}:{language}:{to_micros(now)}",
        kind=PREVIEW,
        subject=broadcast.id,
        lane=Lane.NOTICE,
        due_at=now,
        not_after=now + OF_USE,
        details={"language": language},
    )
    deliveries = DeliveryStore(work)
    number = await deliveries.add(mailing, now)
    if number is not None:
        await deliveries.owe_to(number, [person_id])
