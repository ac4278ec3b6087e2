"""Posts to groups, and changes cards that people have shared, one after another.

There are few of these, and Telegram takes no more than twenty a minute in one group: so they go by
themselves, and hold up nothing that is owed to people.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.chat.carriers import FIRST_REST, LAST_CALLS, LONGEST_REST, report
from bot.chat.context import House
from bot.chat.duty import Duty
from bot.chat.http import TelegramHttp
from bot.chat.posting import call_for, judged
from bot.db import Work
from bot.delivery.models import Hold, Mailing, Reason, Settled, Skip, State, TakenAway, Written
from bot.delivery.outcomes import FLOOD, WRONG_TOKEN, Answer, put_back
from bot.delivery.pacing import Pacer
from bot.delivery.posts.models import Post, PostRenderer
from bot.delivery.posts.service import Posts
from bot.delivery.posts.store import PostStore
from bot.delivery.store import DeliveryStore
from bot.errors import DatabaseBusy
from bot.events.shared_cards import SharedCards

AT_A_TIME = 16  # posts claimed together
APART = 3.0  # seconds between two messages in one group
LOOK = 1.0  # seconds between looks at what is due
OUT = ("bot was kicked", "bot is not a member", "group chat was deleted", "chat not found")
"""Telegram's words, in lower case, for a group that the bot is out of."""

log = structlog.get_logger(__name__)


