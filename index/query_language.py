"""Which language a query is written in: the one whose dictionary knows most of its words."""

from collections.abc import Sequence

from index.spelling import QUERY_LANGUAGES, read_dictionary


def guess_languages(words: Sequence[str], languages: Sequence[str] = QUERY_LANGUAGES) -> tuple[str, ...]:
    """The languages that know most of the folded words; several where they know equally many, all where none knows any."""
    known = {language: sum(word in read_dictionary(language) for word in words) for language in languages}
    most = max(known.values(), default=0)
    return tuple(language for language, count in known.items() if count == most)
