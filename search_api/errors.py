"""What can go wrong around the service, in words for the person at the keyboard."""

from index.errors import BadQuery


class ServiceError(Exception):
    """Base of this room; the message says what was wrong and what would be right."""


class QuestionTooLong(BadQuery):
    """More than anybody types as a question."""


class ClinicFileError(ServiceError):
    """A clinic.toml that cannot be read."""


class PortTaken(ServiceError):
    """The port to listen on is taken or not allowed."""


class AccessFileError(ServiceError):
    """The file that holds the tokens cannot be read or written."""


class NoSuchToken(ServiceError):
    """No token has this id."""


class WrongToken(ServiceError):
    """What somebody presents is no valid token."""


class NoSession(ServiceError):
    """A cookie that is no valid session."""


class SignInNeeded(ServiceError):
    """The page is not for visitors, and nobody has signed in."""


class RoleMissing(ServiceError):
    """Somebody has signed in, with a role that does not include this page."""


class ForgedForm(ServiceError):
    """A form that changes something was not sent from a page of this service."""


class TooManyTries(ServiceError):
    """A client asks too much, or has presented too many wrong tokens; `seconds` is how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class JudgingSheetError(ServiceError):
    """A sheet of grades cannot be read, or holds something else than grades."""
