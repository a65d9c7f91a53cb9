"""The patterns of personal data, read from `personal_patterns.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_PART = re.compile("<<([a-z_0-9]+)>>")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name, compiled to ignore case. Raises `KeyError` for a name that the file lacks."""
    content = _read_file()
    return re.compile(_fill(content["patterns"][name], content["parts"]), re.IGNORECASE)


@cache
def _read_file() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("safety").joinpath("personal_patterns.toml").read_text("utf-8"))


def _fill(text: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda match: _fill(parts[match[1]], parts), text.replace("\n", ""))
