"""The style sheets and scripts that this package carries."""

from functools import cache
from importlib.resources import files

from fastapi import HTTPException

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def read_asset(name: str) -> tuple[bytes, str]:
    """The content and media type of a file of `static/`. Raises 404 for any other name."""
    folder = files("search_api") / "static"
    known = {entry.name: entry for entry in folder.iterdir() if entry.is_file()}
    suffix = "." + name.rpartition(".")[2]
    if name not in known or suffix not in MEDIA_TYPES:
        raise HTTPException(404, "There is no such file.")
    return known[name].read_bytes(), MEDIA_TYPES[suffix]
