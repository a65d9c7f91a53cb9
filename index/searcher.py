"""Answers queries from one generation of an index. Opens fast, keeps no state but a cache of vectors, imports no torch."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.answer_reader import ReadableSentence, reader_for
from index.citations import cite_passage
from index.confidence import gather_evidence
from index.contents import Contents, read_contents
from index.embedders import load_embedder as load_named_embedder
from index.errors import BadQuery, DamagedIndex, ModelMismatch
from index.generations import Manifest, current_generation, repair_hint, verify_generation
from index.late_interaction import Span
from index.lexical import split_words
from index.lexicon import PinnedPage, SearchRules
from index.ranker import Ranker, Scores
from index.schema import Citation, Embedder, Explanation, FloatMatrix, FloatVector, Hit, PageResult, SearchOutcome, TokenEmbedder
from index.sentence_scoring import Candidate, Matches, Reads, Similarities
from index.sentence_vectors import SentenceCosines, SentenceVectors
from index.suggestions import Suggestions
from index.vocabulary import Reading, Vocabulary
from ingest.errors import IngestError
from ingest.schema import Article, MenuEntry, Passage, Site
from ingest.site_files import read_articles, read_menu, read_site

LONGEST_QUERY = 1000
"""Characters that are read of a query: about 256 tokens, all that the model reads."""
MOST_PAGES = 100
"""The longest list of results; a larger k is read as this."""
MOST_SIBLINGS = 5
"""Further passages of a page that are shown under its best one."""
CACHED_QUERIES = 2048
"""Vectors of recent queries kept: 3 MB."""
CACHED_CITATIONS = 4096
"""Citations of passages kept, some megabytes: finding the words that a browser lands on takes longer than the search."""
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that nobody types on purpose."""

LoadEmbedder = Callable[[str], Embedder]


