"""Which language a query is written in: the one whose dictionary knows most of its words."""

from collections.abc import Sequence

from index.spelling import read_dictionary

QUERY_LANGUAGES = ("en", "es")
"""Languages of queries that are told apart: that of the model and of the lexicon, and the one that the lexicon translates from."""


def guess_languages(words: Sequence[str], languages: Sequence[str] = QUERY_LANGUAGES) -> tuple[str, ...]:
    """The languages that know most of the folded words; several where they know equally many, all where none knows any."""
    known = {language: sum(word in read_dictionary(language) for word in words) for language in languages}
    most = max(known.values(), default=0)
    return tuple(language for language, count in known.items() if count == most)
