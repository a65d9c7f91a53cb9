"""What a clinic's `clinic.toml` says: its name, contacts and colours, and what its editors decided about their own pages."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gaps.question_log import DISTINCT_DAYS, KEEP_DAYS
from ingest.template import Overrides as TemplateOverrides
from safety.panel import PanelError, read_panel
from safety.schema import CrisisPanel
from search_api.errors import ClinicFileError
from search_api.search_rules import FindingRules

CLINIC_FILE = "clinic.toml"
"""The file's usual name, and that of its copy inside an index generation."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Overrides(_Entry):
    """What is kept or stripped whatever the site template says: texts as the Strip Report prints them, or CSS selectors."""

    keep: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    keep_selectors: tuple[str, ...] = ()
    strip_selectors: tuple[str, ...] = ()


class Contact(_Entry):
    """How a visitor reaches the clinic."""

    phone: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""


class Colours(_Entry):
    """Colours of the search page, as CSS writes them."""

    accent: str = Field(default="#1f5f5b", pattern=r"^#[0-9a-fA-F]{6}$")


class Widget(_Entry):
    """Which websites may embed the search box: their origins, scheme and host (and port), without a path."""

    origins: tuple[Annotated[str, Field(pattern=r"^https?://[a-z0-9.-]+(:\d+)?$")], ...] = ()


class QuestionLog(_Entry):
    """Whether questions are kept, for how many days, and on how many days a question must have been asked before anybody reads it.

    `helpful`: whether visitors are asked if an answer was helpful; what they say is counted for each page and day.
    """

    keep: bool = True
    helpful: bool = True
    retention_days: int = Field(default=KEEP_DAYS, ge=1)
    distinct_days: int = Field(default=DISTINCT_DAYS, ge=2)


class Clinic(FindingRules, _Entry):
    """The whole file."""

    name: str = "Site search"
    url: str = ""
    language: str = "en"
    privacy_notice: Annotated[str, Field(pattern=r"^(https?://[^\s<>\"]+)?$")] = ""
    """The address of the clinic's own privacy notice, linked at the foot of the search page and of the widget."""
    contact: Contact = Contact()
    colours: Colours = Colours()
    overrides: Overrides = Overrides()
    widget: Widget = Widget()
    log: QuestionLog = QuestionLog()
    crisis: dict[str, Any] = {}
    """The clinic's own crisis panel, written like safety/crisis_panel.toml; that one counts where this is empty."""
    gaps: dict[str, Any] = {}
    """The editors' limits and silences, as `gaps.settings.read_gap_settings` reads them."""

    @cached_property
    def crisis_panel(self) -> CrisisPanel:
        """What a person in crisis sees first. Raises `PanelError`; a clinic that was read from a file never does."""
        return read_panel(clinic_name=self.name, clinic_phone=self.contact.phone, own=self.crisis)

    def template_overrides(self) -> TemplateOverrides:
        """The editors' decisions as the template learner takes them."""
        return TemplateOverrides(**self.overrides.model_dump())


def parse_clinic(text: str, *, name: str = "clinic.toml") -> Clinic:
    """The clinic of a file's text. Raises `ClinicFileError`."""
    try:
        clinic = Clinic.model_validate(tomllib.loads(text))
        _ = clinic.crisis_panel
    except tomllib.TOMLDecodeError as error:
        raise ClinicFileError(f"{name} is not valid TOML: {error}.") from error
    except PanelError as error:
        raise ClinicFileError(f"{name}: [crisis]: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ClinicFileError(f"{name}: '{'.'.join(map(str, first['loc']))}': {first['msg']}.") from error
    return clinic


def read_clinic(file: Path) -> Clinic:
    """The clinic of a file. Raises `ClinicFileError`."""
    try:
        return parse_clinic(file.read_text("utf-8"), name=file.name)
    except (OSError, UnicodeDecodeError) as error:
        raise ClinicFileError(f"{file.name} could not be read: {error.__class__.__name__}. It should be a TOML file in UTF-8.") from error


def choose_clinic(site: Path | None, generation: Path) -> Clinic:
    """The clinic of the named file, else of the copy that `build` put into the generation, else a nameless one."""
    copy = generation / CLINIC_FILE
    chosen = site or (copy if copy.exists() else None)
    return read_clinic(chosen) if chosen else Clinic()
