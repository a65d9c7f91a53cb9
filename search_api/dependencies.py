"""What routes ask for: the index that is served now, the clinic, and whether this client may."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import cast

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from index.embedders import DEFAULT_EMBEDDER, load_embedder
from index.errors import DamagedIndex, SearchIndexError
from index.generations import current_generation, repair_hint
from index.overlap import OverlapFinder
from index.schema import Embedder
from index.searcher import Searcher
from safety.panel import overdue
from search_api.access import Role
from search_api.clients import client_address, is_loopback
from search_api.clinic import Clinic, choose_clinic
from search_api.crisis import FindCrisis, find_crisis
from search_api.crisis_vote import CrisisVote
from search_api.desk_pages import Desk
from search_api.doorkeeper import Doorkeeper, Identity
from search_api.errors import ClinicFileError, SignInNeeded
from search_api.presenting import Audience
from search_api.settings import DEFAULT_MODEL
from search_api.texts import choose_language, read_texts

log = logging.getLogger("clinic_search")

PUBLIC_ROUTES = frozenset(
    {
        "search_page",
        "search_page_post",
        "search",
        "search_post",
        "suggest",
        "widget",
        "widget_example",
        "wordpress_plugin",
        "theme",
        "static_file",
        "healthz",
        "readyz",
        "sign_in_page",
        "sign_in",
    }
)
"""The routes that answer without signing in, by name. Every other route, also one added tomorrow, refuses."""
LOOPBACK_ROUTES = frozenset({"metrics"})
"""Routes, by name, that also answer to this machine itself."""
ROLES_OF_PATHS: tuple[tuple[str, Role], ...] = (("/staff", "staff"), ("/sign-out", "staff"), ("/metrics", "staff"), ("/editor", "editor"))
"""The role that a route needs which is not public, by the beginning of its path; the highest for all other paths."""


class LiveIndex:
    """The index that CURRENT names; a new generation is taken up with the next request, an unusable one never."""

    def __init__(self, root: Path, model: Path, site: Path | None = None, *, patient: bool = False) -> None:
        """Opens the index; raises `SearchIndexError` if it cannot be used. A `patient` one waits: `searcher` raises until one can."""
        self._root = root
        self._model = model
        self._site = site
        self._lock = Lock()
        self._finder: OverlapFinder | None = None
        self._searcher: Searcher | None = None
        self.generation = root
        try:
            self.generation = current_generation(root)
            self._searcher = self._open()
        except SearchIndexError as error:
            if not patient:
                raise
            log.error("The index cannot be used: only people in a crisis are answered, until a new one is built. %s", error)

    def searcher(self) -> Searcher:
        """The searcher of the current generation, or of the last one that could be opened. Raises `DamagedIndex` if there is none yet."""
        try:
            generation = current_generation(self._root)
        except SearchIndexError:
            generation = self.generation
        if generation != self.generation:
            self._follow(generation)
        if self._searcher is None:
            raise DamagedIndex(f"The index in {self._root} cannot be used. {repair_hint(self._root)}")
        return self._searcher

    def embedder(self) -> Embedder | None:
        """What embeds the questions, None as long as there is no index."""
        return self._searcher.embedder if self._searcher else None

    def finder(self) -> OverlapFinder:
        """What compares texts with the passages of the current generation; made when it is first asked for."""
        searcher = self.searcher()
        with self._lock:
            if self._finder is None or self._finder.searcher is not searcher:
                self._finder = OverlapFinder(searcher)
            return self._finder

    def _open(self) -> Searcher:
        rules = choose_clinic(self._site, self.generation).search_rules()
        searcher = Searcher.open(self._root, load_embedder=self._load_embedder, rules=rules)
        for url in searcher.unknown_pages():
            log.warning("clinic.toml pins or hides %s, which is no page of the index; look for a typing error or a page that moved.", url)
        return searcher

    def _load_embedder(self, name: str) -> Embedder:
        """The embedder of that name: with the model that the settings name, else with its own default."""
        named = name == DEFAULT_EMBEDDER or self._model != DEFAULT_MODEL
        return load_embedder(name, str(self._model) if named else "")

    def _follow(self, generation: Path) -> None:
        with self._lock:
            if generation == self.generation:
                return
            self.generation = generation
            try:
                self._searcher = self._open()
            except (SearchIndexError, ClinicFileError) as error:
                log.error("The new index cannot be used; the last good one is still served. %s", error)


class MissingSearcher:
    """Stands in for the searcher of an index that cannot be used: whatever is asked of it fails, and only then, after help was found."""

    def __init__(self, error: SearchIndexError) -> None:
        self._error = error

    def __getattr__(self, name: str) -> object:
        raise DamagedIndex(str(self._error))


def get_searcher(request: Request) -> Searcher:
    """The searcher of this application."""
    live: LiveIndex = request.app.state.live_index
    try:
        return live.searcher()
    except SearchIndexError as error:
        return cast(Searcher, MissingSearcher(error))


def get_finder(request: Request) -> OverlapFinder:
    """What compares texts with the passages of this application's index."""
    live: LiveIndex = request.app.state.live_index
    return live.finder()


