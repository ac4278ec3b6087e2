"""Logs for operators: what happened and where, never who said what."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog

TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
LIBRARIES = ("aiohttp", "apscheduler", "asyncio", "asyncpg", "telegram")


def configure_logs(form: Literal["text", "json"]) -> None:
    """Send the logs of this process to standard error.

    Libraries may only warn, and their tracebacks and arguments are dropped: they could hold an
    address with the token in it, or somebody's words.
    """
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_token,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = _Libraries()
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns of each tick that is left out because the one before still runs, as it should be.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


class _Libraries(logging.Handler):
    """What libraries log, as one event with the place it came from and the kind of error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log where and what kind, not the message: libraries quote what they handle."""
        error = record.exc_info[0] if record.exc_info else None
        structlog.get_logger(record.name).warning(
            "a library warned",
            where=f"{record.module}:{record.lineno}",
            error=error.__name__ if error else None,
            says=str(record.msg).split("\n", 1)[0][:120] if record.args else None,
        )


def _without_token(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The last line of defence: nothing that looks like a token gets out."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = TOKEN.sub("<token>", value)
        elif isinstance(value, list):
            event[key] = [TOKEN.sub("<token>", str(each)) for each in value]
    return event
