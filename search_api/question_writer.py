"""Writes committed questions to the log, in a thread of its own: no search waits for the disk, none fails with it."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread

from gaps.question_log import Scrub, append_questions, forget_old_questions

log = logging.getLogger("clinic_search")

WAITING = 1000
"""Questions held while the log cannot be written; more are lost, so that a full disk does not fill the memory."""
SWEEP_SECONDS = 3600.0
"""How often the thread looks whether a new day has made old questions due for deletion."""
CLOSE_SECONDS = 5.0
"""How long the end of the process waits for the last questions; half of what requests under way get."""

LONGEST_READ = 1000
"""Characters of a question that are scrubbed: the log keeps 300, and a pasted page would keep the scrubber busy for seconds."""

Question = tuple[str, date, float]
"""Text, day and calibrated confidence."""


def question_log_of(index: Path) -> Path:
    """Where the questions asked of an index are kept: beside its folder, so that a new index keeps them and two sites never share them."""
    root = index.resolve()
    return root.with_name(f"{root.name}-questions.db")


class QuestionWriter:
    """A thread that alone touches the log: writes what is put, scrubbed, and deletes what is older than `keep_days`, every day.

    `on_loss` is called for every question that could not be kept.
    """

    def __init__(self, file: Path, *, scrub: Scrub, keep_days: int, today: Callable[[], date], on_loss: Callable[[], None]) -> None:
        self._file, self._scrub, self._keep_days, self._today, self._on_loss = file, scrub, keep_days, today, on_loss
        self._waiting: Queue[Question] = Queue(WAITING)
        self._swept: date | None = None
        self._closing = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begins to write."""
        self._closing.clear()
        self._thread = Thread(target=self._run, name="question-log", daemon=True)
        self._thread.start()

    def put(self, text: str, confidence: float) -> None:
        """Hands a question over; returns at once, whatever the disk does."""
        try:
            self._waiting.put_nowait((_beginning(text), self._today(), confidence))
        except Full:
            self._on_loss()

    def close(self) -> None:
        """Writes what is still waiting, for a few seconds at most, and ends the thread."""
        self._closing.set()
        try:
            self._waiting.put_nowait(("", self._today(), 0.0))
        except Full:
            log.warning("Some questions could not be written to the log before the end.")
        if self._thread:
            self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        while not (self._closing.is_set() and self._waiting.empty()):
            self._forget()
            if questions := self._take():
                self._write(questions)

    def _take(self) -> list[Question]:
        """All questions that wait, as soon as there is one."""
        try:
            questions = [self._waiting.get(timeout=SWEEP_SECONDS)]
            while not self._waiting.empty():
                questions.append(self._waiting.get_nowait())
        except Empty:
            return []
        return [question for question in questions if question[0]]

    def _write(self, questions: list[Question]) -> None:
        try:
            append_questions(self._file, questions, scrub=self._scrub)
        except Exception as error:  # whatever it is, the next question must find this thread alive; its message may hold words
            log.warning("%d questions could not be written to the log: %s.", len(questions), type(error).__name__)
            for _ in questions:
                self._on_loss()

    def _forget(self) -> None:
        if self._swept == self._today():
            return
        try:
            forget_old_questions(self._file, today=self._today(), keep_days=self._keep_days)
            self._swept = self._today()
        except Exception as error:  # the same; tried again with the next question
            log.warning("Old questions could not be deleted from the log: %s.", type(error).__name__)


def _beginning(text: str) -> str:
    """What is read of a text: all of a question, of a longer text the first words, none of them cut."""
    return text if len(text) <= LONGEST_READ else text[:LONGEST_READ].rpartition(" ")[0]
