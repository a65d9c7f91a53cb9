"""New runs of the gap radar, asked for on the editors' page: in a process of their own, so that no visitor waits for them."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from gaps.radar_store import report_folder

POLITE = 10
"""How far a run stands back behind the server: `nice`'s own default."""
LONGEST_MESSAGE = 500
"""Characters of what a failed run said that are shown."""


class GapRunner:
    """Starts runs over one index, one at a time, and knows how the last one ended."""

    def __init__(self, index: Path, site: Path | None) -> None:
        self.reports = report_folder(index)
        options = ["--index", str(index), *(["--site", str(site)] if site else []), "--format", "digest"]
        self._command = ["nice", "-n", str(POLITE), sys.executable, "-m", "search_api", "gaps", *options]
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._started: datetime | None = None
        self._said = self.reports / ".last-message"

    @property
    def command(self) -> str:
        """What does the same in a terminal, or every Monday in a scheduler."""
        return " ".join(["clinic-search", *self._command[6:-2]])

    def start(self) -> None:
        """Begins a run, unless one is under way."""
        with self._lock:
            if self.running_since():
                return
            self.reports.mkdir(parents=True, exist_ok=True)
            with self._said.open("wb") as said:
                self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
            self._started = datetime.now(UTC)

    def stop(self) -> None:
        """Ends the run under way, if there is one, and waits until it has ended."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def running_since(self) -> datetime | None:
        """When the run under way began; None if there is none."""
        return self._started if self._process is not None and self._process.poll() is None else None

    def failure(self) -> str:
        """What the last run said if it failed, else ""."""
        if self._process is None or self._process.poll() in (None, 0):
            return ""
        return self._said.read_text("utf-8", "replace").strip()[-LONGEST_MESSAGE:] or "The run broke off."
