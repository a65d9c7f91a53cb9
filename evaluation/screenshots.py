"""README's pictures, taken of the real thing: `python -m evaluation.screenshots --out docs [--index var/index]`."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from evaluation.live_server import serve_in_background
from search_api.access import AccessFile
from search_api.settings import Settings

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
DESKTOP, PHONE, DESK = ViewportSize(width=1000, height=900), ViewportSize(width=390, height=780), ViewportSize(width=1200, height=900)
SETTLE_MS = 300
"""Until fonts and focus rings are drawn."""
QUESTION = "IPT for PTSD"
STAFF_NAME, STAFF_QUESTION = "Ines Calloway", "does interpersonal therapy work without exposure?"
DRAFT_TITLE = "Interpersonal psychotherapy for our new trauma group"
DRAFT = (
    "Interpersonal psychotherapy (IPT) is a short talking therapy that treats a mental health condition by working on what is happening "
    "between you and the people in your life. It usually takes 12 to 16 weekly sessions.\n\n"
    "Our new group meets on Thursday evenings in the garden room, and whoever would rather listen at first is welcome to do so.\n\n"
    "EMDR therapy asks you to hold a memory in mind while your eyes follow a moving point, in short sets."
)
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


def show_staff_search(page: Page) -> None:
    """The staff's search with one hit explained and judged."""
    page.fill("#q", STAFF_QUESTION)
    page.press("#q", "Enter")
    first = page.locator("#page-1")
    first.locator("summary", has_text="Why here").first.click()
    first.locator(".references summary, .extras summary", has_text="source").first.click()
    first.get_by_role("button", name="Answers it").last.click()
    page.locator("#page-1 [aria-pressed=true]").first.wait_for()
    page.locator(".pages").evaluate("list => window.scrollTo(0, list.getBoundingClientRect().top + scrollY - 40)")


def show_draft(page: Page) -> None:
    """A draft beside the pages that say some of it already."""
    page.fill("#title", DRAFT_TITLE)
    page.fill("#text", DRAFT)
    page.locator("form.desk-form .go").click()
    page.locator("#verdict").evaluate("verdict => window.scrollTo(0, verdict.getBoundingClientRect().top + scrollY - 60)")


def show_passport(page: Page) -> None:
    """The passport of the page that is most in need of one: a reference is missing from its list."""
    page.locator(".state.missing").first.wait_for()
    page.locator("tr", has=page.locator(".state.missing")).locator("th a").first.click()
    page.locator(".references-list").wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file name, where it begins and what is done there before it is taken; of the whole window or of one part of it."""

    name: str
    prepare: Callable[[Page], None]
    size: ViewportSize
    path: str = "/"
    scheme: Literal["light", "dark"] = "light"
    part: str = ""

    @property
    def is_for_staff(self) -> bool:
        """Whether somebody must have signed in."""
        return self.path.startswith("/staff")


PICTURES = (
    Picture("search-desktop", show_answer, DESKTOP),
    Picture("search-phone", show_answer, PHONE),
    Picture("search-phone-dark", show_answer, PHONE, scheme="dark"),
    Picture("answer", show_answer, DESKTOP, part=".answer"),
    Picture("suggestions", show_suggestions, DESKTOP),
    Picture("not-covered-phone", show_not_covered, PHONE),
    Picture("crisis-phone", show_crisis, PHONE),
    Picture("widget", show_widget, DESKTOP, path="/widget-example"),
    Picture("staff-desk", show_staff_search, DESK, path="/staff"),
    Picture("staff-draft", show_draft, DESK, path="/staff/draft"),
    Picture("staff-passport", show_passport, DESK, path="/staff/pages"),
)


def take_pictures(url: str, out: Path, *, token: str, only: Sequence[str] = ()) -> list[Path]:
    """The files of all pictures (or those named) of the service at this address. `token` is that of a member of staff.

    Raises:
        FileNotFoundError: there is no browser.
    """
    chromium = find_chromium()
    out.mkdir(parents=True, exist_ok=True)
    chosen = [picture for picture in PICTURES if not only or picture.name in only]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        files = [_take(browser, url, picture, out / f"{picture.name}.png", token) for picture in chosen]
        browser.close()
    return files


def find_chromium() -> str:
    """The browser's program. Raises `FileNotFoundError` if there is none."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise FileNotFoundError("No Chromium is installed; on Debian: apt-get install chromium")
    return chromium


def _take(browser: Browser, url: str, picture: Picture, file: Path, token: str) -> Path:
    handheld = picture.size == PHONE
    context = browser.new_context(
        viewport=picture.size,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
        locale="en-US",
        is_mobile=handheld,
        has_touch=handheld,
    )
    page = context.new_page()
    if picture.is_for_staff:
        _sign_in(page, url, token)
    page.goto(url + picture.path)
    picture.prepare(page)
    page.wait_for_timeout(SETTLE_MS)
    target = page.locator(picture.part).first if picture.part else page
    target.screenshot(path=file, caret="hide", animations="disabled")
    context.close()
    return file


def _sign_in(page: Page, url: str, token: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("#token", token)
    page.press("#token", "Enter")
    page.wait_for_url("**/staff")


@contextmanager
def _serve_copy(index: Path) -> Iterator[tuple[str, str]]:
    """The address of the index's service and a token for it. What the pictures' judgments and questions leave behind is thrown away."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "index")
        copy.mkdir()
        for part in index.resolve().iterdir():
            (copy / part.name).symlink_to(part)
        access = Path(folder, "tokens.json")
        _, held = AccessFile(access).create("staff", STAFF_NAME, today=datetime.now(UTC).date())
        with serve_in_background(Settings(index=copy, access=access)) as url:
            yield url, held


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--index", type=Path, default=Path("var/index"), help="index to show (make run builds the sample clinic's)")
    parser.add_argument("--only", nargs="*", default=[], help="names of the pictures to take")
    arguments = parser.parse_args()
    with _serve_copy(arguments.index) as (url, token):
        for file in take_pictures(url, arguments.out, token=token, only=arguments.only):
            sys.stdout.write(f"{file}\n")


if __name__ == "__main__":
    main()
