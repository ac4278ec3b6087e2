"""How the Bot API says no."""

from collections.abc import Mapping
from typing import Any

import orjson


class RefusedError(Exception):
    """A Bot API call is refused.

    Args:
        code: the error code, which is the HTTP status too.
        description: the whole text, "Bad Request: " and the like included.
        parameters: what the bot may do about it, such as {"retry_after": 7}.
    """

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})

    def body(self) -> bytes:
        """The JSON that goes over the wire."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return orjson.dumps(answer)


def bad_request(detail: str) -> RefusedError:
    """Code 400 with Telegram's own words."""
    return RefusedError(400, f"Bad Request: {detail}")


def own_rule(detail: str) -> RefusedError:
    """Code 400 for what only this sandbox refuses; the text says so."""
    return RefusedError(400, f"Bad Request: the sandbox's own strictness: {detail}")


def forbidden(detail: str) -> RefusedError:
    """Code 403 with Telegram's own words."""
    return RefusedError(403, f"Forbidden: {detail}")


def too_many_requests(retry_after: int) -> RefusedError:
    """Code 429: come back after `retry_after` seconds."""
    description = f"Too Many Requests: retry after {retry_after}"
    return RefusedError(429, description, {"retry_after": retry_after})
