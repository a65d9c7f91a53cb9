"""The crawler's own process: a plan comes in on standard input, pages and ledger entries go out as lines of JSON.

Scrapy runs on a reactor that a process can start only once, which is why it does not run inside ours.
"""

import os
import sys
from datetime import UTC, datetime

from scrapy.crawler import CrawlerProcess

from ingest.crawling.messages import read_plan, write_message
from ingest.crawling.settings import crawl_settings
from ingest.crawling.site_spider import SiteSpider
from ingest.crawling.wordpress_spider import WordPressSpider
from ingest.schema import LedgerEntry, Page


def main() -> None:
    """Runs the crawl that standard input describes."""
    plan = read_plan(sys.stdin.buffer.read())
    process = CrawlerProcess(crawl_settings(plan))
    spider = WordPressSpider if plan.kind == "wordpress" else SiteSpider
    process.crawl(spider, plan=plan, tell=_tell, today=datetime.now(UTC).date())
    process.start()
    if process.bootstrap_failed:
        sys.exit("Scrapy could not start")


def _tell(noun: Page | LedgerEntry) -> None:
    try:
        sys.stdout.buffer.write(write_message(noun))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever wanted the pages is gone
        os._exit(1)


if __name__ == "__main__":
    main()
