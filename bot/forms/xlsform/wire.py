"""What goes through the pipe to a child process that reads a form."""

import json
from collections.abc import Mapping


def request(content: bytes, filename: str, beside: Mapping[str, bytes]) -> bytes:
    """A form and the files beside it: a line of JSON with names and sizes, then their bytes."""
    sizes = {name: len(each) for name, each in beside.items()}
    # JSON in ASCII: the names of files may hold what is no proper text.
    head = json.dumps({"filename": filename, "size": len(content), "beside": sizes}).encode()
    return b"".join([head, b"\n", content, *beside.values()])


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
