"""What goes through the pipes between us and the child process that converts."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from bot.forms.xlsform.result import (
    Code,
    Converted,
    Language,
    Place,
    Problem,
    Row,
    Severity,
)
from bot.forms.xlsform.sizes import is_list

Answer = Converted | tuple[Problem, ...]


def request(content: bytes, filename: str, beside: Mapping[str, bytes]) -> bytes:
    """A form and the files beside it: a line of JSON with names and sizes, then their bytes.

    Pictures and sounds stay here: their names are enough.
    """
    sizes = {name: len(_sent(name, each)) for name, each in beside.items()}
    head = _dumps({"filename": filename, "size": len(content), "beside": sizes})
    return b"".join([head, b"\n", content, *(_sent(name, each) for name, each in beside.items())])


def read_request(data: bytes) -> tuple[bytes, str, dict[str, bytes]]:
    """The form's content, its name and the files beside it."""
    head, _, body = data.partition(b"\n")
    about = json.loads(head)
    at = about["size"]
    beside = {}
    for name, size in about["beside"].items():
        beside[name] = body[at : at + size]
        at += size
    return body[: about["size"]], about["filename"], beside


def response(answer: Answer) -> bytes:
    """What became of the form, as JSON."""
    if isinstance(answer, tuple):
        return _dumps({"problems": answer})
    fields = {field.name: getattr(answer, field.name) for field in dataclasses.fields(answer)}
    fields["choice_places"] = [
        [*key, place.sheet, place.row] for key, place in answer.choice_places.items()
    ]
    fields["files"] = sorted(answer.files)
    return _dumps({"converted": fields})


def answer(data: bytes) -> Answer | None:
    """What a response says; its files are empty. None, if it is none of ours."""
    try:
        said = json.loads(data)
    except ValueError:
        return None
    if "problems" in said:
        return tuple(map(_problem, said["problems"]))
    fields = said["converted"]
    return Converted(
        **{
            **fields,
            "languages": tuple(Language(**each) for each in fields["languages"]),
            "places": {path: Place(**place) for path, place in fields["places"].items()},
            "choice_places": {
                (name, choice): Place(sheet, row)
                for name, choice, sheet, row in fields["choice_places"]
            },
            "rows": {
                name: tuple(Row(**row) for row in rows) for name, rows in fields["rows"].items()
            },
            "files": dict.fromkeys(fields["files"], b""),
            "warnings": tuple(map(_problem, fields["warnings"])),
        }
    )


def with_files(converted: Converted, beside: Mapping[str, bytes]) -> Converted:
    """An answer with the files that it only names."""
    return dataclasses.replace(converted, files={name: beside[name] for name in converted.files})


def _dumps(value: object) -> bytes:
    """JSON in ASCII: the names of files may hold what is no proper text."""
    return json.dumps(value, default=dataclasses.asdict).encode()


def _sent(name: str, content: bytes) -> bytes:
    return content if is_list(name) else b""


def _problem(said: dict[str, Any]) -> Problem:
    return Problem(**{**said, "code": Code(said["code"]), "severity": Severity(said["severity"])})
