"""How Scrapy is to behave on a clinic's site: slowly, on that site only, and with bounds on everything."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.crawling.guards import is_private_host
from ingest.crawling.plan import CrawlPlan

USER_AGENT = "clinic-search/0.1 (a clinic's own site search)"
CONCURRENT_REQUESTS = 4
"""At most at once, when a server is fast; also all that a crawl that ran out of time still waits for."""
MEMORY_LIMIT_MB = 2048


def crawl_settings(plan: CrawlPlan) -> dict[str, Any]:
    """Scrapy's settings for a plan, which has to name a folder to remember the crawl in."""
    return {**_manners(plan), **_bounds(plan), **_guards(plan), **_memory(plan), **_silence()}


def _manners(plan: CrawlPlan) -> dict[str, Any]:
    limits = plan.limits
    return {
        "USER_AGENT": USER_AGENT,
        "ROBOTSTXT_OBEY": True,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": limits.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": limits.longest_delay_seconds,
        "DOWNLOAD_DELAY": limits.delay_seconds,
        "DOWNLOAD_DELAY_JITTER": 0.0,  # a Crawl-delay is a least delay
        "CONCURRENT_REQUESTS": CONCURRENT_REQUESTS,
        "DEPTH_PRIORITY": 1,  # breadth first: traps come last
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            "ingest.crawling.guards.PoliteThrottle": 0,
            "scrapy.extensions.memusage.MemoryUsage": None,
            "ingest.crawling.guards.OwnMemoryUsage": 0,
        },
    }


def _bounds(plan: CrawlPlan) -> dict[str, Any]:
    limits = plan.limits
    return {
        "DOWNLOAD_MAXSIZE": limits.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.answer_seconds,
        "DNS_TIMEOUT": limits.answer_seconds,
        "CLOSESPIDER_TIMEOUT": limits.seconds,
        "REDIRECT_MAX_TIMES": 10,  # browsers give up after 20
        "METAREFRESH_MAXDELAY": 5,  # what takes longer is a page that reloads, no redirect
        "RETRY_TIMES": 2,
        "MEMUSAGE_LIMIT_MB": MEMORY_LIMIT_MB,
    }


def _guards(plan: CrawlPlan) -> dict[str, Any]:
    private = is_private_host(plan.location) if plan.allow_private is None else plan.allow_private
    return {
        "CRAWL_SITE": plan.location,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # lets subdomains and retried redirects pass
            "ingest.crawling.guards.SameSite": 50,
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {"file": None, "ftp": None, "s3": None, "data": None},
        "TWISTED_DNS_RESOLVER": "scrapy.resolver.CachingThreadedResolver" if private else "ingest.crawling.guards.PublicResolver",
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }


def _memory(plan: CrawlPlan) -> dict[str, Any]:
    digest = sha256(f"{plan.kind} {plan.location}".encode()).hexdigest()[:12]
    return {
        "HTTPCACHE_ENABLED": True,
        "HTTPCACHE_ALWAYS_STORE": True,
        "HTTPCACHE_POLICY": "ingest.crawling.fetched_pages.AskAgainPolicy",
        "HTTPCACHE_STORAGE": "ingest.crawling.fetched_pages.FetchedPages",
        "FETCHED_PAGES": str((plan.memory or Path()) / f"fetched-{digest}.sqlite"),
    }


def _silence() -> dict[str, Any]:
    return {"LOG_LEVEL": "CRITICAL", "LOGSTATS_INTERVAL": 0, "STATS_DUMP": False}
