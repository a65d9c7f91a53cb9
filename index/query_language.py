"""Which language a query is written in: the one whose dictionary alone knows most of its words."""

from collections.abc import Sequence

from index.spelling import QUERY_LANGUAGES, read_dictionary


def guess_languages(words: Sequence[str], languages: Sequence[str] = QUERY_LANGUAGES) -> tuple[str, ...]:
    """The languages that alone know most of the folded words; several where they know equally many, all where none knows any alone."""
    knowing = [{language for language in languages if word in read_dictionary(language)} for word in words]
    counts = {language: sum(known == {language} for known in knowing) for language in languages}
    most = max(counts.values(), default=0)
    return tuple(language for language, count in counts.items() if count == most)
