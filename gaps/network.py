"""What a run asks of the web, where it is told to: whether links still lead somewhere, and whether cited works were retracted."""

from dataclasses import replace

from gaps.checks.external_link import outward_links
from gaps.context import CheckContext
from gaps.link_probe import find_retractions, open_client, probe_links


def ask_web(context: CheckContext) -> CheckContext:
    """The context with the answers; what the web does not answer is left out and reported as nothing."""
    urls = [url for article in context.site.articles for url, _ in outward_links(context, article)]
    dois = [reference.doi for article in context.site.articles for reference in article.references if reference.doi]
    with open_client() as client:
        return replace(context, reached=probe_links(urls, client), retracted=find_retractions(dois, client))
