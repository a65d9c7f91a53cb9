"""The frame of the pages for staff and editors: who has signed in, what they may open, and the mark that their forms carry."""

from dataclasses import dataclass

from markupsafe import Markup

from index.shared_words import mark_shared
from search_api.access import Token, role_includes
from search_api.clinic import Clinic
from search_api.pages import environment, render_page
from search_api.passport import count_states, count_words, grade_article
from search_api.staff_search import language_name, type_label
from search_api.texts import Texts

STAFF_ROOMS = (
    ("/staff", "desk_search"),
    ("/staff/draft", "desk_draft"),
    ("/staff/pages", "desk_pages"),
    ("/staff/repeated", "desk_repeated"),
    ("/staff/judgments", "desk_judgments"),
)
"""The rooms of the staff's desk: address and key of the name."""
EDITOR_ROOMS = (("/editor", "editor_title"),)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every signed-in page knows: `csrf` is the mark for its forms, "" for a script that presents a token.

    `panel_due`: the crisis panel should have been read again by now, which every page says until somebody has.
    """

    clinic: Clinic
    texts: Texts
    token: Token
    csrf: str = ""
    panel_due: bool = False

    def render(self, template: str, heading: str, *, room: str = "", **values: object) -> str:
        """A page in the frame `signed_in.html`; `room` is the address of the room that it belongs to."""
        return render_page(
            template,
            self.clinic,
            self.texts,
            heading=heading,
            room=room,
            token=self.token,
            csrf=self.csrf,
            mark=self._mark,
            panel_due=self.clinic.crisis_panel if self.panel_due else None,
            desk_rooms=desk_rooms,
            **values,
        )

    def _mark(self) -> Markup:
        """The hidden field without which no form of this page changes anything."""
        return Markup('<input type="hidden" name="csrf" value="{}">').format(self.csrf) if self.csrf else Markup("")


def desk_rooms(token: Token) -> tuple[tuple[str, str], ...]:
    """The rooms that this token opens."""
    return STAFF_ROOMS + (EDITOR_ROOMS if role_includes(token.role, "editor") else ())


environment.filters |= {
    "article_grade": grade_article,
    "article_words": count_words,
    "language_name": lambda tag: language_name(tag.partition("-")[0].lower()),
    "reference_counts": count_states,
    "shared_words": mark_shared,
    "type_label": type_label,
}
