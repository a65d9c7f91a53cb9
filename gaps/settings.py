"""What a clinic may decide about its own content; every default names where it comes from."""

from dataclasses import dataclass

from gaps.schema import Silence


@dataclass(frozen=True, slots=True)
class GapSettings:
    """The clinic's limits for the checks, and the false alarms that it has put to rest."""

    review_months: int = 36
    """Health information is reviewed at least every three years (PIF TICK, criterion 9, https://piftick.org.uk)."""
    evidence_years: int = 15
    """No standard gives a number. Half of all systematic reviews are out of date after 5.5 years (Shojania 2007,
    https://doi.org/10.7326/0003-4819-147-4-200708210-00179); three times that has hardly a review left that would not change."""
    reading_grade: float = 12.0
    """US school grade that a page should not exceed. Plain-language guides ask for 6 to 8 (https://www.nih.gov/institutes-nih/nih-office-director/
    office-communications-public-liaison/clear-communication/plain-language); pages past grade 12 need a college reader."""
    thin_words: int = 120
    """An article shorter than this hardly answers anything; the usual advice is 300 (Yoast, https://yoast.com/word-count-seo/)."""
    day_first: bool = False
    """How `03/04/2025` is read: 3 April if true, March 4 if not."""
    silences: tuple[Silence, ...] = ()
