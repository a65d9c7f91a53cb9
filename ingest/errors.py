"""What can go wrong while reading a site, in words for the person at the keyboard."""


class IngestError(Exception):
    """Base of this room; the message says what was wrong and what would be right."""


class NothingToRead(IngestError):
    """The location holds no page."""


class UnknownSource(IngestError):
    """No file of `ingest/sources/` reads this kind of location."""


class DamagedSite(IngestError):
    """A file of an ingested site is missing or was changed since it was written."""


class SuspiciousCrawl(IngestError):
    """A crawl came back so small, empty or full of challenge pages that it must not replace the last good one."""
