"""Telegram's numbers. Sources: core.telegram.org/bots/api and the official server's behaviour."""

from typing import Final

TEXT: Final = 4096  # characters after parsing
CAPTION: Final = 1024  # characters after parsing
CALLBACK_DATA: Final = 64  # bytes
COPY_TEXT: Final = 256  # characters
BUTTONS: Final = 100  # in one keyboard; a client library's constant, not seen in the server
BUTTONS_IN_A_ROW: Final = 8  # likewise
PLACEHOLDER: Final = 64  # characters in the empty input field
ANSWER: Final = 200  # characters of a service answer
START_PAYLOAD: Final = 64  # characters of a deep link

COMMANDS: Final = 100
COMMAND: Final = 32
COMMAND_DESCRIPTION: Final = 256
BOT_NAME: Final = 64
BOT_DESCRIPTION: Final = 512
BOT_SHORT_DESCRIPTION: Final = 120

UPLOAD: Final = 50 * 1024 * 1024  # bytes
PHOTO: Final = 10 * 1024 * 1024  # bytes
DOWNLOAD: Final = 20 * 1024 * 1024  # bytes

ALBUM: Final = 10  # messages

UPDATES_AT_ONCE: Final = 100
POLL: Final = 50  # seconds
INLINE_RESULTS: Final = 50
DELETE_AT_ONCE: Final = 100
SECRET: Final = 256  # characters of a webhook's secret
WEBHOOK_CONNECTIONS: Final = 100
WEBHOOK_PORTS: Final = frozenset({80, 88, 443, 8443})

DELETE_AGE: Final = 48 * 3600  # seconds: older messages can't be deleted for everyone
DAY: Final = 24 * 3600  # seconds: how long an update of a message waits for the bot
TAP: Final = 150  # seconds: how long an update of a tap waits
INLINE_QUERY: Final = 30  # seconds
CHOSEN: Final = 600  # seconds: how long the choice of a result waits
QUIET: Final = 7 * DAY  # after this long without updates their numbers start anew
