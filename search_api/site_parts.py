"""The parts of a site: what results can be kept to, and where somebody may go on who found nothing."""

from collections.abc import Mapping, Sequence

from ingest.schema import MenuEntry
from search_api.pages import section_label

MOST_MAIN_PAGES = 6
"""What is taken in at a glance."""


def site_sections(sizes: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """The sections of a site by value and label, the largest first."""
    return tuple((section, section_label(section)) for section, _ in sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0])))


def main_pages(menu: Sequence[MenuEntry]) -> tuple[tuple[str, str], ...]:
    """The pages that head the site's menus by label and address, in their order; of a menu without levels its first pages."""
    heads = {entry.path[0]: entry.url for entry in menu if len(entry.path) == 1 and entry.has_page}
    order = dict.fromkeys(entry.path[0] for entry in menu)
    below = {entry.path[0] for entry in menu if len(entry.path) > 1}
    chosen = [label for label in order if label in heads and label in below] or [label for label in order if label in heads]
    return tuple((label, heads[label]) for label in chosen[:MOST_MAIN_PAGES])
