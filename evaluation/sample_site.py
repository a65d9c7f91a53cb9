"""The sample clinic's site as files: `python -m evaluation.sample_site corpus [--check]` writes or checks `site/` and `gold/`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from evaluation.sample_article import BadArticle, read_articles
from evaluation.sample_pages import Context, SampleSite, absolute, article_page, gold_text, listing_pages
from evaluation.sample_theme import load_theme

Files = Mapping[str, str]
"""Path below the corpus folder to content."""
SHOWN = 20
"""So many files are named when they are out of step; the rest is counted."""


def load_site(corpus: Path) -> SampleSite:
    """The sample clinic in a folder that holds `articles/` and `template/`.

    Raises:
        BadArticle: an article does not follow the format.
    """
    return SampleSite(tuple(read_articles(corpus / "articles")), load_theme(corpus / "template"))


def file_stem(url: str) -> str:
    """The file name of a page without its suffix: slashes become double hyphens, the home page is `index`."""
    return url.strip("/").replace("/", "--") or "index"


def render_files(site: SampleSite) -> Files:
    """Every file of `site/` and `gold/`: pages, their gold and the manifest.

    Raises:
        BadArticle: two pages have the same URL, or an article cannot be read.
    """
    pages = [*(article_page(site, article) for article in site.articles), *listing_pages(site)]
    files = {f"gold/{file_stem(article.url)}.txt": gold_text(site, article) for article in site.articles}
    for page in pages:
        name = f"site/{file_stem(page['url'])}.html"
        if name in files:
            raise BadArticle(f"{page['url']}: two pages have this URL; each needs its own")
        files[name] = render_page(site, page)
    manifest = {f"{file_stem(page['url'])}.html": {"url": absolute(site, page["url"])} for page in pages}
    return files | {"site/manifest.json": json.dumps(manifest, indent=1, sort_keys=True) + "\n"}


def render_page(site: SampleSite, page: Context) -> str:
    """A page as HTML, in the template of its section's page builder."""
    name = site.theme.section(page["section"])["builder"] if page["article"] else "listing"
    return site.theme.templates.get_template(f"{name}.html").render(page=page, site=site.theme.data, shared=site.shared) + "\n"


def out_of_step(corpus: Path, files: Files) -> list[str]:
    """What differs between the folder and what it should hold, one line a file: missing, changed or left over."""
    present = {str(path.relative_to(corpus)) for folder in ("site", "gold") for path in (corpus / folder).glob("*") if path.is_file()}
    missing = [f"{name}: missing" for name in files if name not in present]
    changed = [f"{name}: differs" for name in files if name in present and (corpus / name).read_text(encoding="utf-8") != files[name]]
    return sorted([*missing, *changed, *(f"{name}: no article makes it any more" for name in present - set(files))])


def write_files(corpus: Path, files: Files) -> None:
    """Make `site/` and `gold/` hold these files and no others."""
    for folder in ("site", "gold"):
        (corpus / folder).mkdir(exist_ok=True)
        for path in (corpus / folder).glob("*"):
            if path.is_file() and str(path.relative_to(corpus)) not in files:
                path.unlink()
    for name, content in files.items():
        (corpus / name).write_text(content, encoding="utf-8")


def main(corpus: Path, check: Annotated[bool, typer.Option(help="Change nothing; fail if a file is out of step.")] = False) -> None:
    """Rebuild the sample clinic's site and gold from its articles and template."""
    try:
        files = render_files(load_site(corpus))
    except BadArticle as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if not check:
        write_files(corpus, files)
        return
    if stale := out_of_step(corpus, files):
        more = f"\n... and {len(stale) - SHOWN} more" if len(stale) > SHOWN else ""
        typer.echo("\n".join(stale[:SHOWN]) + more + "\nRun `make corpus` to bring them in step.", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
