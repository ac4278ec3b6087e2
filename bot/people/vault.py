"""What must not be readable in the database alone: sealed JSON, and the key to it.

AES-256-GCM with a random nonce of 96 bits (NIST SP 800-38D). The person and the purpose are
authenticated with the text, so a sealed text moved to another row does not open.
"""

import base64
import binascii
import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, Self

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.config import Settings
from bot.errors import SealBroken, SettingsProblem

KEY_SIZE = 32  # bytes
_NONCE_SIZE = 12  # bytes, as GCM wants it
_URL_SAFE = str.maketrans("+/", "-_")  # `openssl rand -base64 32` writes the other alphabet
_HOW = (
    'Make one with: python -c "import base64, secrets; '
    'print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
)


class Vault:
    """Seals with its first key and opens with any of them, so that keys can be changed.

    Args:
        keys: of 32 bytes each, the newest first.
    """

    def __init__(self, *keys: bytes) -> None:
        if not keys or any(len(key) != KEY_SIZE for key in keys):
            raise ValueError(f"a vault needs keys of {KEY_SIZE} bytes")
        self._ciphers = {_name(key): AESGCM(key) for key in reversed(keys)}
        self._newest = _name(keys[0])

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The vault of these settings.

        Raises:
            SettingsProblem: the key is unusable; the message says what to do.
        """
        return cls(*secret_keys(settings))

    def seal(self, value: Any, *, purpose: str, person_id: int) -> str:
        """A JSON value as text that only `unseal` with the same purpose and person reads."""
        nonce = secrets.token_bytes(_NONCE_SIZE)
        bound = _bound(purpose, person_id)
        sealed = nonce + self._ciphers[self._newest].encrypt(nonce, orjson.dumps(value), bound)
        return f"{self._newest}.{base64.urlsafe_b64encode(sealed).decode()}"

    def unseal(self, text: str, *, purpose: str, person_id: int) -> Any:
        """The value that was sealed.

        Raises:
            SealBroken: it was sealed with a key this vault has not, for another purpose or
                person, or it was changed.
        """
        name, _, body = text.partition(".")
        try:
            raw = base64.b64decode(body, altchars=b"-_", validate=True)
            plain = self._ciphers[name].decrypt(
                raw[:_NONCE_SIZE], raw[_NONCE_SIZE:], _bound(purpose, person_id)
            )
        except (KeyError, ValueError, InvalidTag):
            raise SealBroken from None
        return orjson.loads(plain)

    def has_key_of(self, text: str) -> bool:
        """Whether a text was sealed with one of these keys."""
        return text.partition(".")[0] in self._ciphers


def secret_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys of these settings, the newest first.

    They come from BAOBAB_SECRET_KEY: one key of 32 bytes in base64, or several with commas
    between them. Without it, a key is made once and kept beside the database, in a file that
    only this user may read.

    Raises:
        SettingsProblem: a key has the wrong length, or the file cannot be read or made.
    """
    if settings.secret_key is not None:
        parts = [part.strip() for part in settings.secret_key.get_secret_value().split(",")]
        keys = tuple(_decoded(part) for part in parts if part)
        if not keys or None in keys:
            raise SettingsProblem(
                f"BAOBAB_SECRET_KEY: it must be {KEY_SIZE} bytes in base64. {_HOW}"
            )
        return tuple(key for key in keys if key)
    return (_key_in_file(key_file(settings)),)


def key_file(settings: Settings) -> Path:
    """Where the key is kept when no setting holds it: beside the database.

    A PostgreSQL server may be far away; there it is the folder the bot was started in.
    """
    prefix = "sqlite+aiosqlite:///"
    if settings.database_url.startswith(prefix):
        return Path(settings.database_url.removeprefix(prefix)).with_suffix(".key")
    return Path("baobab.key")


def _key_in_file(path: Path) -> bytes:
    try:
        if not path.exists():
            _make(path)
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblem(
            f"The secret key in {path} cannot be read or made ({type(error).__name__}). Let this "
            "user write there, or set BAOBAB_SECRET_KEY."
        ) from None
    key = _decoded(text.strip())
    if key is None:
        raise SettingsProblem(
            f"The secret key in {path} is damaged. Bring the file back from your backup. Without "
            "it, what it sealed cannot be read; move it away and a new one is made."
        )
    return key


def _make(path: Path) -> None:
    """Write a new key whole before it has its name: of two processes that try, one wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(KEY_SIZE)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _decoded(text: str) -> bytes | None:
    try:
        key = base64.b64decode(
            text.replace("+", "-").replace("/", "_"), altchars=b"-_", validate=True
        )
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_SIZE else None


def _name(key: bytes) -> str:
    """Tells keys apart without saying anything about them."""
    return hashlib.sha256(b"baobab key name" + key).hexdigest()[:8]


def _bound(purpose: str, person_id: int) -> bytes:
    return f"{purpose}:{person_id}".encode()
