"""The mega-menu of the sample clinic: the articles of each section under the entries that `theme.toml` lays out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.sample_article import SampleArticle


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry and the entries below it; `url` is site-relative, absolute for other sites, "#" for a label that leads nowhere."""

    label: str
    url: str
    children: tuple["MenuItem", ...] = ()


def make_menu(layout: Sequence[Mapping[str, Any]], articles: Sequence[SampleArticle]) -> tuple[MenuItem, ...]:
    """The top entries with all that hangs below them; pages that are not listed have no entry."""
    return tuple(make_entry(entry, [article for article in articles if article.listed]) for entry in layout)


def make_entry(entry: Mapping[str, Any], articles: Sequence[SampleArticle]) -> MenuItem:
    """One top entry: its groups, the other pages of its sections by name, its extra links."""
    inside = [article for article in articles if article.section in entry["sections"] and article.url != entry["url"]]
    groups = [make_group(group, inside) for group in entry.get("groups", ())]
    grouped = {item.url for group in groups for item in group.children}
    rest = sorted((item_for(article) for article in inside if article.url not in grouped), key=lambda item: item.label)
    extra = [MenuItem(label, url) for label, url in entry.get("extra", ())]
    return MenuItem(entry["label"], entry["url"], (*groups, *rest, *extra))


def make_group(group: Mapping[str, Any], articles: Sequence[SampleArticle]) -> MenuItem:
    """Some pages of a section under a label of their own."""
    return MenuItem(group["label"], "#", tuple(item_for(article) for article in articles if article.url in group["urls"]))


def item_for(article: SampleArticle) -> MenuItem:
    """The entry of an article."""
    return MenuItem(article.label, article.url)
