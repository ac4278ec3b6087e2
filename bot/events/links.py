"""Links that open an event: what follows `?start=` on a poster, in a message, on a website.

"e12" opens event 12; "e12-poster" says where the person came from, too.
"""

import re
from dataclasses import dataclass

from bot.message import as_number

SOURCE = 40  # characters
_LINK = re.compile(rf"e([0-9]+)(?:-([A-Za-z0-9_-]{{1,{SOURCE}}}))?")


@dataclass(frozen=True, slots=True)
class EventLink:
    """An event, and where the person who opens it came from.

    Attributes:
        event_id: the event; perhaps none of ours.
        source: letters, digits, "_" and "-", such as "poster"; empty where nothing is said.
    """

    event_id: int
    source: str = ""

    @property
    def payload(self) -> str:
        """What `parse_payload` reads."""
        return f"e{self.event_id}-{self.source}" if self.source else f"e{self.event_id}"


def parse_payload(text: str) -> EventLink | None:
    """The link that a payload stands for; None where it is no link to an event."""
    found = _LINK.fullmatch(text)
    event_id = as_number(found[1]) if found else None
    return EventLink(event_id, found[2] or "") if found and event_id else None