class Searcher:
    """One generation, open for reading; safe to call from several threads."""

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        contents: Contents,
        articles: Sequence[Article],
        embedder: Embedder,
        rules: SearchRules | None = None,
    ) -> None:
        self.folder, self.manifest, self.rules = folder, manifest, rules or SearchRules()
        self.passages: Sequence[Passage] = contents.passages
        self.articles: Mapping[str, Article] = {article.url: article for article in articles}
        self.embedder = embedder
        self.vocabulary = Vocabulary(contents.words, self.rules)
        self._ranker = Ranker(contents, manifest.weights)
        self.reader = reader_for(manifest.token_basis)
        self._read = lru_cache(maxsize=CACHED_QUERIES)(embedder.read_question)
        self._cite = lru_cache(maxsize=CACHED_CITATIONS)(lambda passage: cite_passage(self.articles[passage.url], passage))
        hidden = frozenset(page.url for page in self.rules.hidden)
        self._suggestions = Suggestions(contents.passages, hidden)
        self._pages = _Pages(contents, [article.url for article in articles], hidden)

    @classmethod
    def open(cls, root: Path, *, load_embedder: LoadEmbedder = load_named_embedder, rules: SearchRules | None = None) -> "Searcher":
        """The current generation of an index, every file of it checked. `load_embedder` is called with the name of the embedder's file.

        Raises:
            MissingIndex, DamagedIndex: there is no complete index; the message holds the command that repairs it.
            ModelMismatch: the embedder at hand is not the one that built the index.
        """
        folder = current_generation(root)
        manifest = verify_generation(folder)
        embedder = load_embedder(manifest.embedder.partition(":")[0])
        if (embedder.digest, embedder.dimension) != (manifest.model_digest, manifest.dimension):
            raise ModelMismatch(
                f"The index in {root} was built by {manifest.embedder} (digest {manifest.model_digest[:12]}), "
                f"the model at hand is {embedder.name} (digest {embedder.digest[:12]}). {repair_hint(root)}"
            )
        try:
            contents, articles = read_contents(folder, manifest.store), read_articles(folder / "site")
        except (IngestError, OSError, ValueError, KeyError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {repair_hint(root)}") from error
        if manifest.token_basis and (not isinstance(embedder, TokenEmbedder) or embedder.token_basis != manifest.token_basis):
            raise ModelMismatch(f"The index in {root} holds tokens of another export of its model. {repair_hint(root)}")
        embedder.embed_question("the first question takes an engine longer than any other")
        return cls(folder, manifest, contents, articles, embedder, rules)

    @cached_property
    def site(self) -> Site:
        """All that ingest knew of the site."""
        return read_site(self.folder / "site")

    @cached_property
    def menu(self) -> Sequence[MenuEntry]:
        """The site's menus."""
        return read_menu(self.folder / "site")

    @cached_property
    def section_sizes(self) -> Mapping[str, int]:
        """How many articles stand in each part of the site."""
        return Counter(article.site_section for article in self.articles.values() if article.site_section)

    def unknown_pages(self) -> list[str]:
        """Addresses that the site's rules pin or hide and that are no page of this index: typing errors, or pages that moved."""
        named = [pin.url for pin in self.rules.pinned] + [page.url for page in self.rules.hidden]
        return [url for url in named if url not in self.articles]

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        offset: int = 0,
        section: str = "",
        language: str = "",
        page_type: str = "",
        verbatim: bool = False,
        unfinished: bool = False,
        cut_tail: bool = True,
    ) -> SearchOutcome:
        """The at most k best pages from `offset` on, each with its best passage first, and how sure the search is.

        `section`, `language` and `page_type` keep only such pages. `verbatim` leaves the spelling as typed ("search instead for").
        `unfinished`: the query is still being typed, and its last word is searched for as the word that it begins.
        `cut_tail=False` lists every page. k above 100 is read as 100.

        Raises:
            BadQuery: nothing to search for, k below 1, or a negative offset.
        """
        if k < 1 or offset < 0:
            raise BadQuery(f"k must be at least 1 and offset at least 0, not {k} and {offset}.")
        reading = self.read_query(query, verbatim=verbatim, unfinished=unfinished)
        if not reading.tells_a_topic:  # a smile, a row of question marks, "what is the": whatever came near would be noise
            return SearchOutcome(reading.interpretation, "not_covered", 0.0, (), 0)
        allowed = self._allowed(section, language, page_type)
        scores = self._score(reading, allowed)
        confidence = self.manifest.calibration.confidence(gather_evidence(reading, scores, self._ranker.lexical, allowed))
        ranked = self._rank_pages(reading, scores, allowed, cut_tail=cut_tail)
        groups = [self._pages.members(int(group), scores.fused, allowed) for group in ranked[offset : offset + min(k, MOST_PAGES)]]
        shown = [self._page_result(rank, rows, scores) for rank, rows in enumerate(groups, offset + 1)]
        verdict = self.manifest.calibration.judge(confidence)
        return SearchOutcome(reading.interpretation, verdict, confidence, tuple(shown), len(ranked))

    def pinned_to(self, query: str) -> frozenset[str]:
        """The addresses of the pages that the site's rules put first for this query."""
        return frozenset(pin.url for pin in self._pins(self.read_query(query)))

    def read_query(self, query: str, *, verbatim: bool = False, unfinished: bool = False) -> Reading:
        """How a query is understood, before anything is searched. Raises `BadQuery` if it is empty."""
        typed = clean_query(query)
        finished = self.vocabulary.finish(typed) if unfinished and query[-1:].isalnum() else typed
        reading = self.vocabulary.interpret(finished, correct=not verbatim)
        if finished == typed:
            return reading
        return replace(reading, interpretation=replace(reading.interpretation, query=typed, finished=finished))

    def score(self, query: str) -> Scores:
        """What every passage scores, part by part: for those who measure."""
        return self._score(self.read_query(query))

    def with_vocabulary(self, vocabulary: Vocabulary) -> "Searcher":
        """The same searcher with another reading of queries: for those who measure."""
        other = copy(self)
        other.vocabulary = vocabulary
        return other

    def without(self, urls: AbstractSet[str]) -> "Searcher":
        """The same searcher, as if these pages were not there: for the calibration of answers."""
        other = copy(self)
        other._pages = self._pages.without(urls)
        return other

    def _score(self, reading: Reading, allowed: NDArray[np.bool_] | None = None) -> Scores:
        return self._ranker.score(reading, self._read(reading.text), self._pages.visible if allowed is None else allowed)

    def explain(self, query: str, hit: Hit, *, verbatim: bool = False) -> Explanation:
        """Why a hit stands where it stands: its cosines, its words, what was added."""
        reading = self.read_query(query, verbatim=verbatim)
        scores = self._score(reading)
        row = self._rows[hit.passage.passage_id]
        return Explanation(
            window_cosine=float(scores.window[row]),
            passage_cosine=float(scores.passage[row]),
            late=float(scores.late[row]),
            lexical=float(scores.lexical[row]),
            terms={term: value for term, weight in reading.terms.items() if (value := self._ranker.term_score(term, weight, row)) > 0},
            lexical_share=self.manifest.weights.lexical_share(scores.lexical),
            boosts={"exact": float(scores.exact[row])} | self._pin_reasons(reading, hit.passage.url),
        )

    def measure_sentences(
        self, query: str, *, verbatim: bool = False, unfinished: bool = False
    ) -> tuple[Similarities, Matches, Reads | None]:
        """What sentences are chosen and judged by, for a query that is read once.

        Cosines of an article's, how well spans meet it word by word, and, if the model has a reader, how likely candidates answer it.
        """
        question = self._read(self.read_query(query, verbatim=verbatim, unfinished=unfinished).text)

        def similarities(url: str) -> SentenceCosines:
            return self._sentence_vectors.similarities(url, question)

        def matches(passage_id: str, spans: Sequence[Span]) -> FloatVector:
            row = self._rows[passage_id]
            shift = self._shift(row)
            return self._ranker.match_spans(question, row, [(start + shift, end + shift) for start, end in spans])

        def reads(candidates: Sequence[Candidate]) -> FloatVector:
            assert self.reader
            tokens = self._ranker.tokens
            return self.reader.read(question, tokens.weigh(question.token_ids), [self._readable(one) for one in candidates])

        return similarities, matches, reads if self.reader else None

    def _shift(self, row: int) -> int:
        """How much later a place of the article stands in what was read of a passage."""
        passage = self.passages[row]
        return len(passage.embedding_text) - len(passage.text) - passage.start

    def _readable(self, candidate: Candidate) -> ReadableSentence:
        """The tokens of a candidate and of the title and headings above its passage."""
        row, sentence = self._rows[candidate.passage_id], candidate.sentence
        shift, tokens = self._shift(row), self._ranker.tokens
        heading = tokens.between(row, 0, self.passages[row].start + shift)
        return ReadableSentence(tokens.between(row, sentence.start + shift, sentence.end + shift), heading, candidate.cosines)

    def passage_cosines(self, texts: Sequence[str]) -> FloatMatrix:
        """Cosines of texts, read as passages are, with every passage; shape (len(texts), passages)."""
        if not texts:
            return np.zeros((0, len(self.passages)), np.float32)
        return np.stack([self._ranker.cosines(vector) for vector in self.embedder.embed_passages(texts)])

    @cached_property
    def _sentence_vectors(self) -> SentenceVectors:
        return SentenceVectors.load(self.folder, list(self.articles.values()))

    def cite(self, passage: Passage) -> Citation:
        """Where a passage stands, and what it leans on."""
        return self._cite(passage)

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """At most k titles, headings and questions of the site that continue what is being typed."""
        return self._suggestions.complete(prefix[:LONGEST_QUERY], k)

    def passage(self, passage_id: str) -> Passage:
        """The passage with this id. Raises `BadQuery` if there is none."""
        row = self._rows.get(passage_id)
        if row is None:
            raise BadQuery("There is no such passage in the index that answers now; the page may have changed since.")
        return self.passages[row]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {passage.passage_id: row for row, passage in enumerate(self.passages)}

    def _allowed(self, section: str, language: str, page_type: str) -> NDArray[np.bool_]:
        """Which passages the filters leave."""
        allowed = self._pages.visible.copy()
        if section or language or page_type:
            allowed &= np.array([self._matches(passage, section, language, page_type) for passage in self.passages], dtype=bool)
        return allowed

    def _matches(self, passage: Passage, section: str, language: str, page_type: str) -> bool:
        language_fits = not language or passage.language.split("-")[0].lower() == language.split("-")[0].lower()
        type_fits = not page_type or self.articles[passage.url].metadata.page_type == page_type
        return section in ("", passage.site_section) and language_fits and type_fits

    def _rank_pages(self, reading: Reading, scores: Scores, allowed: NDArray[np.bool_], *, cut_tail: bool) -> NDArray[np.int64]:
        """The groups of pages found, best first; pinned pages stand first."""
        least = self.manifest.calibration.tail * float(scores.fused[allowed].max(initial=0.0)) if cut_tail else -np.inf
        pinned = {pin.url for pin in self._pins(reading)}
        return self._pages.rank(scores.fused, allowed, least=least, pinned=pinned)

    def _page_result(self, rank: int, rows: Sequence[int], scores: Scores) -> PageResult:
        hits = [Hit(number, self.passages[row], float(scores.fused[row]), float(scores.cosine[row])) for number, row in enumerate(rows, 1)]
        article = self.articles[hits[0].passage.url]
        return PageResult(
            rank, hits[0].score, article.url, hits[0].passage.title, article.site_section, article.metadata.reviewed_on, tuple(hits)
        )

    def _pin_reasons(self, reading: Reading, url: str) -> dict[str, float]:
        return {f"pinned: {pin.reason}": 1.0 for pin in self._pins(reading) if pin.url == url}

    def _pins(self, reading: Reading) -> list[PinnedPage]:
        """The pins for a query, as it was typed or as it was mended, whatever its case, accents and punctuation."""
        asked = {tuple(split_words(text)) for text in (reading.interpretation.query, reading.interpretation.corrected) if text}
        return [pin for pin in self.rules.pinned if tuple(split_words(pin.query)) in asked]


