"""The crisis detector's embedding vote, learnt once for a model and kept in a file beside it."""

import logging
import zipfile
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Thread

import numpy as np

from index.schema import Embedder
from ingest.durable_files import write_durably
from safety.schema import Similarity
from safety.similarity import Vote, fit_vote, make_similarity, sources_digest
from search_api.settings import Settings

log = logging.getLogger("clinic_search")

COUNTS_WORDS = "hashing:"
"""How the name of an embedder begins that only counts words: its vectors say nothing of what a sentence means."""


def vote_folder(settings: Settings) -> Path:
    """Where votes are kept: beside the exported model, or beside the index of a model that is only a name."""
    return settings.model if settings.model.is_dir() else settings.index


class CrisisVote:
    """The vote of one model. Until it is ready, and where it cannot be made, there is none: the phrases decide alone."""

    def __init__(self, embedder: Embedder | None, folder: Path) -> None:
        self._embedder = embedder if embedder and not embedder.name.startswith(COUNTS_WORDS) else None
        self._folder = folder
        self._similarity: Similarity | None = None

    def similarity(self) -> Similarity | None:
        """The vote, None as long as there is none."""
        return self._similarity

    def recall(self) -> bool:
        """Takes the vote from its file, in a fraction of a second; False if it has to be learnt first."""
        if self._embedder is None:
            return True
        try:
            with np.load(self._file(self._embedder), allow_pickle=False) as kept:
                vote = Vote(kept["typed"], kept["read"], kept["weights"], float(kept["floor"]))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return False
        self._similarity = careful(make_similarity(vote, self._embedder.embed_passages))
        self._remove_stale(self._file(self._embedder))
        return True

    def prepare(self) -> None:
        """Takes the vote from its file, or learns it and writes the file, which takes seconds. Never raises: search goes on without it."""
        try:
            if not self.recall() and self._embedder is not None:
                self._similarity = careful(make_similarity(self._learn(self._embedder), self._embedder.embed_passages))
        except Exception as error:  # whatever it is, the phrases still find a crisis
            log.error("The crisis detector works by its phrases alone: %s.", type(error).__name__)

    def prepare_aside(self) -> None:
        """The same without waiting for more than the file.

        The thread is no daemon: one that the end of the process cuts off inside the model's own code aborts the process.
        """
        if not self.recall():
            Thread(target=self.prepare, name="crisis-vote", daemon=False).start()

    def _file(self, embedder: Embedder) -> Path:
        """Named after the model, the examples and the phrases: a change of any of them makes another file."""
        return self._folder / f"crisis-vote-{sha256((embedder.digest + sources_digest()).encode()).hexdigest()[:16]}.npz"

    def _learn(self, embedder: Embedder) -> Vote:
        vote = fit_vote(embedder.embed_passages)
        try:
            content = BytesIO()
            np.savez(content, typed=vote.typed, read=vote.read, weights=vote.weights, floor=vote.floor)
            write_durably(self._file(embedder), content.getvalue())
            self._remove_stale(self._file(embedder))
        except OSError as error:
            log.warning("What the crisis detector learnt could not be kept: %s. It is learnt anew at the next start.", error.strerror)
        return vote

    def _remove_stale(self, current: Path) -> None:
        """Deletes the votes of earlier phrases, examples or models: each takes megabytes, and none is asked for again."""
        for kept in self._folder.glob("crisis-vote-*.npz"):
            if kept != current:
                with suppress(OSError):  # a folder that is only readable keeps them, which harms nobody
                    kept.unlink()


def careful(similarity: Similarity) -> Similarity:
    """The same vote; where the model fails it abstains, so that a verdict of the phrases always comes."""

    def measure(text: str) -> float:
        try:
            return similarity(text)
        except Exception as error:  # a broken model must not take the panel away
            log.error("The crisis detector works by its phrases alone: %s.", type(error).__name__)
            return -1.0

    return measure
