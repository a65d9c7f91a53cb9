"""An article's Markdown, parsed once and printed twice: as HTML blocks for the theme and as the lines of gold text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from selectolax.lexbor import LexborHTMLParser

from evaluation.sample_article import ReferenceStyle
from evaluation.sample_references import marker_html

MARKER = re.compile(r"\[\^(\d+(?:[-,]\d+)*)\]")
ROW_OPENS = {"tr_open": " | ", "dt_open": " : "}
"""What joins the filled cells of a row in the gold; a definition's row runs from its term to the end of its definition."""

Draw = Callable[[str, str], str]
"""Draws an image: (file name, text alternative) to the value of `src`."""


@dataclass(frozen=True, slots=True)
class BodyBlock:
    """A top-level block: for a heading `html` is its content alone, for any other kind the whole element. `text` is the visible text."""

    kind: str
    html: str
    text: str = ""
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SampleBody:
    """A parsed article: its blocks and, one visible block a line, its gold text without title and references."""

    blocks: tuple[BodyBlock, ...]
    gold: tuple[str, ...]

    @property
    def lead(self) -> str:
        """The text of the first paragraph, markers included."""
        return next((block.text for block in self.blocks if block.kind == "paragraph"), "")


def parse_body(
    markdown: str, style: ReferenceStyle, *, accordion: str = "details", prefix: str = "", draw: Draw | None = None
) -> SampleBody:
    """An article's Markdown as blocks and gold.

    `accordion` is the make of the accordions (details, elementor or divi) and `prefix` starts their ids.

    Raises:
        ValueError: a `[^` is left that is no marker such as `[^2,4-6]`.
    """
    parser = make_parser()
    env: dict[str, Any] = {"style": style, "uses": 0, "accordion": accordion, "prefix": prefix, "opened": 0, "draw": draw or file_name}
    tokens = parser.parse(markdown, env)
    gold = tuple(gold_lines(parser, tokens, env))
    if strays := [line for line in gold if "[^" in line]:
        raise ValueError(f"a marker cannot be read in {strays[0]!r}; expected [^1] or [^2,4-6]")
    return SampleBody(tuple(body_blocks(parser, tokens, env)), gold)


def make_parser() -> MarkdownIt:
    """The parser of `corpus/README.md`: CommonMark, tables, definition lists, reference markers, accordions and crisis notes."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(deflist_plugin)
    parser.use(container_plugin, "accordion", render=render_accordion)
    parser.use(container_plugin, "crisis", render=render_crisis)
    parser.inline.ruler.before("link", "reference_marker", read_marker)
    parser.add_render_rule("reference_marker", render_marker)
    parser.add_render_rule("image", render_image)
    return parser


def read_marker(state: StateInline, silent: bool) -> bool:
    """Whether a reference marker starts here; if so it becomes a token."""
    found = MARKER.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.env["uses"] += 1
        token = state.push("reference_marker", "", 0)
        token.meta = {"html": marker_html(found[1], state.env["style"], state.env["uses"])}
    state.pos = found.end()
    return True


def file_name(name: str, _alternative: str) -> str:
    """The image's own file name: the drawing of a theme that has none."""
    return name


def render_marker(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: dict[str, Any]) -> str:
    """A reference marker, in the style of its article."""
    return str(tokens[index].meta["html"])


def render_image(_renderer: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]) -> str:
    """An image as a figure with its caption; without text alternative the attribute is left out, as careless themes do."""
    token = tokens[index]
    name, caption, alternative = str(token.attrs["src"]), str(token.attrs.get("title", "")), token.content
    alt = f' alt="{escape(alternative)}"' if alternative else ""
    figcaption = f'<figcaption class="wp-caption-text">{escape(caption, quote=False)}</figcaption>' if caption else ""
    return f'<figure class="wp-caption"><img src="{env["draw"](name, alternative)}"{alt} width="640" height="240">{figcaption}</figure>'


def render_crisis(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: dict[str, Any]) -> str:
    """The box around a crisis note."""
    return '<div class="crisis-note" role="note">\n' if tokens[index].nesting == 1 else "</div>\n"


