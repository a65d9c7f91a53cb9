"""Pages read one by one, so that none that breaks our code takes the others with it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from ingest.schema import LedgerEntry


class _Addressed(Protocol):
    @property
    def url(self) -> str: ...


Noun = TypeVar("Noun", bound=_Addressed)
Result = TypeVar("Result")


def each_alone(nouns: Iterable[Noun], make: Callable[[Noun], Result], *, record: Callable[[LedgerEntry], None]) -> Iterator[Result]:
    """What `make` makes of each; one that raises is recorded as an error and left out."""
    for noun in nouns:
        try:
            made = make(noun)
        except Exception as error:  # whatever a hostile page may do: the crawl of a whole site must not end with it
            record(LedgerEntry(noun.url, "error", f"it could not be understood: {type(error).__name__}: {str(error)[:80]}"))
        else:
            yield made
