"""How much may be sent, by whom, and to whom."""

from datetime import datetime, timedelta
from typing import Final

from bot.broadcasts.audience import Audience
from bot.broadcasts.crowd import Sieve
from bot.broadcasts.models import Broadcast
from bot.people.models import Scope

ALONE: Final = 20
"""To so many people one person alone can write; more get only what a second one has approved."""
NEWCOMER: Final = 100  # people a day
"""To how many a volunteer can send in a day, until an organiser lifts the limit."""
DAY: Final = timedelta(days=1)
MOST: Final = 3
"""How many messages that can wait for all others one person is sent in a week: broadcasts, and
whatever else leaves in their lane."""
WEEK: Final = timedelta(days=7)
RECALLABLE: Final = timedelta(hours=47)
"""For how long after it began a broadcast can be taken away again. Telegram deletes messages that
are younger than 48 hours, and the last ones leave some time after the first."""


def needs_second(broadcast: Broadcast, people: int) -> bool:
    """Whether only what a second person has approved may go to so many people, and to its groups.

    How many people read a group, and who they are, nobody can tell.
    """
    return people > ALONE or bool(broadcast.posts)


def sieve(broadcast: Broadcast, audience: Audience, within: Scope, now: datetime) -> Sieve:
    """Who of an audience is left out now.

    Args:
        broadcast: what is sent; urgent ones do not count how much people were sent.
        audience: whom it is for.
        within: where whoever sends it may send to.
        now: the time.
    """
    days = audience.not_told_for
    return Sieve(
        most=0 if broadcast.urgent else MOST,
        counted_since=now - WEEK,
        told_since=now - timedelta(days=days) if days else None,
        within=within,
    )


def changes_in_place(before: Broadcast, later: Broadcast, at: datetime) -> bool:
    """Whether a correction that begins at a moment takes the place of an earlier one's messages.

    It does where it is for everybody who got those, shows the same files, and Telegram allows it.
    """
    if before.began_at is None or before.mailing_id is None or before.recall_id is not None:
        return False
    for_all = later.audience == Audience(got=before.mailing_id)
    return for_all and before.media == later.media and at - before.began_at <= RECALLABLE
