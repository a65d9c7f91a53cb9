from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.access import HASHER, ROLES, AccessFile, role_includes, token_id_of
from search_api.errors import AccessFileError, NoSession, NoSuchToken, WrongToken
from search_api.sessions import SESSION_LENGTH, Sessions

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def access(tmp_path: Path) -> AccessFile:
    return AccessFile(tmp_path / "access" / "tokens.json")


def test_a_token_is_recognised_with_its_role_and_name(access: AccessFile):
    token, held = access.create("editor", "Ana", today=TODAY)
    assert access.recognise(held) == token
    assert (token.role, token.name, token.created_on) == ("editor", "Ana", TODAY)


def test_the_file_holds_no_token_and_only_its_owner_may_read_it(access: AccessFile, tmp_path: Path):
    token, held = access.create("staff", "", today=TODAY)
    file = tmp_path / "access" / "tokens.json"
    assert held.removeprefix(f"cs_{token.token_id}_") not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_the_hash_is_that_of_argon2id(access: AccessFile):
    token, held = access.create("staff", "", today=TODAY)
    assert token.digest.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert HASHER.verify(token.digest, held)


@pytest.mark.parametrize("damage", [lambda held: held[:-1] + ("A" if held[-1] != "A" else "B"), lambda held: held + "x", lambda _: ""])
def test_anything_but_the_very_token_is_refused(access: AccessFile, damage: Callable[[str], str]):
    _, held = access.create("staff", "", today=TODAY)
    with pytest.raises(WrongToken):
        access.recognise(damage(held))


def test_the_secret_of_one_token_does_not_open_another(access: AccessFile):
    (one, held), (other, _) = (access.create("staff", "", today=TODAY) for _ in range(2))
    with pytest.raises(WrongToken):
        access.recognise(held.replace(one.token_id, other.token_id))


def test_a_token_that_passed_is_recalled_until_it_is_revoked(access: AccessFile):
    token, held = access.create("staff", "", today=TODAY)
    assert access.recall(held) is None
    access.recognise(held)
    assert access.recall(held) == token
    assert access.recall(held[:-1] + ("A" if held[-1] != "A" else "B")) is None
    access.revoke(token.token_id)
    assert access.recall(held) is None


def test_what_one_process_revokes_another_refuses(access: AccessFile, tmp_path: Path):
    token, held = access.create("staff", "", today=TODAY)
    other = AccessFile(tmp_path / "access" / "tokens.json")
    assert other.recognise(held) == token
    access.revoke(token.token_id)
    with pytest.raises(WrongToken):
        other.recognise(held)


def test_revoking_one_token_leaves_the_others(access: AccessFile):
    tokens = [access.create("staff", str(number), today=TODAY)[0] for number in range(3)]
    access.revoke(tokens[1].token_id)
    assert list(access.tokens().values()) == [tokens[0], tokens[2]]


def test_an_unknown_id_cannot_be_revoked(access: AccessFile):
    with pytest.raises(NoSuchToken, match="token list"):
        access.revoke("000000000000")


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'[{"token_id": 5}]', b'[{"token_id": "a", "role": "boss"}]'])
def test_a_damaged_file_lets_nobody_in_and_is_not_overwritten(access: AccessFile, tmp_path: Path, content: bytes):
    _, held = access.create("staff", "", today=TODAY)
    file = tmp_path / "access" / "tokens.json"
    file.write_bytes(content)
    for act in (access.tokens, lambda: access.recognise(held), lambda: access.create("staff", "", today=TODAY)):
        with pytest.raises(AccessFileError, match="Restore it"):
            act()
    assert file.read_bytes() == content


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AccessFileError, match="CLINIC_SEARCH_ACCESS"):
        AccessFile(tmp_path / "file" / "tokens.json").create("staff", "", today=TODAY)


@given(st.text())
def test_only_the_shape_of_a_token_has_an_id(text: str):
    assert token_id_of(text) == "" or text.startswith("cs_")


def test_an_editor_may_do_what_staff_may_and_not_the_other_way_round():
    assert [(held, needed) for held in ROLES for needed in ROLES if not role_includes(held, needed)] == [("staff", "editor")]


def test_a_session_is_read_back_until_it_expires():
    sessions = Sessions()
    session = sessions.start("0123456789ab", now=NOW)
    cookie = sessions.seal(session)
    assert sessions.read(cookie, now=NOW + SESSION_LENGTH - timedelta(seconds=1)) == session
    with pytest.raises(NoSession, match="over"):
        sessions.read(cookie, now=NOW + SESSION_LENGTH)


def test_a_session_that_was_ended_counts_no_longer_and_others_do():
    sessions = Sessions()
    one, other = (sessions.start("0123456789ab", now=NOW) for _ in range(2))
    sessions.end(one, now=NOW)
    with pytest.raises(NoSession):
        sessions.read(sessions.seal(one), now=NOW)
    assert sessions.read(sessions.seal(other), now=NOW) == other


def test_nobody_else_can_make_a_session():
    session = Sessions().start("0123456789ab", now=NOW)
    with pytest.raises(NoSession):
        Sessions().read(Sessions().seal(session), now=NOW)


@given(st.text())
def test_no_other_text_is_a_session(text: str):
    with pytest.raises(NoSession):
        Sessions().read(text, now=NOW)


def test_a_form_mark_fits_its_own_session_only_and_is_no_cookie():
    sessions = Sessions()
    one, other = (sessions.start("0123456789ab", now=NOW) for _ in range(2))
    mark = sessions.form_mark(one)
    assert sessions.is_form_mark(one, mark)
    assert not sessions.is_form_mark(other, mark)
    assert not sessions.is_form_mark(one, "")
    with pytest.raises(NoSession):
        sessions.read(mark, now=NOW)
