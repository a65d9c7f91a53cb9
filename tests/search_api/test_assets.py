import re
from importlib.resources import files

import pytest
from fastapi import HTTPException

from search_api.assets import asset_url, content_digest, read_asset

NAMES = sorted(entry.name for entry in (files("search_api") / "static").iterdir() if entry.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_the_folder_can_be_served(name: str):
    content, media_type = read_asset(name)
    assert content
    assert media_type.split(";")[0] in ("text/css", "text/javascript", "image/svg+xml")


@pytest.mark.parametrize("name", ["", ".", "..", "../app.py", "app.py", "search.html", "search.css/", "no.css"])
def test_no_other_name_is_served(name: str):
    with pytest.raises(HTTPException) as refused:
        read_asset(name)
    assert refused.value.status_code == 404


def test_an_address_changes_with_the_content_of_its_file():
    assert asset_url("search.css") == f"/static/search.css?v={content_digest(read_asset('search.css')[0])}"
    assert content_digest(b"one") != content_digest(b"other")


@pytest.mark.parametrize("name", NAMES)
def test_no_file_names_another_host_but_in_explanations(name: str):
    text = read_asset(name)[0].decode()
    hosts = set(re.findall(r"https?://([\w.-]+)|[\"'(]//([\w.-]+)", text))
    assert hosts <= {("www.w3.org", "")}
