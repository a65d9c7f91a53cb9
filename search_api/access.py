"""Who may see the staff's and the editors' pages: tokens, kept hashed in one file."""

import fcntl
import hmac
import logging
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from pydantic import TypeAdapter, ValidationError

from ingest.durable_files import write_durably
from search_api.errors import AccessFileError, NoSuchToken, WrongToken

log = logging.getLogger("clinic_search")

Role = Literal["staff", "editor"]
ROLES: tuple[Role, ...] = ("staff", "editor")
"""In ascending order: every role may do what those before it may."""

SECRET_BYTES = 32
"""Of randomness in a token: 256 bits, twice what OWASP asks of a session id
(https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html)."""
SHAPE = re.compile(r"cs_([0-9a-f]{12})_[\w-]{43}", re.ASCII)
"""A token as its owner holds it: mark, id, secret. The id is no secret: it says which hash to compare with."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The least that OWASP recommends (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id); a random
secret needs no more, and a stranger who sends wrong ones costs 19 MiB for some 50 ms."""


def role_includes(held: Role, needed: Role) -> bool:
    """Whether the holder of one role may do what another may."""
    return ROLES.index(held) >= ROLES.index(needed)


@dataclass(frozen=True, slots=True)
class Token:
    """A permission: whose it is, what it allows, and the Argon2id hash of what its owner holds."""

    token_id: str
    role: Role
    name: str
    created_on: date
    digest: str


_TOKENS = TypeAdapter(list[Token])


class AccessFile:
    """The tokens of one file, read again whenever it changed: a token that was revoked ends with the next request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, ...] = ()
        self._tokens: Mapping[str, Token] = {}
        self._key = secrets.token_bytes(32)
        self._verified: dict[str, bytes] = {}
        self._decoy = HASHER.hash(secrets.token_urlsafe(SECRET_BYTES))

    def tokens(self) -> Mapping[str, Token]:
        """The tokens that are valid now, by id. Raises `AccessFileError` if the file is damaged."""
        state = _file_state(self._path)
        if state != self._seen:
            self._tokens = {token.token_id: token for token in _read_tokens(self._path)}
            self._seen = state
        return self._tokens

    def create(self, role: Role, name: str, *, today: date) -> tuple[Token, str]:
        """A new token and what its owner must keep: it cannot be shown again. Raises `AccessFileError`."""
        token_id = secrets.token_hex(6)
        held = f"cs_{token_id}_{secrets.token_urlsafe(SECRET_BYTES)}"
        token = Token(token_id, role, name, today, HASHER.hash(held))
        with _only_writer(self._path):
            _write_tokens(self._path, [*_read_tokens(self._path), token])
        return token, held

    def revoke(self, token_id: str) -> Token:
        """The token that is no longer valid, nor any session that began with it. Raises `NoSuchToken` or `AccessFileError`."""
        with _only_writer(self._path):
            tokens = {token.token_id: token for token in _read_tokens(self._path)}
            if token_id not in tokens:
                raise NoSuchToken(f"There is no token {token_id!r}; 'clinic-search token list' shows those that there are.")
            revoked = tokens.pop(token_id)
            _write_tokens(self._path, list(tokens.values()))
        return revoked

    def recall(self, held: str) -> Token | None:
        """The token of what somebody presents, if this process has seen it pass before; takes microseconds and tells nothing."""
        token = self.tokens().get(token_id_of(held))
        known = self._verified.get(token.token_id, b"") if token else b""
        return token if hmac.compare_digest(known, self._fingerprint(held)) else None

    def recognise(self, held: str) -> Token:
        """The token of what somebody presents. An unknown id takes as long as a wrong secret. Raises `WrongToken`."""
        token = self.tokens().get(token_id_of(held))
        try:
            HASHER.verify(token.digest if token else self._decoy, held)
        except VerificationError as error:
            raise WrongToken("This token is not valid.") from error
        if token is None:
            raise WrongToken("This token is not valid.")
        self._verified[token.token_id] = self._fingerprint(held)
        return token

    def _fingerprint(self, held: str) -> bytes:
        """What is remembered of a token that passed: worthless outside this process."""
        return hmac.digest(self._key, held.encode("utf-8", "replace"), sha256)


def token_id_of(held: str) -> str:
    """The id that stands in what somebody presents, "" if it is no token at all."""
    shape = SHAPE.fullmatch(held)
    return shape[1] if shape else ""


def _read_tokens(path: Path) -> list[Token]:
    try:
        return _TOKENS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        log.error("The tokens in %s cannot be read; nobody is let in.", path)
        raise AccessFileError(f"{path} cannot be read as a list of tokens. Restore it, or remove it and create new tokens.") from error


def _write_tokens(path: Path, tokens: list[Token]) -> None:
    try:
        write_durably(path, _TOKENS.dump_json(tokens, indent=2) + b"\n")
        path.chmod(0o600)
    except OSError as error:
        raise AccessFileError(f"{path} could not be written: {error.strerror}. The tokens are as they were.") from error


@contextmanager
def _only_writer(path: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile, so that no token is lost."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = path.with_name(f".{path.name}.lock").open("w")
    except OSError as error:
        raise AccessFileError(f"{path} could not be written: {error.strerror}. Name another file with CLINIC_SEARCH_ACCESS.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file_state(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:
        return (0,)
    return state.st_mtime_ns, state.st_ino, state.st_size
