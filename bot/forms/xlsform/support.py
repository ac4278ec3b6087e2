"""What of XLSForm a chat can do, as data: docs/surveys.md shows it, and a test keeps that true."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from pyxform import aliases
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_SELECT


class Reason(StrEnum):
    """Why a chat does not do something."""

    LINES_ON_A_MAP = "lines_on_a_map"  # a chat sends a point, no line and no area
    SCANNER = "scanner"  # a chat does not read barcodes
    DRAWING = "drawing"  # nobody can draw or sign in a chat; a photo can be asked for
    UNSEEN = "unseen"  # it records what people do, or where they are, without their seeing it
    DEVICE = "device"  # who people are and what they hold is not collected without need
    OTHER_APP = "other_app"  # a bot cannot open other apps
    PRINTER = "printer"
    SENSOR = "sensor"  # a chat has no compass
    WEB_PAGE = "web_page"  # an answer that is a web page; a link can stand in a note's label
    MASKED = "masked"  # what people type in a chat stays to be seen
    XML_FILE = "xml_file"  # choices and tables come from .csv
    ENTITIES = "entities"  # records shared between surveys
    OPENSTREETMAP = "openstreetmap"
    ENCRYPTION = "encryption"  # answers would not be encrypted with the form's key
    LAST_SAVED = "last_saved"  # what somebody answered before is linked to nobody
    OLD_WAY = "old_way"  # XLSForm has a newer way: select_one_from_file, choice_filter, repeat


_SUPPORTED = """
    text integer decimal range date time dateTime note acknowledge calculate hidden geopoint
    image audio video file select_one select_multiple select_one_from_file
    select_multiple_from_file rank begin_group end_group begin_repeat end_repeat csv-external
    start end today
"""
_FOLLOWED = """
    minimal quick quickcompact compact likert label list list-nolabel horizontal vertical
    horizontal-compact columns columns-pack columns-flex columns-N no-buttons autocomplete
    table-list field-list multiline numbers thousands-sep no-calendar spinner counter picker
    rating no-ticks year month-year maps placement-map map image-map dynamic randomized
    hide-input wN
