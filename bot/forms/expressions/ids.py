"""Functions that make or read opaque texts: ids, digests, encodings, luck."""

import base64
import binascii
import hashlib
import string
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.forms.expressions.parts import Function, Outside, Part, Place, text_run
from bot.forms.expressions.problems import EvaluationFailed, ExpressionRefused, Failure, Refusal
from bot.forms.expressions.scene import Focus
from bot.forms.expressions.values import Kind

if TYPE_CHECKING:
    from bot.forms.expressions.compiling import Compiler
    from bot.forms.expressions.grammar import Token

_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_ENCODINGS = ("base64", "hex")
_GUID_LIMIT = 1_000  # characters
_SIGNATURE = 64  # bytes of an Ed25519 signature
_SIGNS = string.ascii_uppercase + string.digits


def _uuid(focus: Focus, *lengths: float) -> str:
    """A version 4 UUID, or so many random letters and digits."""
    random = focus.scene.random
    if not lengths:
        return str(uuid.UUID(int=random.getrandbits(128), version=4))
    if not 0 <= lengths[0] <= _GUID_LIMIT:
        raise EvaluationFailed(Failure.WRONG_ARGUMENTS, "uuid")
    return "".join(random.choices(_SIGNS, k=int(lengths[0])))


def _build_digest(compiler: "Compiler", tokens: Sequence["Token"], place: Place) -> Part:
    parts = [compiler.part(token, place) for token in tokens]
    for part, known in zip(parts[1:], (_ALGORITHMS, _ENCODINGS), strict=False):
        if part.constant is not None and part.constant not in known:
            raise ExpressionRefused(Refusal.WRONG_ARGUMENTS, "digest")
    runs = [text_run(part) for part in parts]
    return Part(
        lambda focus: _digest(*[run(focus) for run in runs]),
        Kind.TEXT,
        bound=any(part.bound for part in parts),
    )


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    if algorithm not in _ALGORITHMS or encoding not in _ENCODINGS:
        raise EvaluationFailed(Failure.WRONG_ARGUMENTS, "digest")
    found = hashlib.new(_ALGORITHMS[algorithm], text.encode(), usedforsecurity=False)
    if encoding == "hex":
        return found.hexdigest()
    return base64.b64encode(found.digest()).decode("ascii")


def _base64_decode(text: str) -> str:
    """The text that was encoded, in UTF-8; empty if it is none."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _extract_signed(text: str, key: str) -> str:
    """What stands behind an Ed25519 signature, if the key made it; else empty.

    The text is base64 of the signature and then the content; the key is base64 too.
    """
    try:
        signed = base64.b64decode(text, validate=True)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(signed[:_SIGNATURE], signed[_SIGNATURE:])
        return signed[_SIGNATURE:].decode()
    except (binascii.Error, ValueError, InvalidSignature):
        return ""


def _version(focus: Focus) -> str:
    return focus.scene.tree.get("version", "")


ID_FUNCTIONS: Mapping[str, Function] = {
    "uuid": Function("n?", Kind.TEXT, _uuid, focused=True, outside=Outside.CHANCE),
    "random": Function(
        *("", Kind.NUMBER, lambda focus: focus.scene.random.random()),
        focused=True,
        outside=Outside.CHANCE,
    ),
    "digest": Function("ttt?", Kind.TEXT, build=_build_digest),
    "base64-decode": Function("t", Kind.TEXT, _base64_decode),
    "extract-signed": Function("tt", Kind.TEXT, _extract_signed),
    "version": Function("", Kind.TEXT, _version, focused=True),
    # Properties are a device's or an account's. Here they would be about a person: there are none.
    "property": Function("t", Kind.TEXT, lambda _name: ""),
}