def render_accordion(_renderer: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]) -> str:
    """One accordion in the page builder's own way; all but `details` hide the answer until a click."""
    if tokens[index].nesting == -1:
        return ACCORDIONS[env["accordion"]][1]
    env["opened"] += 1
    panel = f"{env['prefix']}{env['opened']}"
    return ACCORDIONS[env["accordion"]][0].format(question=question_html(tokens[index]), panel=panel)


ACCORDIONS = {
    "details": ('<details class="wp-block-details"><summary>{question}</summary>\n', "</details>\n"),
    "elementor": (
        '<div class="elementor-toggle-item"><div id="elementor-tab-title-{panel}" class="elementor-tab-title" role="button" tabindex="0" '
        'aria-controls="elementor-tab-content-{panel}" aria-expanded="false"><span class="elementor-toggle-icon" aria-hidden="true"></span>'
        '<span class="elementor-toggle-title">{question}</span></div><div id="elementor-tab-content-{panel}" class="elementor-tab-content '
        'elementor-clearfix" role="region" aria-labelledby="elementor-tab-title-{panel}" style="display: none;">\n',
        "</div></div>\n",
    ),
    "divi": (
        '<div class="et_pb_module et_pb_toggle et_pb_toggle_{panel} et_pb_toggle_item et_pb_toggle_close"><div class="et_pb_toggle_title" '
        'role="button" tabindex="0" aria-expanded="false" aria-controls="et_pb_toggle_content_{panel}">{question}</div>'
        '<div class="et_pb_toggle_content clearfix" id="et_pb_toggle_content_{panel}" style="display:none">\n',
        "</div></div>\n",
    ),
}
"""The start and the end of an accordion: WordPress's own block, Elementor's toggle, Divi's toggle."""


def question_html(opening: Token) -> str:
    """The question that opens an accordion."""
    return escape(opening.info.strip().removeprefix("accordion").strip(), quote=False)


def visible_text(html: str) -> str:
    """The text of an HTML fragment with its white space collapsed."""
    return " ".join((LexborHTMLParser(f"<div>{html}</div>").text() or "").split())


def gold_lines(parser: MarkdownIt, tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[str]:
    """The visible text of each block: paragraphs, items, headings, questions and captions as they are, table and definition rows joined."""
    row: list[str] | None = None
    joint = ""
    for token in tokens:
        if token.type in ROW_OPENS:
            row, joint = [], ROW_OPENS[token.type]
        elif token.type in ("tr_close", "dd_close"):
            yield joint.join(filter(None, row or []))
            row = None
        elif token.type == "container_accordion_open":
            yield visible_text(question_html(token))
        elif token.type == "inline":
            text = visible_text(parser.renderer.render([token], parser.options, env))
            if row is not None:
                row.append(text)
            elif text:
                yield text


def body_blocks(parser: MarkdownIt, tokens: Sequence[Token], env: dict[str, Any]) -> Iterator[BodyBlock]:
    """The top-level blocks in order."""
    taken: set[str] = set()
    for group in top_level_groups(tokens):
        if group[0].type == "heading_open":
            html = parser.renderer.render([group[1]], parser.options, env)
            text = visible_text(html)
            yield BodyBlock("heading", html, text, int(group[0].tag[1]), free_anchor(slug(text), taken))
        else:
            yield other_block(parser.renderer.render(group, parser.options, env).strip(), group)


def other_block(html: str, group: Sequence[Token]) -> BodyBlock:
    """A block that is not a heading; an image alone in its paragraph loses the paragraph."""
    if html.startswith("<p><figure"):
        return BodyBlock("figure", html.removeprefix("<p>").removesuffix("</p>"))
    kind = group[0].type.removesuffix("_open").removeprefix("container_")
    return BodyBlock(kind, html, visible_text(html))


def top_level_groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens cut where the nesting comes back to zero."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def slug(text: str) -> str:
    """A heading as an id, as WordPress plugins make it: lower case, hyphens for all but letters and digits."""
    return re.sub(r"[^\w]+", "-", text.lower().replace("'", "").replace("’", "")).strip("-")


def free_anchor(wanted: str, taken: set[str]) -> str:
    """The wanted id, numbered if the page has it already; it is marked as taken."""
    anchor, number = wanted, 1
    while anchor in taken:
        number += 1
        anchor = f"{wanted}-{number}"
    taken.add(anchor)
    return anchor