class Noticeboard:
    """Posts for as long as the process is on duty.

    Args:
        house: what lives as long as the process.
        http: the session to the Bot API.
        renderers: who writes posts of which kind of mailing.
        pacer: how fast messages may leave; shared with all other senders.
        duty: says whether it is for this process to post.
    """

    def __init__(
        self,
        house: House,
        http: TelegramHttp,
        renderers: Mapping[str, PostRenderer],
        pacer: Pacer,
        duty: Duty,
    ) -> None:
        self._house = house
        self._http = http
        self._renderers = renderers
        self._pacer = pacer
        self._duty = duty
        self._one = asyncio.Lock()
        self._on_duty = False
        self._ended = asyncio.Event()
        self._last: dict[int, float] = {}  # by group: when something was posted there
        self._rest = FIRST_REST
        self._rests_until = 0.0
        self._untried: list[Post] = []  # claimed, not posted, and still to be put back

    async def run(self) -> None:
        """Post until cancelled."""
        while True:
            try:
                async with self._one:
                    while await self._round():
                        pass
            except DatabaseBusy as error:
                log.warning("the database is busy; what is to be posted waits", why=str(error))
            except Exception as error:  # noqa: BLE001 -- whatever it is, the others are still owed
                report("posts could not be made", error)
            await asyncio.sleep(LOOK)

    async def idle(self) -> None:
        """Post all that is due and can be posted now."""
        async with self._one:
            while await self._round():
                pass

    async def close(self) -> None:
        """Let the post that is under way come to its end, and be noted."""
        self._ended.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_CALLS), self._one:
                with contextlib.suppress(DatabaseBusy):
                    await self._put_back(self._house.clock.now())

    async def _round(self) -> bool:
        """Post a few; whether there may be more to do at once."""
        now = self._house.clock.now()
        await self._put_back(now)
        if self._ended.is_set() or not self._duty.is_ours or self._rests:
            self._on_duty = self._on_duty and self._duty.is_ours
            return False
        if not self._on_duty:
            await self._take_over(now)
        async with self._house.database.reading() as work:
            due = await PostStore(work).next_due()
        if due is None or due > now:
            return False
        async with self._house.database.work() as work:
            claimed = await PostStore(work).claim(now, AT_A_TIME, self._duty.lease.holder)
        waiting = list(claimed)
        try:
            while waiting and not self._ended.is_set() and not self._rests:
                written = await self._prepared(waiting[0], now)
                await self._carry(waiting.pop(0), written, now)
        finally:
            self._untried += waiting  # what is not in this list any more may have left
            with contextlib.suppress(DatabaseBusy):  # then at the next round
                await self._put_back(now)
        return bool(claimed)

    async def _take_over(self, now: datetime) -> None:
        async with self._house.database.work() as work:
            lost = await PostStore(work).lose(self._duty.lease.holder, now)
        if lost:
            log.warning("posts are unknown, or done again, after a crash", posts=lost)
        self._on_duty = True

    async def _put_back(self, now: datetime) -> None:
        """Leave as it was what was claimed and not tried. Nobody else can: it is in our name."""
        if not self._untried:
            return
        async with self._house.database.work() as work:
            for post in self._untried:
                await self._settle(work, put_back(post.delivery), now)
        self._untried = []

    async def _prepared(self, post: Post, now: datetime) -> Written | TakenAway | Settled:
        async with self._house.database.reading() as work:
            return await self._written(work, post, now)

    async def _carry(
        self, post: Post, written: Written | TakenAway | Settled, now: datetime
    ) -> None:
        if isinstance(written, Settled):
            await self._note(post, written, None, now)
            return
        answer = await self._send(post, written)
        if answer.status == FLOOD or answer.unsent or answer.status in WRONG_TOKEN:
            self._rest_for(answer)
            await self._note(post, put_back(post.delivery), None, now)
            return
        self._rest = FIRST_REST
        await self._note(post, judged(post, answer, self._house.clock.now()), answer, now)

    async def _written(
        self, work: Work, post: Post, now: datetime
    ) -> Written | TakenAway | Settled:
        """What to post; or what becomes of a post that is not to leave, or not yet."""
        number = post.delivery.id
        if not post.card and (post.group is None or post.group.removed_at is not None):
            return Settled(number, State.SKIPPED, Reason.NO_RIGHTS)
        if post.delivery.not_after < now:
            return Settled(number, State.SKIPPED, Reason.MISSED)
        mailing = (await DeliveryStore(work).mailings([post.delivery.mailing_id])).popitem()[1]
        if mailing.hold is not Hold.NONE:  # since it was claimed
            return put_back(post.delivery)
        pause = self._pause(post)
        if pause > 0:
            return put_back(post.delivery, now + timedelta(seconds=pause))
        said = await self._said(work, mailing, post, now)
        if isinstance(said, Written | TakenAway):
            return said
        failed = said.reason is Reason.UNRENDERED
        return Settled(number, State.FAILED if failed else State.SKIPPED, said.reason)

    def _pause(self, post: Post) -> float:
        """Seconds until its group may get another message."""
        if post.group is None or not self._pacer.pace.per_chat:
            return 0.0
        last = self._last.get(post.group.id, -APART)
        return max(0.0, last + APART - _seconds())

    async def _said(
        self, work: Work, mailing: Mailing, post: Post, now: datetime
    ) -> Written | Skip | TakenAway:
        renderer = self._renderers.get(mailing.kind)
        if renderer is None:
            log.error("nobody writes posts of this kind", kind=mailing.kind)
            return Skip(Reason.UNRENDERED)
        try:
            return await renderer.write(work, mailing, post, now)
        except DatabaseBusy:
            raise
        except Exception as error:  # noqa: BLE001 -- one that fails holds up no other
            report("a post could not be written", error, kind=mailing.kind)
            return Skip(Reason.UNRENDERED)

    async def _send(self, post: Post, written: Written | TakenAway) -> Answer:
        await asyncio.sleep(max(0.0, self._pacer.slot(_seconds())))
        if post.group is not None:
            self._last[post.group.id] = _seconds()
        try:
            return await self._http.post(call_for(post, written))
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 -- nobody understands the answer; it may have arrived
            report("an answer could not be read", error)
            return Answer(0)

    @property
    def _rests(self) -> bool:
        """Whether Telegram wants nothing to be posted just now, or cannot be reached."""
        return _seconds() < self._rests_until

    def _rest_for(self, answer: Answer) -> None:
        seconds = float(answer.retry_after or 1) if answer.status == FLOOD else self._rest
        if answer.status != FLOOD:
            self._rest = min(LONGEST_REST, self._rest * 2)
        self._rests_until = max(self._rests_until, _seconds() + seconds)
        log.warning("posts wait", seconds=seconds)

    async def _note(
        self, post: Post, became: Settled, answer: Answer | None, now: datetime
    ) -> None:
        """Write down what became of a post, as soon as the database can: nobody else knows."""
        while True:
            try:
                await self._note_once(post, became, answer, now)
            except DatabaseBusy as error:
                log.warning("the database is busy; what was posted is noted later", why=str(error))
                await asyncio.sleep(LOOK)
            else:
                return

    async def _note_once(
        self, post: Post, became: Settled, answer: Answer | None, now: datetime
    ) -> None:
        async with self._house.database.work() as work:
            await self._settle(work, became, now)
            if answer is None or answer.accepted:
                return
            said = answer.description.lower()
            if post.card and became.state is State.SKIPPED:
                await SharedCards(work).forget(post.card)
            elif post.group is not None and answer.moved_to is not None:
                await Posts(work).moved(post.group.chat_id, answer.moved_to, "", now)
            elif post.group is not None and any(words in said for words in OUT):
                await Posts(work).left(post.group.chat_id, now)
        if became.state is State.FAILED:
            log.error("a post was refused", code=answer.status, reason=str(became.reason))

    async def _settle(self, work: Work, became: Settled, now: datetime) -> None:
        await PostStore(work).settle(became, self._duty.lease.holder, now)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
