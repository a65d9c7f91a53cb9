"""What a clinic may decide about its own content; every default names where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from gaps.errors import BadGapSettings
from gaps.schema import Silence


@dataclass(frozen=True, slots=True)
class GapSettings:
    """The clinic's limits for the checks, and the false alarms that it has put to rest."""

    review_months: int = 36
    """Health information is reviewed at least every three years (PIF TICK, criterion 9, https://piftick.org.uk)."""
    evidence_years: int = 20
    """No standard gives a number. Half of all systematic reviews are out of date after 5.5 years (Shojania 2007,
    https://doi.org/10.7326/0003-4819-147-4-200708210-00179); after twenty hardly one would read as it did."""
    reading_grade: float = 12.0
    """US school grade that a page should not exceed. Plain-language guides ask for 6 to 8 (https://www.nih.gov/institutes-nih/nih-office-director/
    office-communications-public-liaison/clear-communication/plain-language); pages past grade 12 need a college reader."""
    thin_words: int = 120
    """An article shorter than this hardly answers anything; the usual advice is 300 (Yoast, https://yoast.com/word-count-seo/)."""
    day_first: bool = False
    """How `03/04/2025` is read: 3 April if true, March 4 if not."""
    silences: tuple[Silence, ...] = ()


def read_gap_settings(clinic: Mapping[str, Any]) -> GapSettings:
    """The limits of a clinic's `clinic.toml`, read from its table `[gaps]`; its false alarms stand under `[[gaps.silences]]`.

    Raises:
        BadGapSettings: a limit is of the wrong kind, there is no such limit, or a silence gives no reason.
    """
    table = clinic.get("gaps", {})
    unknown = sorted(set(table) - set(GapSettings.__dataclass_fields__))
    if unknown:
        raise BadGapSettings(f"[gaps] has no setting '{unknown[0]}'; it has: {', '.join(GapSettings.__dataclass_fields__)}.")
    try:
        settings = TypeAdapter(GapSettings).validate_python(dict(table))
    except ValidationError as error:
        first = error.errors()[0]
        raise BadGapSettings(f"[gaps] {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error
    if any(not silence.reason.strip() for silence in settings.silences):
        raise BadGapSettings('Every entry of [[gaps.silences]] needs a reason: reason = "why this is no gap".')
    return settings
