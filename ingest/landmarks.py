"""The landmark role of an element (https://www.w3.org/TR/html-aam-1.0/), from its tag or its ARIA role."""

ROLES = frozenset({"banner", "navigation", "main", "complementary", "contentinfo", "form", "search", "dialog", "alertdialog"})
SAME_AS = {"menu": "navigation", "menubar": "navigation", "doc-toc": "navigation", "alertdialog": "dialog"}
TAGS = {"nav": "navigation", "main": "main", "aside": "complementary", "form": "form", "search": "search", "dialog": "dialog"}
PAGE_LEVEL = {"header": "banner", "footer": "contentinfo"}
SECTIONING = frozenset({"article", "aside", "main", "nav", "section"})
"""Inside one of these a header or footer belongs to the section, not to the page."""
OPENS_LANDMARK = frozenset({*TAGS, *PAGE_LEVEL, *SECTIONING})
"""The tags that say anything about landmarks without a role."""


def landmark_of(tag: str, role: str, *, inside_section: bool) -> str:
    """The landmark that this element opens, "" if it opens none."""
    if not role:
        return TAGS.get(tag, "") or ("" if inside_section else PAGE_LEVEL.get(tag, ""))
    role = SAME_AS.get(role, role)
    return role if role in ROLES else ""
