"""What can be wrong with a site's content; each file defines `check(context) -> Iterator[Gap]`, its docstring is what an editor reads."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from inspect import cleandoc
from pkgutil import iter_modules

from gaps.context import CheckContext
from gaps.errors import UnknownCheck
from gaps.schema import Gap

Check = Callable[[CheckContext], Iterator[Gap]]


def check_names() -> list[str]:
    """The names of the checks, which are those of the files of this folder."""
    return sorted(module.name for module in iter_modules(__path__))


def load_check(name: str) -> Check:
    """The check of this name. Raises `UnknownCheck` with the names that there are."""
    if name not in check_names():
        raise UnknownCheck(f"There is no check '{name}'; there are: {', '.join(check_names())}.")
    check: Check = import_module(f"{__name__}.{name}").check
    return check


def explain_check(name: str) -> str:
    """What an editor reads about a check."""
    return cleandoc(load_check(name).__doc__ or "")


def run_check(name: str, context: CheckContext) -> Iterator[Gap]:
    """The gaps that the check of this name finds, each with its name. Raises `UnknownCheck` as `load_check` does."""
    return (replace(gap, check=name) for gap in load_check(name)(context))
