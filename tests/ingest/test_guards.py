"""A crawl of a public site is led into no private network and to no file, whatever the site or its name server says."""

import subprocess
import sys

import pytest

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.guards import PrivateAddress, _refuse_private, is_private_host
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.crawling.settings import crawl_settings
from ingest.errors import IngestError
from ingest.pipeline import ingest_site

PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
]


@pytest.mark.parametrize("number", PRIVATE)
def test_a_name_that_resolves_into_a_private_network_is_not_connected_to(number: str):
    with pytest.raises(PrivateAddress):
        _refuse_private(number)


def test_a_name_that_resolves_to_a_public_address_is():
    assert _refuse_private("93.184.215.14") == "93.184.215.14"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001"])
def test_a_public_crawl_asks_no_private_host_however_it_is_written(serve, page_html, host: str):
    site = serve({"/": page_html("Internal")})
    address = site.url.replace("127.0.0.1", host) + "/"
    assert is_private_host(address)
    told = []
    assert list(crawl_pages(CrawlPlan("website", address, allow_private=False), record=told.append)) == []
    assert site.asked == []
    assert [entry.outcome for entry in told] == ["error"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(serve, crawl, page_html, status: int):
    inside = serve({"/": page_html("Internal"), "/secret": page_html("Secret")})
    site = serve({"/": page_html("Home", "/away", "/metadata"), "/away": (status, {"location": f"{inside.url}/secret"}, "")})
    site.routes["/metadata"] = (status, {"location": "http://169.254.169.254/latest/meta-data/"}, "")
    crawled = crawl(site)
    assert list(crawled.pages) == ["/"]
    assert inside.asked == []


def test_links_canonical_addresses_and_sitemaps_lead_to_no_file_and_no_other_host(serve, crawl, page_html):
    inside = serve({"/": page_html("Internal")})
    elsewhere = [f"{inside.url}/", "file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/html,x", "http://169.254.169.254/"]
    listed = "".join(f"<url><loc>{address}</loc></url>" for address in elsewhere)
    head = f'<link rel="canonical" href="{inside.url}/"><meta http-equiv="refresh" content="0;url={inside.url}/">'
    site = serve(
        {
            "/": page_html("Home", *elsewhere),
            "/b": page_html("B", head=head),
            "/sitemap.xml": (200, {"content-type": "text/xml"}, f"<urlset>{listed}<url><loc>/b</loc></url></urlset>"),
        }
    )
    crawled = crawl(site)
    assert "/" in crawled.pages
    assert all(page.url.startswith(site.url) for page in crawled.pages.values())
    assert inside.asked == []


@pytest.mark.parametrize("location", ["file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://127.0.0.1:70/1"])
def test_a_location_of_another_scheme_is_refused(location: str):
    with pytest.raises(IngestError):
        ingest_site([location])


def test_memory_that_the_starting_process_had_used_is_not_counted():
    """Linux hands the peak of a process on to those it starts, and a crawl of a large one stopped before it began."""
    held = b"x" * 600_000_000
    script = "import ingest.crawling.guards as g; print(g.OwnMemoryUsage.get_virtual_size(None))"
    own = int(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
    assert 0 < own < len(held)
    extensions = crawl_settings(CrawlPlan("website", "http://127.0.0.1:9/", None, CrawlLimits()))["EXTENSIONS"]
    assert extensions["ingest.crawling.guards.OwnMemoryUsage"] == 0
    assert extensions["scrapy.extensions.memusage.MemoryUsage"] is None