def get_judgments(request: Request) -> Path:
    """The folder that keeps what staff judge of this application's index."""
    folder: Path = request.app.state.judgments
    return folder


def get_clinic(request: Request) -> Clinic:
    """The clinic of this application."""
    clinic: Clinic = request.app.state.clinic
    return clinic


def get_crisis_finder(request: Request) -> FindCrisis:
    """What tells whether a question calls for help, with the vote as soon as there is one."""
    vote: CrisisVote = request.app.state.crisis_vote
    return partial(find_crisis, clinic=get_clinic(request), similarity=vote.similarity())


def get_doorkeeper(request: Request) -> Doorkeeper:
    """Who knows tokens and sessions."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return doorkeeper


def require_role(role: Role) -> Callable[[Request], Awaitable[Identity]]:
    """A dependency that lets in only who has this role, and gives who that is; forms must come from our own pages."""

    async def admit(request: Request) -> Identity:
        doorkeeper = get_doorkeeper(request)
        identity = await run_in_threadpool(doorkeeper.admit, request, role)
        await doorkeeper.refuse_forgery(request, identity)
        return identity

    return admit


def get_desk(role: Role) -> Callable[[Request], Awaitable[Desk]]:
    """A dependency that lets in only who has this role, and gives what the pages for them are made with."""
    admit = require_role(role)

    async def lay_out(request: Request) -> Desk:
        identity = await admit(request)
        clinic = get_clinic(request)
        texts = read_texts(choose_language("", request.headers.get("accept-language", ""), clinic.language))
        panel_due = overdue(clinic.crisis_panel, datetime.now(UTC).date())
        return Desk(clinic, texts, identity.token, get_doorkeeper(request).form_mark(identity), panel_due)

    return lay_out


def get_audience(request: Request) -> Audience:
    """For whom a public route answers: staff, if somebody has signed in or presents a token. Raises `WrongToken` for one that is none."""
    try:
        get_doorkeeper(request).identify(request)
    except SignInNeeded:
        return "visitor"
    return "staff"


def needed_role(name: str, path: str) -> Role | None:
    """The role that a route needs, None for one that is public by name; a name does not make a path of the staff's public."""
    for prefix, role in ROLES_OF_PATHS:
        if path == prefix or path.startswith(prefix + "/"):
            return role
    return None if name in PUBLIC_ROUTES else "editor"


async def refuse_strangers(request: Request) -> None:
    """Raises `SignInNeeded`, `RoleMissing` and the like for every route that is not public by name. Guards every route there is."""
    route = request.scope.get("route")
    name, path = getattr(route, "name", ""), getattr(route, "path", "")
    role = needed_role(name, path)
    at_home = name in LOOPBACK_ROUTES and is_loopback(client_address(request.scope))
    if role and not at_home:
        await require_role(role)(request)
