"""Where people live: boroughs and outward postcodes, read from the editors' files.

Adding a borough is a matter of data: content/boroughs.yaml and content/outcodes.csv.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Self

from bot.people import postcodes
from bot.people.borough_files import BoroughFile, OutcodeRow, read_borough_files
from bot.people.folding import fold

ELSEWHERE = "elsewhere"
"""Stands for a borough when a person lives outside all of ours."""
UNSURE = "unsure"
"""Stands for a borough when a person does not know or does not want to say."""

_MISTAKES = ((16, 3), (8, 2), (5, 1))  # length of a name and how many slips are forgiven in it
_MOST_SLIPS = max(slips for _, slips in _MISTAKES)
_SOUND_START = 8  # from this length on even the first letter may be wrong
_TITLES = frozenset({"london", "royal", "borough", "of", "city", "the", "council", "in"})
_ROADS = frozenset({"road", "rd", "street", "st", "lane", "ln", "avenue", "ave", "way", "close"})
_LONGEST_NAME = 6  # words
_LONGEST_TEXT = 300  # signs; nobody needs more to say where they live


@dataclass(frozen=True, slots=True)
class Borough:
    """A borough of ours.

    Attributes:
        key: what the database holds, such as "brent".
        name: in full, such as "Hammersmith and Fulham".
        button: short, such as "H&F".
        gss: the code of the Office for National Statistics.
        centre: latitude and longitude in degrees.
        neighbours: keys of the boroughs it touches.
    """

    key: str
    name: str
    button: str
    gss: str
    centre: tuple[float, float]
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcode:
    """The outward part of a postcode that lies, at least partly, in boroughs of ours.

    Attributes:
        outcode: such as "NW10".
        candidates: keys of the boroughs to offer, the likeliest first; empty: offer all.
        certain: there is one candidate and nothing to ask.
        elsewhere_possible: part of it lies outside our boroughs.
        edge: hardly any of it is ours: offer the candidates and preselect nothing.
    """

    outcode: str
    candidates: tuple[str, ...]
    certain: bool
    elsewhere_possible: bool
    edge: bool = False


@dataclass(frozen=True, slots=True)
class OutsideArea:
    """A place outside our boroughs: an outward postcode, or the name of a place."""

    outcode: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No place was found in the text."""


Place = Borough | Outcode | OutsideArea | Unreadable


