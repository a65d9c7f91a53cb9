"""What routes ask for: the index that is served now, the clinic, and whether this client may."""

import logging
from pathlib import Path
from threading import Lock

from fastapi import HTTPException, Request

from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.errors import SearchIndexError
from index.generations import current_generation
from index.schema import Embedder
from index.searcher import Searcher
from search_api.clinic import Clinic

log = logging.getLogger("clinic_search")

PUBLIC_ROUTES = frozenset({"search_page", "search_page_post", "search", "search_post", "suggest", "healthz", "readyz", "static_file"})
"""The routes that answer without signing in, by name. Every other route, also one added tomorrow, refuses."""


class LiveIndex:
    """The index that CURRENT names; a new generation is taken up with the next request, an unusable one never."""

    def __init__(self, root: Path, model: Path) -> None:
        self._root = root
        self._model = model
        self._lock = Lock()
        self._generation = current_generation(root)
        self._searcher = self._open()

    def searcher(self) -> Searcher:
        """The searcher of the current generation, or of the last one that could be opened."""
        try:
            generation = current_generation(self._root)
        except SearchIndexError:
            return self._searcher
        if generation != self._generation:
            self._follow(generation)
        return self._searcher

    def _open(self) -> Searcher:
        return Searcher.open(self._root, load_embedder=self._load_embedder)

    def _load_embedder(self, name: str) -> Embedder:
        """The embedder of that name; the default one from the folder into which the set-up exported its model."""
        return load_embedder(name, str(self._model) if name == DEFAULT_EMBEDDER else "")

    def _follow(self, generation: Path) -> None:
        with self._lock:
            if generation == self._generation:
                return
            self._generation = generation
            try:
                self._searcher = self._open()
            except SearchIndexError as error:
                log.error("The new index cannot be used; the last good one is still served. %s", error)


def get_searcher(request: Request) -> Searcher:
    """The searcher of this application."""
    live: LiveIndex = request.app.state.live_index
    return live.searcher()


def get_clinic(request: Request) -> Clinic:
    """The clinic of this application."""
    clinic: Clinic = request.app.state.clinic
    return clinic


def refuse_strangers(request: Request) -> None:
    """Raises 401 for every route that is not public by name."""
    route = request.scope.get("route")
    if getattr(route, "name", "") not in PUBLIC_ROUTES:
        raise HTTPException(401, "This page is for staff. Please sign in.")
