import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings
from bot.errors import SealBroken, SettingsProblem
from bot.people.vault import Vault, key_file, secret_keys

OLD, NEW = b"o" * 32, b"n" * 32
VAULT = Vault(NEW)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def settings(folder: Path, **more: str) -> Settings:
    url = f"sqlite+aiosqlite:///{folder / 'baobab.db'}"
    return Settings(_env_file=None, database_url=url, **more)  # type: ignore[call-arg, arg-type]  # a pydantic-settings argument; values are read from text


@given(json_values, st.integers(1))
def test_what_is_sealed_comes_out_as_it_was(value: object, person_id: int) -> None:
    sealed = VAULT.seal(value, purpose="needs", person_id=person_id)
    assert VAULT.unseal(sealed, purpose="needs", person_id=person_id) == value


def test_a_sealed_text_shows_nothing_and_never_looks_the_same() -> None:
    texts = {VAULT.seal({"note": "wheelchair"}, purpose="needs", person_id=7) for _ in range(20)}
    assert len(texts) == 20
    for text in texts:
        assert b"wheelchair" not in base64.urlsafe_b64decode(text.partition(".")[2])


@pytest.mark.parametrize(("purpose", "person_id"), [("needs", 8), ("interview", 7), ("needs:7", 7)])
def test_a_sealed_text_opens_for_its_own_row_only(purpose: str, person_id: int) -> None:
    sealed = VAULT.seal("x", purpose="needs", person_id=7)
    with pytest.raises(SealBroken):
        VAULT.unseal(sealed, purpose=purpose, person_id=person_id)


def test_a_changed_text_does_not_open() -> None:
    name, _, body = VAULT.seal("a secret", purpose="needs", person_id=7).partition(".")
    raw = base64.urlsafe_b64decode(body)
    for at in range(len(raw)):
        changed = bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]])
        with pytest.raises(SealBroken):
            VAULT.unseal(
                f"{name}.{base64.urlsafe_b64encode(changed).decode()}", purpose="needs", person_id=7
            )


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(SealBroken):
        VAULT.unseal(text, purpose="needs", person_id=7)


def test_keys_can_be_changed_without_losing_what_was_sealed() -> None:
    before = Vault(OLD).seal("kept", purpose="needs", person_id=7)
    both = Vault(NEW, OLD)
    assert both.unseal(before, purpose="needs", person_id=7) == "kept"
    after = both.seal("kept", purpose="needs", person_id=7)
    assert Vault(NEW).unseal(after, purpose="needs", person_id=7) == "kept"
    with pytest.raises(SealBroken):
        Vault(NEW).unseal(before, purpose="needs", person_id=7)


def test_a_vault_needs_whole_keys() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        Vault()


def test_a_key_is_made_once_beside_the_database(tmp_path: Path) -> None:
    made = secret_keys(settings(tmp_path))
    file = tmp_path / "baobab.key"
    assert key_file(settings(tmp_path)) == file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [len(key) for key in made] == [32]
    assert secret_keys(settings(tmp_path)) == made
    assert [path.name for path in tmp_path.iterdir()] == ["baobab.key"]


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: secret_keys(settings(tmp_path)), range(32)))
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["baobab.key"]


def test_the_setting_comes_first_and_may_hold_older_keys(tmp_path: Path) -> None:
    new, old = (base64.b64encode(key).decode() for key in (b"\xff" * 32, OLD))
    chosen = secret_keys(settings(tmp_path, secret_key=f"{new}, {old}"))
    assert chosen == (b"\xff" * 32, OLD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["short", "", ",", "é", base64.b64encode(b"x" * 31).decode()])
def test_an_unusable_setting_says_what_to_do_and_not_what_it_was(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsProblem) as refused:
        secret_keys(settings(tmp_path, secret_key=text))
    assert str(refused.value) == (
        "BAOBAB_SECRET_KEY: it must be 32 bytes in base64. Make one with: "
        'python -c "import base64, secrets; '
        'print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"'
    )


def test_a_damaged_key_file_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "baobab.key"
    file.write_text("half a k")
    with pytest.raises(SettingsProblem, match="is damaged"):
        secret_keys(settings(tmp_path))
    assert file.read_text() == "half a k"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match=r"cannot be read or made \(FileNotFoundError\)"):
        secret_keys(settings(tmp_path / "nowhere"))


def test_with_postgresql_the_key_lies_where_the_bot_was_started() -> None:
    remote = Settings(_env_file=None, database_url="postgresql+asyncpg://db/baobab")  # type: ignore[call-arg]  # a pydantic-settings argument
    assert key_file(remote) == Path("baobab.key")
