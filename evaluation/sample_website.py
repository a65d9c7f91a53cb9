"""The sample clinic as a website on this machine, with the search box in its pages: `make clinic`.

The saved pages name an address that does not exist. Here their links, and those of the search box, lead to this server instead.
"""

import json
import re
from collections.abc import Mapping
from contextlib import nullcontext
from html import escape
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from evaluation.live_server import serve_in_background
from search_api.server import bind_port
from search_api.settings import Settings

HOST = "127.0.0.1"
CONTENT = '<div id="content" class="site-content">'
"""Where the theme's header ends: the search box goes below it."""
SEARCH_BOX = """
<div style="max-width:1140px;margin:1.2rem auto 0;padding:0 1.2rem"><clinic-search><form action="{search}/" method="post"><label>Search
<input name="q" autocomplete="off"></label> <button>Search</button></form></clinic-search></div>
<script src="{search}/widget.js" async></script>
<script>
addEventListener("click", event => {{
  const link = event.composedPath().find(node => node.href && node.href.startsWith({base}));
  if (link) link.href = location.origin + "/" + link.href.slice({base}.length);
}}, true);
</script>
"""
"""The widget as README says to embed it, and a listener that turns the clinic's address into this server's before a link is followed."""


def read_saved_site(folder: Path) -> dict[str, str]:
    """Path of an address -> HTML, of a folder of saved pages with a manifest."""
    manifest: dict[str, dict[str, str]] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {unquote(urlsplit(entry["url"]).path) or "/": (folder / name).read_text("utf-8") for name, entry in manifest.items()}


def dress_page(html: str, base: str, search: str) -> str:
    """A saved page whose links stay on this server, with the box of the search service at `search` if that is not empty."""
    html = re.sub(rf'href="{re.escape(base)}', 'href="/', html)
    box = SEARCH_BOX.format(search=escape(search.rstrip("/")), base=json.dumps(base)) if search else ""
    return html.replace(CONTENT, CONTENT + box, 1)


def create_website(pages: Mapping[str, str], base: str, search: str) -> Starlette:
    """The website; an address without a page answers 404, as planted dead links do."""

    async def show(request: Request) -> HTMLResponse:
        path = request.url.path
        html = pages.get(path) or pages.get(f"{path}/")
        if html is None:
            return HTMLResponse(f'<title>Not found</title><h1>Page not found</h1><p>{escape(path)}</p><a href="/">Home</a>', 404)
        return HTMLResponse(dress_page(html, base, search))

    return Starlette(routes=[Route("/{path:path}", show)])


def main(
    corpus: Path,
    index: Annotated[Path | None, typer.Option(help="Index root of the search service to start beside it; none: no search box.")] = None,
    port: Annotated[
        int, typer.Option(help="Port to listen on; the search answers only those that clinic.toml lists under [widget].")
    ] = 8001,
) -> None:
    """Serve the sample clinic's pages, with the search box in them, until stopped."""
    pages = read_saved_site(corpus / "site")
    listening = bind_port(HOST, port)
    with serve_in_background(Settings(index=index)) if index else nullcontext("") as search:
        website = create_website(pages, base_address(pages["/"]), search)
        typer.echo(f"The sample clinic: http://{HOST}:{port}/  (stop with Ctrl+C)", err=True)
        uvicorn.Server(uvicorn.Config(website, access_log=False, log_level="warning")).run(sockets=[listening])


def base_address(home: str) -> str:
    """The address that the home page calls its own, with the closing slash."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', home)
    if not found:
        raise typer.BadParameter("The home page of the saved site has no canonical link; expected one.")
    return found[1]


if __name__ == "__main__":
    typer.run(main)
