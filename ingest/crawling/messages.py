"""What passes between the crawler's process and ours: a plan one way, pages and ledger entries the other, a line of JSON each."""

from pydantic import TypeAdapter

from ingest.crawling.plan import CrawlPlan
from ingest.schema import LedgerEntry, Page

_PLAN = TypeAdapter(CrawlPlan)
_PAGE = TypeAdapter(Page)
_ENTRY = TypeAdapter(LedgerEntry)
_PAGE_MARK, _ENTRY_MARK = b"P", b"E"


def write_plan(plan: CrawlPlan) -> bytes:
    """A plan as JSON."""
    return _PLAN.dump_json(plan)


def read_plan(data: bytes) -> CrawlPlan:
    """The plan that `write_plan` wrote. Raises `ValueError` for anything else."""
    return _PLAN.validate_json(data)


def write_message(noun: Page | LedgerEntry) -> bytes:
    """A page or an entry as one line: its mark, then JSON."""
    if isinstance(noun, Page):
        return _PAGE_MARK + _PAGE.dump_json(noun) + b"\n"
    return _ENTRY_MARK + _ENTRY.dump_json(noun) + b"\n"


def read_message(line: bytes) -> Page | LedgerEntry:
    """The noun that `write_message` wrote. Raises `ValueError` for anything else."""
    return _PAGE.validate_json(line[1:]) if line[:1] == _PAGE_MARK else _ENTRY.validate_json(line[1:])
