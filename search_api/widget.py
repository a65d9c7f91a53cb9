"""The script that a clinic's own pages embed, with the clinic's name, colour and texts put in."""

import json

from search_api.assets import read_asset
from search_api.clinic import Clinic
from search_api.pages import phone_link
from search_api.texts import known_languages, read_texts
from search_api.theme import accent_shades

SETTINGS = b"/*SETTINGS*/{}"
"""What stands in static/widget.js where the clinic's settings go: valid JavaScript before and after."""


def widget_script(clinic: Clinic) -> bytes:
    """The widget's script for this clinic, UTF-8."""
    script, _ = read_asset("widget.js")
    return script.replace(SETTINGS, json.dumps(_settings(clinic), ensure_ascii=False).encode(), 1)


def _settings(clinic: Clinic) -> dict[str, object]:
    languages = {code: read_texts(code) for code in known_languages()}
    return {
        "name": clinic.name,
        "language": clinic.language,
        "accent": accent_shades(clinic.colours),
        "phone": clinic.contact.phone,
        "phoneLink": phone_link(clinic.contact.phone),
        "privacyNotice": clinic.privacy_notice,
        "texts": {code: {**texts.widget, "months": texts.months, "date": texts.date_pattern} for code, texts in languages.items()},
    }
