"""What can go wrong with an index, in words for the person at the keyboard."""


class SearchIndexError(Exception):
    """Base of this room; the message says what was wrong and what would be right."""


class MissingIndex(SearchIndexError):
    """There is no index, or no complete one, where one was expected."""


class DamagedIndex(SearchIndexError):
    """A file of the index is missing or does not match its checksum."""


class ModelMismatch(SearchIndexError):
    """The index was built by another model than the one that would read the questions."""


class UnusableModel(SearchIndexError):
    """A model cannot be loaded, or its exported copy does not agree with the original."""


class EmptySite(SearchIndexError):
    """There is nothing to index."""


class UnknownPage(SearchIndexError):
    """No page of the index has the address that was named."""


class BadQuery(ValueError):
    """The query cannot be searched for."""
