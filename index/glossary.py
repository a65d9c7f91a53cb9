"""A Spanish question word by word in English, since the model reads English alone.

No translation: word order and idioms stay Spanish. But a model that was trained on English finds much more by it. The reciprocal rank of
the right one of 1,440 passages is .81 for Spanish questions and .30 for those in everyday words; with the lexicon alone it was .44 and
.06 (`python -m evaluation wordings corpus/wordings`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.resources import files

from index.lexical import fold, stem

FILE = "spanish_words.tsv"
NOTHING = "-"
"""The gloss of a word for which English has none."""
WORD = re.compile(r"[^\W\d_]+")
OPENING_MARKS = str.maketrans("", "", "¿¡")


class Glossary:
    """Looks words up as they are written, else without accents, else by their stem."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """`entries` are words with their glosses, the commonest first: of several with one stem the first one counts."""
        self._written: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        for word, gloss in entries:
            self._written.setdefault(word, gloss)
            self._folded.setdefault(fold(word), gloss)
            self._stems.setdefault(stem(fold(word), "spanish"), gloss)

    @property
    def words(self) -> Mapping[str, str]:
        """The folded words and their glosses."""
        return self._folded

    def find(self, word: str) -> str | None:
        """The gloss of a word, "" where English has none; None for a word that nobody wrote down."""
        folded = fold(word)
        gloss = self._written.get(word.lower()) or self._folded.get(folded) or self._stems.get(stem(folded, "spanish"))
        return "" if gloss == NOTHING else gloss

    def translate(self, text: str, *, keep: AbstractSet[str] = frozenset()) -> str:
        """The text with each word replaced by its gloss; unknown words, names mostly, stay, as do the folded words of `keep`."""

        def gloss(word: re.Match[str]) -> str:
            found = None if fold(word[0]) in keep else self.find(word[0])
            return word[0] if found is None else found

        return " ".join(WORD.sub(gloss, text.translate(OPENING_MARKS)).split())


@cache
def spanish_glossary() -> Glossary:
    """The bundled glossary."""
    return Glossary(parse_glossary(files("index").joinpath(FILE).read_text("utf-8").splitlines()))


def parse_glossary(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words and glosses from tab-separated lines; those that begin with # say nothing. Raises `ValueError` with the bad line."""
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        word, tab, gloss = line.partition("\t")
        if not (word and tab and gloss):
            raise ValueError(f"Line {number} of the glossary should be a word and its gloss, separated by a tab: {line!r}")
        yield word, gloss
