"""Which elements a reader can see: a collapsed accordion is content, a hidden dialog is not."""

import re
from collections.abc import Mapping
from functools import lru_cache

Attributes = Mapping[str, str | None]

NEVER_SHOWN = frozenset(
    "script style template noscript head title meta link base select option textarea datalist svg canvas audio video object embed iframe "
    "frameset map area progress meter colgroup col param source track rp".split()
)
"""Elements whose content is no text of the page in a browser with scripts and plug-ins as they are today."""

HIDING = frozenset({"hidden", "aria-hidden", "style"})
HIDDEN_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

COLLAPSIBLE = re.compile(
    r"(?<![a-z])(?:accordion|toggle|tabs?|tabpanel|collaps\w*|faqs?|expand\w*|spoiler|disclosure|kt-(?:accordion|tab)\w*|kb-\w*tab\w*"
    r"|e-n-(?:accordion|tabs)\w*|eael-\w*(?:accordion|tab)\w*|details)(?![a-z])",
    re.IGNORECASE,
)
"""Class names of accordions and tabs: Bootstrap, Elementor, Divi (et_pb_toggle), Kadence, WPBakery, Essential Addons, Webflow."""

NOT_CONTENT = re.compile(
    r"(?<![a-z])(?:menu|nav\w*|modal|pop-?up|dialog|cookie\w*|drawer|offcanvas|off-canvas|search|cart|lightbox)(?![a-z])", re.I
)


def is_collapsible(attributes: Attributes) -> bool:
    """Whether the element names itself a part of an accordion or a set of tabs."""
    return attributes.get("role") == "tabpanel" or _names_collapsible(attributes.get("class") or "", attributes.get("id") or "")


@lru_cache(maxsize=65_536)
def _names_collapsible(classes: str, identity: str) -> bool:
    names = f"{classes} {identity}".replace("_", "-")
    return bool(COLLAPSIBLE.search(names)) and not NOT_CONTENT.search(names)


def is_hidden(attributes: Attributes) -> bool:
    """Whether the element is taken out of sight by its own attributes; style sheets are not read."""
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return True
    if (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    style = attributes.get("style")
    return bool(style) and bool(HIDDEN_STYLE.search(style or ""))