class _Pages:
    """Which passages make up which page, and which pages are twins."""

    def __init__(self, contents: Contents, urls: Sequence[str], hidden: frozenset[str]) -> None:
        numbers = {url: number for number, url in enumerate(urls)}
        self._page = np.array([numbers[passage.url] for passage in contents.passages], np.int64)
        self._leaders = contents.leaders
        self._group = np.array(contents.leaders, np.int64)[self._page]
        self._urls = urls
        self.visible: NDArray[np.bool_] = np.array([passage.url not in hidden for passage in contents.passages], dtype=bool)

    def without(self, urls: AbstractSet[str]) -> "_Pages":
        """The same pages with these invisible too."""
        other = copy(self)
        left_out = np.array([url in urls for url in self._urls], dtype=bool)
        other.visible = self.visible & ~left_out[self._page]
        return other

    def rank(self, scores: FloatVector, allowed: NDArray[np.bool_], *, least: float, pinned: set[str]) -> NDArray[np.int64]:
        """Groups of twins whose best passage has a score of at least `least`, best first; groups of pinned pages before all others."""
        best = np.full(len(self._urls), -np.inf, np.float32)
        np.maximum.at(best, self._group[allowed], scores[allowed])
        is_pinned = np.zeros(len(self._urls), dtype=bool)
        is_pinned[[self._leaders[number] for number, url in enumerate(self._urls) if url in pinned]] = True
        found = np.flatnonzero(np.isfinite(best) & ((best >= least) | is_pinned))
        return found[np.lexsort((found, -best[found], ~is_pinned[found]))]

    def members(self, group: int, scores: FloatVector, allowed: NDArray[np.bool_]) -> list[int]:
        """The best page's passages up to the limit, best first, then the best passage of each of its twins."""
        rows = np.flatnonzero((self._group == group) & allowed)
        rows = rows[np.argsort(-scores[rows], kind="stable")]
        own = rows[self._page[rows] == self._page[rows[0]]]
        _, firsts = np.unique(self._page[rows], return_index=True)
        return [*own[: MOST_SIBLINGS + 1].tolist(), *(int(rows[first]) for first in sorted(firsts)[1:])]


def clean_query(query: str) -> str:
    """A query as it is searched for: on one line, without control characters, at most 1,000 characters, cut between words.

    Raises:
        BadQuery: nothing is left.
    """
    visible = "".join(" " if unicodedata.category(char) in INVISIBLE else char for char in query[: LONGEST_QUERY * 4])
    text = re.sub(r"\s+", " ", visible).strip()
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY].rpartition(" ")[0] or text[:LONGEST_QUERY]
    if not text:
        raise BadQuery("The query is empty; type a few words.")
    return text
