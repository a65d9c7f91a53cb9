"""What a query means in the words of one site: spelling, abbreviations, plain words for clinical ones."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from index.abbreviations import mine_abbreviations
from index.glossary import Glossary, spanish_glossary
from index.lexical import STOP_WORDS, find_stems, find_terms, fold, split_words, stem, weigh_terms
from index.lexicon import LexiconEntry, SearchRules, read_lexicon
from index.query_language import SPANISH_STOP_WORDS, guess_languages
from index.schema import Ambiguity, Expansion, Interpretation
from index.spelling import QUERY_LANGUAGES, Speller
from ingest.schema import Article, Passage

EXPANSION_WEIGHT = 0.2
"""A word that the visitor did not write counts a fifth: at .5 nDCG@10 fell by .004 on medical questions and by .006 on scifact."""
RARE = 3
"""A plain word that the site uses so often at most is also told to the model in clinical words: nDCG@10 .764 -> .775 on the sample clinic's
development half, as with 2 to 50. Where the site has a page on the very word ("Asperger syndrome") that would lead away from it: told of
every plain word .777, and .895 -> .875 on medical questions."""
MOST_TOLD = 2
LONGEST_FORM = 5
"""Words of the longest form of the lexicon."""
ORDINARY_WORDS = frozenset("act add bed cams dit mat mit sad set wet pet aid".split())
"""Abbreviations that are words too: read as abbreviations only where they are written in capitals."""
WORD = re.compile(r"\w+")
LAST_WORD = re.compile(r"\w+\Z")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What a site's own text says about words: learned at build, stored in the index."""

    counts: dict[str, int] = field(default_factory=dict)
    definitions: tuple[tuple[str, str, int], ...] = ()
    """Short form, long form, how often the site defines it so."""
    coverage: dict[str, int] = field(default_factory=dict)
    """For each meaning of the lexicon, in how many passages it stands."""
    languages: tuple[str, ...] = ("en",)
    """The languages of its articles, the commonest first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query made ready: the text for the model, weighted terms for BM25, and the terms that must not lose to a near miss."""

    interpretation: Interpretation
    text: str
    terms: Mapping[str, float]
    exact: frozenset[str]
    own_terms: tuple[str, ...] = ()
    """The different terms that the visitor wrote, in order."""
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For terms that were read as something else the terms of that meaning."""
    tells_a_topic: bool = True
    """Whether there is more in it than signs and words of how one asks."""

    @property
    def words(self) -> int:
        """How many different terms the visitor wrote."""
        return len(self.own_terms)


def learn_words(articles: Sequence[Article], passages: Sequence[Passage]) -> SiteWords:
    """The words of a site, the abbreviations that it defines, and which meanings of the lexicon it covers."""
    texts = [f"{passage.title}\n{' '.join(passage.heading_path)}\n{passage.text}" for passage in passages]
    definitions = mine_abbreviations(chain.from_iterable((article.title, article.text) for article in articles))
    languages = Counter((article.metadata.language or "en").split("-")[0].lower() for article in articles)
    meanings = {entry.meaning for entry in read_lexicon() if entry.meaning} | {long for _, long in definitions}
    return SiteWords(
        counts=dict(sorted(Counter(word for text in texts for word in split_words(text)).items())),
        definitions=tuple(sorted((short, long, count) for (short, long), count in definitions.items())),
        coverage=count_coverage(texts, meanings),
        languages=tuple(language for language, _ in languages.most_common()) or ("en",),
    )


def count_coverage(texts: Sequence[str], meanings: Iterable[str]) -> dict[str, int]:
    """In how many of the texts each meaning stands, as its stems in a row; meanings that stand nowhere are left out."""
    by_first: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for meaning in sorted(meanings):
        if key := tuple(find_terms(meaning)):
            by_first[key[0]].append((key, meaning))
    found = Counter(meaning for text in texts for meaning in _meanings_in(find_terms(text), by_first))
    return dict(sorted(found.items()))


def _meanings_in(terms: Sequence[str], by_first: Mapping[str, Sequence[tuple[Key, str]]]) -> set[str]:
    return {
        meaning
        for start, term in enumerate(terms)
        for key, meaning in by_first.get(term, ())
        if tuple(terms[start : start + len(key)]) == key
    }


class Vocabulary:
    """Reads queries; made from what the site says, the bundled lexicon and the site's own rules."""

    def __init__(
        self,
        site: SiteWords,
        rules: SearchRules | None = None,
        lexicon: Sequence[LexiconEntry] | None = None,
        glossary: Glossary | None = None,
    ) -> None:
        """The bundled lexicon and glossary are read where none is given."""
        rules = rules or SearchRules()
        self._glossary = spanish_glossary() if glossary is None else glossary
        entries = [*rules.entries, *(read_lexicon() if lexicon is None else lexicon)]
        self._forbidden = {fold(form) for form in rules.forbidden}
        self._site = site
        self._defined = {long for _, long, _ in site.definitions}
        self._own = {fold(entry.meaning) for entry in rules.entries}
        self._short = self._short_forms(entries)
        self._plain = self._plain_forms([entry for entry in entries if entry.kind != "spanish"])
        self._spanish = self._read_forms((entry.form, entry.meaning) for entry in entries if entry.kind == "spanish")
        self._spanish_words = self._glossary.words.keys() | {
            word for entry in entries if entry.kind == "spanish" for word in split_words(entry.form)
        }
        self._unused = self._unused_forms(entries)
        self._names = {fold(entry.form) for entry in entries if entry.kind == "drug"} | {word for key in self._short for word in key}
        self._speller = Speller(site.counts, known=frozenset(self._known_words(entries)))
        self._languages = tuple(dict.fromkeys((*QUERY_LANGUAGES, *site.languages)))

    def _short_forms(self, entries: Iterable[LexiconEntry]) -> dict[Key, list[str]]:
        """Meanings of each abbreviation: those that the site defines, then those of the lexicon."""
        forms: dict[Key, list[str]] = defaultdict(list)
        defined = sorted(self._site.definitions, key=lambda one: -one[2])
        for short, meaning in chain(((d[0], d[1]) for d in defined), ((e.form, e.meaning) for e in entries if e.kind == "abbreviation")):
            key = tuple(split_words(short))
            if fold(short) not in self._forbidden and not any(_same_meaning(meaning, other) for other in forms[key]):
                forms[key].append(meaning)
        return dict(forms)

    def _plain_forms(self, entries: Iterable[LexiconEntry]) -> dict[Key, list[str]]:
        """Other names of what a visitor may write, by the stems of what is written; abbreviations of a long form among them."""
        pairs = [(e.form, e.meaning) for e in entries if e.kind != "abbreviation" and e.meaning]
        pairs += [(e.meaning, e.form) for e in entries if e.kind == "same"]
        pairs += [(meaning, " ".join(key)) for key, meanings in self._short.items() for meaning in meanings]
        return self._read_forms(pairs)

    def _unused_forms(self, entries: Iterable[LexiconEntry]) -> dict[Key, list[str]]:
        """The plain words that the site hardly uses, and what articles call that."""
        used: Counter[str] = Counter()
        for word, count in self._site.counts.items():
            used[stem(word)] += count
        forms = self._read_forms((entry.form, entry.meaning) for entry in entries if entry.kind == "means")
        return {key: meanings for key, meanings in forms.items() if min(used[one] for one in key) <= RARE}

    def _read_forms(self, pairs: Iterable[tuple[str, str]]) -> dict[Key, list[str]]:
        """What each form means, by the stems of the form; forbidden forms are left out."""
        forms: dict[Key, list[str]] = defaultdict(list)
        for written, meant in pairs:
            if fold(written) not in self._forbidden:
                forms[tuple(find_stems(written))].append(meant)
        return dict(forms)

    def _known_words(self, entries: Iterable[LexiconEntry]) -> Iterator[str]:
        for entry in entries:
            yield from split_words(f"{entry.form} {entry.meaning}")
        yield from self._forbidden

    def interpret(self, query: str, *, correct: bool = True) -> Reading:
        """The query as it is searched for; `correct=False` leaves the spelling as it stands."""
        languages = guess_languages(split_words(query), self._languages, more={"es": self._spanish_words})
        text = self._mend(query, languages) if correct else query
        found = list(self._find_short(text))
        in_spanish = languages == ("es",)
        translated = list(_find_forms(text, self._spanish)) if in_spanish else []
        glossed = list(self._gloss_words(text)) if in_spanish else []
        spelt_out = _spell_out(text, found)
        told = [] if in_spanish else list(_find_forms(text, self._unused))[:MOST_TOLD]
        read_as = [
            *((find_terms(written), meanings[0]) for written, _, meanings in found),
            *_find_forms(text, self._plain),
            *translated,
            *glossed,
        ]
        return Reading(
            interpretation=Interpretation(
                query=query,
                corrected=text if text != query else "",
                expanded=tuple(Expansion(written, meanings[0]) for written, _, meanings in found),
                ambiguous=tuple(Ambiguity(written, tuple(meanings)) for written, _, meanings in found if len(meanings) > 1),
                language="es" if in_spanish else "",
            ),
            text=_tell(self._in_english(spelt_out) if in_spanish else spelt_out, [meaning for _, meaning in (*translated, *told)]),
            terms=_add_meanings(weigh_terms(text), [meaning for _, meaning in read_as]),
            exact=frozenset(self._exact_terms(text)),
            own_terms=tuple(dict.fromkeys(find_terms(text))),
            meanings={term: tuple(find_terms(meaning)) for terms, meaning in reversed(read_as) for term in terms},
            tells_a_topic=bool(found) or names_a_topic(text),
        )

    def _in_english(self, text: str) -> str:
        """A Spanish text word by word in English, before the Spanish itself where the site has Spanish pages.

        Spanish first is worse for English pages: by vectors alone a mean reciprocal rank of .68 instead of .71, and .73 without the
        Spanish (`corpus/wordings`). On the sample clinic, with three Spanish pages of 67, recall@20 of Spanish queries rose from .74 to
        .85 on the development half.
        """
        english = self._glossary.translate(text, keep=self._forbidden)
        return f"{english} {text}" if "es" in self._site.languages else english

    def _gloss_words(self, text: str) -> Iterator[tuple[list[str], str]]:
        """The stem of each Spanish word of a text and its gloss."""
        for word in WORD.findall(text):
            if fold(word) not in self._forbidden and (gloss := self._glossary.find(word)):
                yield find_stems(word), gloss

    def finish(self, query: str) -> str:
        """The query with its last word, if it is none yet, made the site's commonest that begins so: for one still being typed."""
        last = LAST_WORD.search(query)
        if last is None or _looks_short(last[0]) or fold(last[0]) in self._names:
            return query
        languages = guess_languages(split_words(query), self._languages, more={"es": self._spanish_words})
        beginning = fold(last[0])
        finished = self._speller.finish(beginning, languages)
        return query if finished == beginning else query[: last.start()] + finished

    def _mend(self, query: str, languages: Sequence[str]) -> str:
        """The query with its misspelt words mended; everything else of it stays as typed."""
        words = list(WORD.finditer(query))
        mended, position = [], 0
        for word in words:
            mended += [query[position : word.start()], self._mend_word(word[0], languages)]
            position = word.end()
        return "".join(mended) + query[position:]

    def _mend_word(self, word: str, languages: Sequence[str]) -> str:
        folded = fold(word)
        if folded in self._names or folded in self._forbidden or _looks_short(word):
            return word
        mended = self._speller.correct(folded, languages)
        return word if mended == folded else mended

    def _find_short(self, text: str) -> Iterator[tuple[str, int, list[str]]]:
        """Abbreviations in the text: as written, where they end, and what they may mean here, the best covered meaning first."""
        words = list(WORD.finditer(text))
        start = 0
        while start < len(words):
            length = next((n for n in (3, 2, 1) if self._is_short(text, words[start : start + n], n)), 0)
            if length:
                last = words[start + length - 1]
                yield text[words[start].start() : last.end()], last.end(), self._rank(_short_key(words[start : start + length]))
            start += length or 1

    def _is_short(self, text: str, words: Sequence[re.Match[str]], length: int) -> bool:
        if len(words) < length or _short_key(words) not in self._short:
            return False
        written = text[words[0].start() : words[-1].end()]
        folded = fold(written)
        ordinary = length == 1 and (len(folded) < 3 or folded in ORDINARY_WORDS or folded in STOP_WORDS)
        return " " not in written and (not ordinary or written.isupper())

    def _rank(self, key: Key) -> list[str]:
        """Meanings that the site covers, its own definition first, then by coverage; all of them where it covers none."""
        meanings = self._short[key]
        covered = [meaning for meaning in meanings if self._covers(meaning)]
        return sorted(covered or meanings, key=lambda meaning: (meaning not in self._defined, -self._covers(meaning)))

    def _covers(self, meaning: str) -> int:
        return self._site.coverage.get(meaning, 1 if fold(meaning) in self._own else 0)

    def _exact_terms(self, text: str) -> Iterator[str]:
        """Terms that mean one thing only: abbreviations and names of drugs."""
        for word in WORD.findall(text):
            if _looks_short(word) or (fold(word) in self._names and fold(word) not in ORDINARY_WORDS):
                yield from find_terms(word)


