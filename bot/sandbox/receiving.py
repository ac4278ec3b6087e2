"""The methods by which a bot hears of what people do."""

import asyncio
import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

import orjson

from bot.sandbox import limits
from bot.sandbox.calls import Call, Described, Kind, Method, boolean, integer, listing, string
from bot.sandbox.entities import JsonObject
from bot.sandbox.refusal import RefusedError, bad_request
from bot.sandbox.updates import BY_DEFAULT
from bot.sandbox.webhooks import Target, WebhookSender

LABEL: Final = "the sandbox allows plain http to loopback; Telegram needs https"
_SECRET: Final = re.compile("[A-Za-z0-9_-]*")


async def get_updates(call: Call) -> list[orjson.Fragment]:
    """Hand out what the bot has not confirmed, waiting for it if asked to."""
    queue = call.bot.updates
    queue.allow(call.get("allowed_updates"))
    limit = min(max(call.get("limit", limits.UPDATES_AT_ONCE), 1), limits.UPDATES_AT_ONCE)
    timeout = min(max(call.get("timeout", 0), 0), limits.POLL)
    updates = await queue.poll(call.get("offset", 0), limit, timeout)
    return [orjson.Fragment(update.body) for update in updates]


async def set_webhook(call: Call) -> Described:
    """Have updates posted to an address of this machine; an empty one ends that."""
    url = call.get("url", "").strip()
    if not url:
        return await delete_webhook(call)
    _check_address(url)
    secret = call.get("secret_token", "")
    if len(secret) > limits.SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(call.get("max_connections", 40), 1), limits.WEBHOOK_CONNECTIONS)
    target = Target(url, secret, connections)
    label = f" ({LABEL})" if url.startswith("http:") else ""
    queue = call.bot.updates
    dropping = call.get("drop_pending_updates")
    same = call.bot.webhook is not None and call.bot.webhook.target == target and not dropping
    if not same:
        await _end(call)
    queue.allow(call.get("allowed_updates"))
    if dropping:
        queue.drop()
    if same:
        return Described(result=True, description=f"Webhook is already set{label}")
    bot = call.bot
    sender = WebhookSender(
        target,
        call.world.now,
        queue.done,
        lambda answer: call.world.obey(bot, answer),
    )
    bot.webhook = sender
    queue.receive(sender)
    return Described(result=True, description=f"Webhook was set{label}")


async def delete_webhook(call: Call) -> Described:
    """Go back to getUpdates."""
    was_set = call.bot.webhook is not None
    await _end(call)
    if call.get("drop_pending_updates"):
        call.bot.updates.drop()
    return Described(
        result=True, description=f"Webhook {'was' if was_set else 'is already'} deleted"
    )


async def _end(call: Call) -> None:
    sender, call.bot.webhook = call.bot.webhook, None
    call.bot.updates.receive(None)
    if sender is not None:
        # A bot that goes away in the middle of its call leaves nothing half closed.
        await asyncio.shield(sender.close())


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid webhook URL specified") from None
    here = _is_here(parts)
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if here:
        return
    if port is not None and port not in limits.WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    raise RefusedError(
        400,
        "Bad Request: bad webhook: the sandbox's own strictness: "
        "it posts to loopback addresses only, such as http://127.0.0.1:8080/",
    )


def _is_here(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def get_webhook_info(call: Call) -> JsonObject:
    """Where updates go and how that is going."""
    sender = call.bot.webhook
    info: JsonObject = {
        "url": sender.target.url if sender else "",
        "has_custom_certificate": False,
        "pending_update_count": call.bot.updates.count(),
    }
    if sender is not None:
        info["max_connections"] = sender.target.max_connections
        if sender.error.date:
            info["last_error_date"] = sender.error.date
            info["last_error_message"] = sender.error.message
    if call.bot.updates.allowed != BY_DEFAULT:
        info["allowed_updates"] = sorted(call.bot.updates.allowed)
    return info


_ALLOWED: Final[dict[str, Kind]] = {"allowed_updates": listing}

METHODS: Final = {
    "getUpdates": Method(
        get_updates, {**_ALLOWED, "offset": integer, "limit": integer, "timeout": integer}
    ),
    "setWebhook": Method(
        set_webhook,
        {
            **_ALLOWED,
            "url": string,
            "certificate": string,
            "ip_address": string,
            "max_connections": integer,
            "drop_pending_updates": boolean,
            "secret_token": string,
        },
    ),
    "deleteWebhook": Method(delete_webhook, {"drop_pending_updates": boolean}),
    "getWebhookInfo": Method(get_webhook_info, {}),
}
