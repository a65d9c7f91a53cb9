"""One question from the command line: the same search and the same help as on the page."""

from pathlib import Path

from index.errors import SearchIndexError
from search_api.clinic import Clinic, choose_clinic
from search_api.crisis import find_crisis
from search_api.crisis_vote import CrisisVote, vote_folder
from search_api.dependencies import LiveIndex
from search_api.language_model import language_model_of
from search_api.schema import SearchRequest, SearchResponse
from search_api.searching import help_alone, run_search
from search_api.settings import Settings
from search_api.texts import choose_language


def ask_index(question: str, index: Path, *, k: int, settings: Settings, locale: str = "") -> SearchResponse:
    """The response of this index. Without a usable index a person in crisis still gets the panel.

    `locale` is the terminal's, such as "es_MX.UTF-8". Raises `SearchIndexError` or `BadQuery`.
    """
    language = choose_language("", locale.partition(".")[0].replace("_", "-"), "en")
    request = SearchRequest(q=question, k=k)
    try:
        searcher = LiveIndex(index, settings.model, settings.site).searcher()
    except SearchIndexError:
        crisis = find_crisis(question, language, clinic=Clinic())
        if crisis and crisis.class_ == "crisis":
            return help_alone(request, crisis)
        raise
    vote = CrisisVote(searcher.embedder, vote_folder(settings))
    vote.recall()
    clinic = choose_clinic(settings.site, searcher.folder)
    response = run_search(searcher, request, crisis=find_crisis(question, language, clinic=clinic, similarity=vote.similarity()))
    model = language_model_of(settings)
    return model.add_to(response) if model else response
