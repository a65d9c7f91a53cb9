import gzip
import json
import re

from search_api.clinic import Clinic, Colours, Contact
from search_api.texts import known_languages
from search_api.widget import SETTINGS, widget_script

CLINIC = Clinic(name="Clínica </script> “Ñ”", contact=Contact(phone="(541) 555-0142"), colours=Colours(accent="#336699"))
LIMIT_BYTES = 30_000


def settings(script: str) -> dict:
    return json.loads(re.search(r"const SETTINGS = (\{.*\});\n", script)[1])


def test_the_widget_stays_under_its_limit():
    assert len(gzip.compress(widget_script(CLINIC), 6)) < LIMIT_BYTES


def test_the_clinics_name_phone_colour_and_texts_are_put_in():
    script = widget_script(CLINIC).decode()
    assert SETTINGS.decode() not in script
    known = settings(script)
    assert known["name"] == CLINIC.name
    assert known["phoneLink"] == "tel:5415550142"
    assert known["accent"][0] == "#336699"
    assert set(known["texts"]) == set(known_languages())
    assert len(known["texts"]["es"]["months"]) == 12


def test_a_clinic_without_a_telephone_gives_no_number():
    assert settings(widget_script(Clinic()).decode())["phone"] == ""


def test_the_clinics_privacy_notice_is_linked():
    notice = "https://clinic.example/privacy"
    known = settings(widget_script(Clinic(privacy_notice=notice)).decode())
    assert known["privacyNotice"] == notice
    assert known["texts"]["es"]["privacy_notice"] == "Aviso de privacidad"
    assert settings(widget_script(Clinic()).decode())["privacyNotice"] == ""


def test_the_widget_writes_no_markup_and_no_inline_style():
    script = widget_script(CLINIC).decode()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.style\b|setAttribute\(\"style", script
    )
