"""What a clinic's file says about its search: words to add or to leave alone, pages that come first and pages that never come."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from index.lexicon import EntryKind, HiddenPage, LexiconEntry, PinnedPage, SearchRules

Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AddedWord(_Entry):
    """Two forms of one thing, as in `index/lexicon.tsv`: an `abbreviation`, the `same` both ways, `means` one way, or a `drug`."""

    kind: EntryKind = "same"
    form: Text
    meaning: str = ""


class Words(_Entry):
    """`forbid`: words that are neither expanded nor corrected, whatever the lexicon and the site say."""

    add: tuple[AddedWord, ...] = ()
    forbid: tuple[Text, ...] = ()


class Pin(_Entry):
    """A page that comes first for a query; staff see the reason."""

    query: Text
    url: Text
    reason: Text


class Hide(_Entry):
    """A page that no search shows; staff see the reason."""

    url: Text
    reason: Text


class FindingRules(_Entry):
    """The tables `[vocabulary]`, `[[pinned]]` and `[[hidden]]` of the file."""

    vocabulary: Words = Words()
    pinned: tuple[Pin, ...] = ()
    hidden: tuple[Hide, ...] = ()

    def search_rules(self) -> SearchRules:
        """The rules as the index takes them."""
        return SearchRules(
            entries=tuple(LexiconEntry(one.kind, one.form, one.meaning) for one in self.vocabulary.add),
            forbidden=frozenset(self.vocabulary.forbid),
            pinned=tuple(PinnedPage(one.query, one.url, one.reason) for one in self.pinned),
            hidden=tuple(HiddenPage(one.url, one.reason) for one in self.hidden),
        )
