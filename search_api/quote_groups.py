"""The quotes of an answer as people read them: those of one place together, with its source named once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from search_api.schema import CitationOut, PassageOut, ReferenceOut

TEXT_DIRECTIVE = ":~:text="


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """Quotes of one place, in the order of the answer; `url` lands on all of them."""

    quotes: tuple[PassageOut, ...]

    @property
    def citation(self) -> CitationOut:
        """Where the quotes stand."""
        return self.quotes[0].citation

    @property
    def url(self) -> str:
        """An address with the text fragment of every quote: browsers mark all and scroll to the first.

        https://wicg.github.io/scroll-to-text-fragment/#the-fragment-directive
        """
        first, *others = (quote.citation.fragment_url for quote in self.quotes)
        directives = (other.partition(TEXT_DIRECTIVE)[2] for other in others)
        return first + "".join(f"&text={directive}" for directive in directives if directive and TEXT_DIRECTIVE in first)

    @property
    def references(self) -> list[ReferenceOut]:
        """What the quotes lean on, each once."""
        return list({reference.marker or reference.text: reference for quote in self.quotes for reference in quote.references}.values())


def group_quotes(quotes: Sequence[PassageOut]) -> list[QuoteGroup]:
    """Neighbouring quotes of one place together."""
    return [QuoteGroup(tuple(group)) for _, group in groupby(quotes, key=lambda quote: quote.citation.url)]
