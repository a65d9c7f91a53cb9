"""The style sheets and scripts that this package carries."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from fastapi import HTTPException

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
DIGEST_LENGTH = 10
"""Characters of a content hash: enough to tell one version of a file from the next."""


@cache
def read_asset(name: str) -> tuple[bytes, str]:
    """The content and media type of a file of `static/`. Raises 404 for any other name."""
    folder = files("search_api") / "static"
    known = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    suffix = "." + name.rpartition(".")[2]
    if name not in known or suffix not in MEDIA_TYPES:
        raise HTTPException(404, "There is no such file.")
    return known[name].read_bytes(), MEDIA_TYPES[suffix]


@cache
def asset_url(name: str) -> str:
    """The address of a file of `static/` with a hash of its content, so that browsers may keep it and still see the next version."""
    return f"/static/{name}?v={content_digest(read_asset(name)[0])}"


def content_digest(content: bytes) -> str:
    """A short hash of a file's content."""
    return sha256(content).hexdigest()[:DIGEST_LENGTH]
