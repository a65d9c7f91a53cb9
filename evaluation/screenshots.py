"""README's pictures, taken of the real thing: `python -m evaluation.screenshots --out docs [--index var/index]`."""

import argparse
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from evaluation.live_server import serve_in_background
from search_api.settings import Settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
DESKTOP, PHONE = ViewportSize(width=1000, height=760), ViewportSize(width=390, height=760)
QUESTION = "IPT for PTSD"
NOT_COVERED = "xylophone repair in winter quarters"


def show_answer(page: Page) -> None:
    """A question and its answer."""
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    page.locator("#results:not([aria-busy]) .pages").wait_for()


def show_suggestions(page: Page) -> None:
    """Words being completed."""
    page.locator("#q").press_sequentially("anxi", delay=20)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def show_not_covered(page: Page) -> None:
    """A question that the site does not cover."""
    page.fill("#q", NOT_COVERED)
    page.press("#q", "Enter")
    page.locator("#results:not([aria-busy]) h2").first.wait_for()


def show_crisis(page: Page) -> None:
    """Words that tell of a crisis."""
    page.fill("#q", "I want to end my life")
    page.press("#q", "Enter")
    page.locator(".crisis").wait_for()


def show_widget(page: Page) -> None:
    """The widget open over a clinic's own page."""
    page.locator("clinic-search .open").click()
    page.keyboard.type(QUESTION)
    page.locator("clinic-search .page").first.wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file name, where it begins and what a visitor does before it is taken."""

    name: str
    prepare: Callable[[Page], None]
    size: ViewportSize
    path: str = "/"
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("search", show_answer, DESKTOP),
    Picture("search-phone-dark", show_answer, PHONE, scheme="dark"),
    Picture("suggestions", show_suggestions, DESKTOP),
    Picture("not-covered-phone", show_not_covered, PHONE),
    Picture("crisis-phone", show_crisis, PHONE),
    Picture("widget", show_widget, DESKTOP, path="/widget-example"),
)


def take_pictures(url: str, out: Path) -> list[Path]:
    """The files of all pictures of the service at this address. Raises `FileNotFoundError` if there is no browser."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise FileNotFoundError("No Chromium is installed; on Debian: apt-get install chromium")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        files = [_take(browser, url, picture, out / f"{picture.name}.png") for picture in PICTURES]
        browser.close()
    return files


def _take(browser: Browser, url: str, picture: Picture, file: Path) -> Path:
    context = browser.new_context(viewport=picture.size, color_scheme=picture.scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url + picture.path)
    picture.prepare(page)
    page.wait_for_timeout(200)
    page.screenshot(path=file, caret="hide", animations="disabled")
    context.close()
    return file


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index to show (make run builds the sample clinic's)")
    arguments = parser.parse_args()
    with serve_in_background(Settings(index=arguments.index)) as url:
        take_pictures(url, arguments.out)


if __name__ == "__main__":
    main()
