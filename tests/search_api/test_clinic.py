from pathlib import Path

import pytest

from search_api.clinic import Clinic, parse_clinic, read_clinic
from search_api.errors import ClinicFileError


def test_an_empty_file_gives_a_nameless_clinic():
    assert parse_clinic("") == Clinic()


def test_the_sample_clinics_file_is_readable():
    assert read_clinic(Path("corpus/clinic.toml")).name == "Wrenfield Behavioral Health"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not valid TOML"),
        ("nam = 'x'", "'nam'"),
        ("[colours]\naccent = 'red; }'", "'colours.accent'"),
        ("privacy_notice = 'javascript:alert(1)'", "'privacy_notice'"),
        ("[contact]\nphone = 5", "'contact.phone'"),
        ("[[pinned]]\nquery = 'parking'\nurl = 'u'", "'pinned.0.reason'"),
        ("[vocabulary]\nadd = [{kind = 'slang', form = 'x'}]", "'vocabulary.add.0.kind'"),
    ],
)
def test_a_wrong_entry_is_named(text: str, said: str):
    with pytest.raises(ClinicFileError, match=said):
        parse_clinic(text)


def test_a_file_that_is_no_text_is_told(tmp_path: Path):
    file = tmp_path / "clinic.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ClinicFileError, match="UTF-8"):
        read_clinic(file)
