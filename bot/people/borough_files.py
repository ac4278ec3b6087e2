"""content/boroughs.yaml and content/outcodes.csv as the editors write them."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.errors import ContentProblem
from bot.people.files import read_table, read_yaml
from bot.people.folding import fold_tightly

CLASSES = (
    "single",  # one borough has all of it
    "shared-NWL",  # several of ours have it
    "shared-outside",  # one of ours and somewhere else
    "shared-NWL+outside",  # several of ours and somewhere else
    "edge",  # hardly any of it is ours
    "not-a-place",  # for post boxes and large offices: it says little about where people live
)
_COLUMNS = ("outcode", "class", "boroughs", "outside", "latitude", "longitude")
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,30}$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BoroughEntry(_Entry):
    """One borough of ours.

    Attributes:
        name: as the borough writes it, in full.
        button: short enough for a button.
        aliases: other names of the whole borough, in any script; typing mistakes are forgiven.
        areas: places that lie in this borough only.
        gss: the code of the Office for National Statistics.
        centre: latitude and longitude in degrees.
        neighbours: keys of the boroughs it touches.
    """

    name: Text
    button: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    aliases: tuple[Text, ...] = ()
    areas: tuple[Text, ...] = ()
    gss: Annotated[str, StringConstraints(pattern=r"^E\d{8}$")]
    centre: tuple[float, float]
    neighbours: tuple[Key, ...]


class BoroughFile(_Entry):
    """content/boroughs.yaml.

    Attributes:
        boroughs: ours, by the key that the database holds.
        elsewhere: names people may type that lie outside ours, each with other names for it.
    """

    boroughs: Annotated[dict[Key, BoroughEntry], Field(min_length=1)]
    elsewhere: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)


class OutcodeRow(_Entry):
    """One row of content/outcodes.csv.

    Attributes:
        kind: one of CLASSES.
        boroughs: keys of ours that share it, the largest share first.
        outside: names of the places outside ours that share it.
        centroid: latitude and longitude in degrees, or None.
    """

    outcode: str
    kind: str
    boroughs: tuple[str, ...]
    outside: tuple[str, ...]
    centroid: tuple[float, float] | None


def read_borough_files(folder: Path) -> tuple[BoroughFile, dict[str, OutcodeRow]]:
    """Both files, the rows by outward postcode.

    Raises:
        ContentProblem: a file is missing or wrong, or the two contradict each other; one line
            for each problem.
    """
    file = read_yaml(folder / "boroughs.yaml", BoroughFile)
    problems = list(_contradictions(file))
    rows = {}
    for line, cells in read_table(folder / "outcodes.csv", _COLUMNS):
        said = f"outcodes.csv, line {line}: "
        row = _row(cells)
        if isinstance(row, str):
            problems.append(said + row)
        elif row.outcode in rows:
            problems.append(f"{said}{row.outcode} stands here twice")
        else:
            problems += [
                f"{said}“{key}” is no borough of boroughs.yaml"
                for key in row.boroughs
                if key not in file.boroughs
            ]
            rows[row.outcode] = row
    if problems:
        raise ContentProblem("\n".join(problems))
    return file, rows


def _contradictions(file: BoroughFile) -> Iterator[str]:
    for key, borough in file.boroughs.items():
        said = f"boroughs.yaml, {key}: "
        for other in borough.neighbours:
            if other == key or other not in file.boroughs:
                yield f"{said}the neighbour “{other}” is no other borough of this file"
            elif key not in file.boroughs[other].neighbours:
                yield f"{said}“{other}” does not name it as a neighbour in turn"
        if not _on_earth(borough.centre):
            yield f"{said}the centre must be a latitude and a longitude in degrees"
    names = Counter(
        fold_tightly(name)
        for borough in file.boroughs.values()
        for name in {borough.name, *borough.aliases, *borough.areas}
    )
    names.update(
        fold_tightly(name) for first, rest in file.elsewhere.items() for name in {first, *rest}
    )
    for name, count in names.items():
        if count > 1:
            yield f"boroughs.yaml: the name “{name}” stands for two places"


def _row(cells: dict[str, str]) -> OutcodeRow | str:
    """The row, or what is wrong with it."""
    kind = cells["class"]
    boroughs = tuple(part.strip() for part in cells["boroughs"].split(";") if part.strip())
    outside = tuple(part.strip() for part in cells["outside"].split(";") if part.strip())
    centroid: tuple[float, float] | None = None
    problem = None
    if not _OUTCODE.fullmatch(cells["outcode"]):
        problem = f"“{cells['outcode']}” is not the first half of a postcode, such as NW10"
    elif kind not in CLASSES:
        problem = f"“{kind}” is no class; use one of {', '.join(CLASSES)}"
    elif kind == "single" and len(boroughs) != 1:
        problem = "the class “single” needs exactly one borough"
    elif kind != "not-a-place" and not boroughs:
        problem = "a borough is missing"
    elif cells["latitude"] or cells["longitude"]:
        try:
            centroid = (float(cells["latitude"]), float(cells["longitude"]))
        except ValueError:
            centroid = (math.nan, math.nan)
        if not _on_earth(centroid):
            problem = "latitude and longitude must be degrees, such as 51.54 and -0.25"
    return problem or OutcodeRow(
        outcode=cells["outcode"], kind=kind, boroughs=boroughs, outside=outside, centroid=centroid
    )


def _on_earth(point: tuple[float, float]) -> bool:
    latitude, longitude = point
    return (
        math.isfinite(latitude)
        and math.isfinite(longitude)
        and abs(latitude) <= 90  # noqa: PLR2004 -- the poles
        and abs(longitude) <= 180  # noqa: PLR2004 -- the date line
    )