def _find_forms(text: str, forms: Mapping[Key, Sequence[str]]) -> Iterator[tuple[list[str], str]]:
    """Stems of the text and what articles call that; longer forms are read before shorter ones."""
    stems = find_stems(text)
    start = 0
    while start < len(stems):
        length = next((n for n in range(LONGEST_FORM, 0, -1) if tuple(stems[start : start + n]) in forms), 0)
        yield from ((stems[start : start + length], meaning) for meaning in forms.get(tuple(stems[start : start + length]), ()))
        start += length or 1


def _short_key(words: Sequence[re.Match[str]]) -> Key:
    key = [fold(word[0]) for word in words]
    if key and len(words[-1][0]) > 3 and words[-1][0].endswith("s") and words[-1][0][:-1].isupper():
        key[-1] = key[-1][:-1]  # SSRIs
    return tuple(key)


def _looks_short(word: str) -> bool:
    return 2 <= len(word) <= 6 and sum(char.isupper() for char in word) >= 2


def _same_meaning(one: str, other: str) -> bool:
    """Whether two long forms differ only in spelling: the shorter one's stems begin the other's words."""
    first, second = sorted((find_terms(one), find_terms(other)), key=len)
    return len(first) == len(second) and all(a[:5] == b[:5] for a, b in zip(first, second, strict=True))


def _add_meanings(terms: dict[str, float], meanings: Iterable[str]) -> dict[str, float]:
    """The terms and, at a lower weight, those of their meanings."""
    for meaning in meanings:
        for term, weight in weigh_terms(meaning).items():
            terms[term] = max(terms.get(term, 0.0), weight * EXPANSION_WEIGHT)
    return terms


def names_a_topic(text: str) -> bool:
    """Whether not all words are stop words of one language. Spanish ones are terms too ("de" stands in names), and yet name nothing."""
    words = set(split_words(text))
    return not any(words <= idle for idle in (STOP_WORDS, SPANISH_STOP_WORDS))


def _tell(text: str, meanings: Iterable[str]) -> str:
    """The text and, behind it, what the model would not make of it: the model reads English, as articles write it."""
    return " ".join((text, *(meaning for meaning in dict.fromkeys(meanings) if meaning.lower() not in text.lower())))


def _spell_out(text: str, found: Sequence[tuple[str, int, list[str]]]) -> str:
    """The text with each abbreviation's meaning in brackets behind it: what the model reads."""
    for _, end, meanings in reversed(found):
        text = f"{text[:end]} ({meanings[0]}){text[end:]}"
    return text