"""

# Question types as XLSForm's reference spells them. None: supported.
SUPPORT: Mapping[str, Reason | None] = MappingProxyType(
    {
        **dict.fromkeys(_SUPPORTED.split()),
        "geotrace": Reason.LINES_ON_A_MAP,
        "geoshape": Reason.LINES_ON_A_MAP,
        "barcode": Reason.SCANNER,
        "audit": Reason.UNSEEN,
        "background-audio": Reason.UNSEEN,
        "background-geopoint": Reason.UNSEEN,
        "start-geopoint": Reason.UNSEEN,
        "deviceid": Reason.DEVICE,
        "email": Reason.DEVICE,
        "phonenumber": Reason.DEVICE,
        "simserial": Reason.DEVICE,
        "subscriberid": Reason.DEVICE,
        "username": Reason.DEVICE,
        "osm": Reason.OPENSTREETMAP,
        "xml-external": Reason.XML_FILE,
        "begin_loop": Reason.OLD_WAY,
        "end_loop": Reason.OLD_WAY,
        "cascading_select": Reason.OLD_WAY,
        "select_one_external": Reason.OLD_WAY,
    }
)

# Types that fill themselves in with what would say who people are. They stay empty and stop no
# form: one that was written for elsewhere runs.
LEFT_EMPTY = frozenset(
    name for name, reason in SUPPORT.items() if reason in {Reason.UNSEEN, Reason.DEVICE}
)

# Words of the column `appearance`. None: followed, or a matter of looks that a chat can pass over
# without changing what is asked. Words that stand nowhere here are passed over with a warning.
APPEARANCES: Mapping[str, Reason | None] = MappingProxyType(
    {
        **dict.fromkeys(_FOLLOWED.split()),
        "annotate": Reason.DRAWING,
        "draw": Reason.DRAWING,
        "signature": Reason.DRAWING,
        "bearing": Reason.SENSOR,
        "ex:": Reason.OTHER_APP,
        "masked": Reason.MASKED,
        "printer:": Reason.PRINTER,
        "search(": Reason.OLD_WAY,
        "url": Reason.WEB_PAGE,
    }
)

# pyxform's other names for types.
_ALIASES = {
    **dict.fromkeys(["string", "q string", "add text prompt", "phone number"], "text"),
    **dict.fromkeys(
        [
            *("int", "q int", "add integer prompt", "percentage"),
            *(f"number of days in last {period}" for period in ("month", "six months", "year")),
        ],
        "integer",
    ),
    **dict.fromkeys(["q decimal", "add decimal prompt"], "decimal"),
    **dict.fromkeys(["q date", "add date prompt"], "date"),
    **dict.fromkeys(
        [
            *("datetime", "date time", "q date time", "q dateTime"),
            *("add date time prompt", "add dateTime prompt"),
        ],
        "dateTime",
    ),
    **dict.fromkeys(["q note", "add note prompt"], "note"),
    **dict.fromkeys(["q acknowledge", "add acknowledge prompt", "trigger"], "acknowledge"),
    **dict.fromkeys(["q calculate", "add calculate prompt"], "calculate"),
    **dict.fromkeys(
        ["gps", "location", "q location", "q geopoint", "add location prompt"], "geopoint"
    ),
    **dict.fromkeys(
        ["photo", "q image", "q picture", "add image prompt", "add photo prompt"], "image"
    ),
    **dict.fromkeys(["q audio", "add audio prompt"], "audio"),
    **dict.fromkeys(["q video", "add video prompt"], "video"),
    "add file prompt": "file",
    **dict.fromkeys(["start time", "get start time"], "start"),
    **dict.fromkeys(["end time", "get end time"], "end"),
    "get today": "today",
    "q geotrace": "geotrace",
    "q geoshape": "geoshape",
    **dict.fromkeys(["q barcode", "add barcode prompt"], "barcode"),
    **dict.fromkeys(["imei", "device id", "get device id", "uri:deviceid"], "deviceid"),
    **dict.fromkeys(["get phone number", "uri:phonenumber"], "phonenumber"),
    **dict.fromkeys(["sim id", "get sim id", "uri:simserial"], "simserial"),
    **dict.fromkeys(["subscriber id", "get subscriber id", "uri:subscriberid"], "subscriberid"),
    "uri:username": "username",
    "uri:email": "email",
}
_SELECTS = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "select one external": "select_one_external",
    "rank": "rank",
}
# Types of old forms, with or without the name of a list.
_OLD_TYPES = {"osm": "osm"} | dict.fromkeys(aliases.cascading, "cascading_select")
_OLD = re.compile(rf"(?:{'|'.join(_OLD_TYPES)})\b")
_NUMBERED = ((re.compile(r"columns-\d+"), "columns-N"), (re.compile(r"w\d+"), "wN"))
_BEGINNING = ("ex:", "printer:", "search(")


class Type(NamedTuple):
    """What stands in a row's column `type`.

    Attributes:
        name: a key of SUPPORT; empty for a type that XLSForm does not know.
        list_name: of choices, or the file they come from; empty if there are none.
        or_other: whether "other" and a text for it are added.
    """

    name: str
    list_name: str = ""
    or_other: bool = False


def read_type(text: str) -> Type:
    """What a cell of the column `type` means, whichever of XLSForm's spellings it uses."""
    text = " ".join(text.split())
    if begin := RE_BEGIN_CONTROL.search(text):
        return Type(f"begin_{aliases.control[begin['type']]}")
    if end := RE_END_CONTROL.search(text):
        return Type(f"end_{aliases.control[end['type']]}")
    if select := RE_SELECT.search(text):
        command = select["select_command"]
        from_file = "_from_file" if command in aliases.select_from_file else ""
        return Type(
            _SELECTS[aliases.select[command]] + from_file,
            select["list_name"],
            select["specify_other"] is not None,
        )
    if text in aliases.select:  # its list is missing
        from_file = "_from_file" if text in aliases.select_from_file else ""
        return Type(_SELECTS[aliases.select[text]] + from_file)
    if with_list := _OLD.match(text):
        return Type(_OLD_TYPES[with_list[0]])
    name = _ALIASES.get(text, text)
    return Type(name if name in SUPPORT else "")


def appearance_words(text: str) -> list[str]:
    """The words of a cell of the column `appearance`, as APPEARANCES spells those it has."""
    for beginning in _BEGINNING:
        if re.search(rf"(?:^|\s){re.escape(beginning)}", text):
            return [beginning]
    return [
        next((name for pattern, name in _NUMBERED if pattern.fullmatch(word)), word)
        for word in text.split()
    ]
