"""Posts as calls of the Bot API, and what the answers mean for them."""

from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from bot.chat.outgoing import edit, say
from bot.chat.ready import EDITS, Ready, Stationery
from bot.delivery.models import Reason, Settled, State, TakenAway, Written
from bot.delivery.outcomes import Answer, refusal, settled, unanswered
from bot.delivery.posts.models import Post

SOON = timedelta(seconds=1)
"""After which a post is tried again that may have arrived, and is the same when done twice."""


def call_for(post: Post, written: Written | TakenAway) -> Ready:
    """The call that posts, or takes a post away."""
    if isinstance(written, TakenAway):
        if post.group is None:
            raise ValueError("only what is in a group is taken away")
        return Stationery.taking_away(post.delivery, post.group.chat_id)
    edits = post.delivery.edits
    if post.card:
        call = edit(written.message, 0, 0)
        where: dict[str, object] = {"inline_message_id": post.card}
    elif post.group is None:
        raise ValueError("a post is for a group or for a card")
    else:
        call = edit(written.message, 0, edits) if edits else say(written.message, 0)
        where = {"chat_id": post.group.chat_id}
        where |= {"message_id": edits} if call.method in EDITS else {}
        where |= {"disable_notification": True} if written.silent and not edits else {}
    kept = {
        name: value
        for name, value in call.params.items()
        if name not in {"chat_id", "message_id"} and (name == "_file" or not name.startswith("_"))
    }
    if "_file" in kept:
        return Ready(call.method, b"", replace(call, params=where | kept))
    return Ready(call.method, orjson.dumps(where | kept))


def judged(post: Post, answer: Answer, now: datetime) -> Settled:
    """What becomes of a post after an answer that says something about it."""
    became = settled(post.delivery, answer, now)
    if became.state is State.UNKNOWN and post.repeatable:
        return replace(unanswered(post.delivery), state=State.RETRY, due_at=now + SOON)
    if post.card and became.state is State.FAILED and refusal(answer) is Reason.REFUSED:
        return Settled(post.delivery.id, State.SKIPPED, Reason.GONE)
    return became
