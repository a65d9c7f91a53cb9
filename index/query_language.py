"""Which language a query is written in: the one whose dictionary alone knows most of its words."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from bm25s.stopwords import STOPWORDS_SPANISH

from index.lexical import WORD, fold
from index.spelling import QUERY_LANGUAGES, read_dictionary

SPANISH_STOP_WORDS = frozenset(map(fold, STOPWORDS_SPANISH))
"""They are terms all the same: in English text they are parts of names ("Universidad de Oregon"), and in a Spanish question they lead to
Spanish pages, which came later without them (recall@20 of the sample clinic's Spanish queries .85 -> .78). Nobody looks for them."""


def guess_languages(
    words: Sequence[str], languages: Sequence[str] = QUERY_LANGUAGES, *, more: Mapping[str, AbstractSet[str]] | None = None
) -> tuple[str, ...]:
    """The languages that alone know most of the folded words; several where they know equally many, all where none knows any alone.

    `more` are words of a language that its dictionary may lack.
    """
    known = {language: (read_dictionary(language), (more or {}).get(language, frozenset())) for language in languages}
    knowing = [{language for language, sets in known.items() if any(word in one for one in sets)} for word in words]
    counts = {language: sum(known == {language} for known in knowing) for language in languages}
    most = max(counts.values(), default=0)
    return tuple(language for language, count in counts.items() if count == most)


def drop_spanish_stop_words(text: str) -> str:
    """The words of a Spanish text that say what it is about."""
    return " ".join(word for word in WORD.findall(text) if fold(word) not in SPANISH_STOP_WORDS)
