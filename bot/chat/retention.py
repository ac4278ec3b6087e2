"""The end of what is kept: as long as /privacy says, and no longer."""

from datetime import datetime, timedelta

from bot.broadcasts.crowd import CrowdStore
from bot.chat.interviews import Interviews
from bot.db import Work
from bot.delivery.posts.store import PostStore
from bot.delivery.store import DeliveryStore
from bot.events.booking import BookingDesk
from bot.events.open_cards import OpenCards
from bot.events.shared_cards import SharedCards
from bot.people.acts import Acts
from bot.people.organisation import KeepDays
from bot.people.roles import Invites
from bot.people.service import AccessNeeds
from bot.people.vault import Vault
from bot.reminders.feedback import Feedback
from bot.reminders.planner import LOOK_BACK
from bot.surveys.drafts import DraftStore
from bot.surveys.files import FileStore
from bot.surveys.store import SurveyStore


async def forget_old(work: Work, vault: Vault, keep: KeepDays, now: datetime) -> dict[str, int]:
    """Erase what is older than its kind is kept; twice is the same as once.

    Returns:
        How many of each kind of KeepDays were erased.
    """
    kept_for_bookings = now - timedelta(days=keep.bookings)
    await Feedback(work).forget_before(kept_for_bookings)
    # Of thanks, the last use is some days after the event: they go at the same time as the rest.
    sent = max(timedelta(), timedelta(days=keep.bookings) - LOOK_BACK)
    await PostStore(work).forget_before(now - sent)
    await DeliveryStore(work).forget_before(now - sent)
    await OpenCards(work).forget_before(now - timedelta(days=keep.conversations))
    await CrowdStore(work).forget_marks(kept_for_bookings)
    await SharedCards(work).forget_before(now - timedelta(days=keep.bookings))
    await SurveyStore(work).stir()
    await DraftStore(work).forget_before(now - timedelta(days=keep.conversations))
    await FileStore(work).forget_unused(now)
    await Invites(work).forget_old(now)
    await Acts(work).forget_old(now)
    return {
        "bookings": await BookingDesk(work).forget_before(kept_for_bookings),
        "conversations": await Interviews(work, vault).forget_before(
            now - timedelta(days=keep.conversations)
        ),
        "needs": await AccessNeeds(work, vault).forget_needs_before(
            now - timedelta(days=keep.needs)
        ),
    }