class Boroughs:
    """The boroughs of ours and the facts about outward postcodes. Built once; never changes."""

    def __init__(self, file: BoroughFile, rows: dict[str, OutcodeRow]) -> None:
        self._boroughs = MappingProxyType(
            {
                key: Borough(key, e.name, e.button, e.gss, e.centre, e.neighbours)
                for key, e in file.boroughs.items()
            }
        )
        self._rows = MappingProxyType(dict(rows))
        self._districts = MappingProxyType(_districts(rows))
        # Every name without its spaces; values are the key of a borough or the name of a place
        # outside. Names of whole boroughs forgive mistakes, names of areas in them do not: they
        # are too many and too short.
        self._names: dict[str, Borough | OutsideArea] = {}
        self._forgiving: dict[str, Borough | OutsideArea] = {}
        for key, entry in file.boroughs.items():
            for name in (entry.name, *entry.aliases):
                self._forgiving[_tight(fold(name).split())] = self._boroughs[key]
            for name in entry.areas:
                self._names[_tight(fold(name).split())] = self._boroughs[key]
        for first, others in file.elsewhere.items():
            for name in (first, *others):
                self._forgiving[_tight(fold(name).split())] = OutsideArea(name=first)
        self._names |= self._forgiving
        self._by_length: dict[int, list[tuple[str, Borough | OutsideArea]]] = defaultdict(list)
        for name, place in self._forgiving.items():
            self._by_length[len(name)].append((name, place))
        self._points = tuple(
            [(borough.centre, key) for key, borough in self._boroughs.items()]
            + [
                (row.centroid, row.boroughs[0])
                for row in rows.values()
                if row.centroid and row.kind in {"single", "shared-NWL"}
            ]
        )

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read boroughs.yaml and outcodes.csv from the editors' folder.

        Raises:
            ContentProblem: a file is missing or wrong; one line for each problem.
        """
        return cls(*read_borough_files(folder))

    def __iter__(self) -> Iterator[Borough]:
        """Our boroughs, in the order of the file."""
        return iter(self._boroughs.values())

    def __contains__(self, key: object) -> bool:
        return key in self._boroughs

    def __getitem__(self, key: str) -> Borough:
        return self._boroughs[key]

    def find(self, text: str) -> str | None:
        """The key of the borough that a text names, or None.

        For a text that is meant to be a borough: case, accents, punctuation, "London Borough of"
        and small typing mistakes are forgiven, so long as no other place is as near.
        """
        found = self._named(fold(text[:_LONGEST_TEXT]).split())
        return found.key if isinstance(found, Borough) else None

    def mentioned_in(self, text: str) -> str | None:
        """The key of the one borough whose exact name, or an area in it, stands in a text.

        None when there is none, when there are two, or when a place outside is named as well.
        A name followed by "road" or the like is a road, which may lie anywhere.
        """
        found = set(self._mentions(fold(text).split()))
        place = found.pop() if len(found) == 1 else None
        return place.key if isinstance(place, Borough) else None

    def read_place(self, text: str) -> Place:
        """What a person says about where they live: a borough, an area in one, or a postcode.

        Of a postcode only the outward part is read and kept.
        """
        text = text[:_LONGEST_TEXT]
        words = fold(text).split()
        if named := self._named(words):
            return named
        mentions = set(self._mentions(words))
        outcode = self.outcode_in(text)
        if outcode is not None:
            place = self._outcode(outcode)
            if isinstance(place, Outcode):
                agreed = [
                    b for b in mentions if isinstance(b, Borough) and b.key in place.candidates
                ]
                if len(mentions) == len(agreed) == 1:
                    return agreed[0]
            return place
        return mentions.pop() if len(mentions) == 1 else Unreadable()

    def outcode_in(self, text: str) -> str | None:
        """The outward part of a postcode found in a text, such as "NW10"; never more of it."""
        return postcodes.outcode_in(
            text, lambda code: code in self._rows or code in self._districts
        )

    def of_outcode(self, outcode: str) -> tuple[str, ...]:
        """Keys of our boroughs that share an outward postcode, largest first; empty if none."""
        place = self._outcode(outcode.strip().upper())
        return place.candidates if isinstance(place, Outcode) else ()

    def neighbours(self, key: str) -> tuple[str, ...]:
        """Keys of the boroughs that touch this one; none for a key that is no borough of ours."""
        borough = self._boroughs.get(key)
        return borough.neighbours if borough else ()

    def nearest(self, latitude: float, longitude: float) -> str:
        """The key of our borough nearest to a point (degrees), by the middles of its postcodes."""
        # Over one city the earth is flat enough: a degree of longitude shrinks by the cosine.
        shrink = math.cos(math.radians(latitude))
        return min(
            self._points,
            key=lambda point: math.hypot(
                point[0][0] - latitude, (point[0][1] - longitude) * shrink
            ),
        )[1]

    def _is_known(self, outcode: str) -> bool:
        return outcode in self._rows or outcode in self._districts

    def _outcode(self, outcode: str) -> Outcode | OutsideArea:
        row = self._rows.get(outcode) or self._districts.get(outcode)
        if row is None:
            return OutsideArea(outcode=outcode)
        return Outcode(
            outcode,
            row.boroughs,
            certain=row.kind == "single",
            elsewhere_possible=bool(row.outside) or row.kind == "not-a-place",
            edge=row.kind == "edge",
        )

    def _named(self, words: list[str]) -> Borough | OutsideArea | None:
        """The place a whole text names."""
        typed = _tight(words)
        if found := self._names.get(typed):
            return found
        from rapidfuzz.distance import OSA  # loading it takes a while, and most need it never

        near: dict[int, set[Borough | OutsideArea]] = {}
        # A name that is longer or shorter by more than the slips forgiven is never as near.
        alike = range(len(typed) - _MOST_SLIPS, len(typed) + _MOST_SLIPS + 1)
        for name, place in chain.from_iterable(self._by_length.get(each, ()) for each in alike):
            slips = _slips_forgiven(typed, name)
            distance = OSA.distance(typed, name, score_cutoff=slips)
            if 0 < distance <= slips:
                near.setdefault(distance, set()).add(place)
        nearest = near[min(near)] if near else set()
        ours = {place for place in nearest if isinstance(place, Borough)}
        for places in (ours, nearest):  # of two places as near, the one of ours is meant
            if len(places) == 1:
                return places.pop()
        return None

    def _mentions(self, words: list[str]) -> Iterator[Borough | OutsideArea]:
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                after = words[at + size] if at + size < len(words) else ""
                found = self._names.get("".join(words[at : at + size]))
                if found and after not in _ROADS:
                    yield found
                    at += size - 1
                    break
            at += 1


def _tight(words: list[str]) -> str:
    """Words as one, without the titles of a borough ("London Borough of") before and after."""
    first, last = 0, len(words)
    while first < last and words[first] in _TITLES:
        first += 1
    while last > first and words[last - 1] in _TITLES:
        last -= 1
    return "".join(words[first:last] or words)


def _slips_forgiven(typed: str, name: str) -> int:
    for length, slips in _MISTAKES:
        if len(name) >= length:
            same_start = typed[:1] == name[:1]
            return slips if same_start or length >= _SOUND_START else 0
    return 0


def _districts(rows: dict[str, OutcodeRow]) -> dict[str, OutcodeRow]:
    """Districts that people name without their last letter, such as "SW1" for SW1A to SW1Y."""
    parts: dict[str, list[OutcodeRow]] = {}
    for row in rows.values():
        if row.outcode[-1].isalpha() and row.kind != "not-a-place":
            parts.setdefault(row.outcode[:-1], []).append(row)
    return {
        outcode: OutcodeRow(
            outcode=outcode,
            kind="shared-outside" if any(row.outside for row in its) else "shared-NWL",
            boroughs=tuple(
                key for key, _ in Counter(key for row in its for key in row.boroughs).most_common()
            ),
            outside=tuple(sorted({name for row in its for name in row.outside})),
            centroid=None,
        )
        for outcode, its in parts.items()
        if outcode not in rows
    }
