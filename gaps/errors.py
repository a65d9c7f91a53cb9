"""What can go wrong in this room, in words for the person at the keyboard."""


class GapsError(Exception):
    """Base of this room; the message says what was wrong and what would be right."""


class UnknownCheck(GapsError):
    """No file of `gaps/checks/` has this name."""


class DamagedReport(GapsError):
    """A saved report cannot be read."""


class DamagedLog(GapsError):
    """The question log is no database, or one of another kind."""


class BadGapSettings(GapsError):
    """The table `[gaps]` of `clinic.toml` cannot be used."""
