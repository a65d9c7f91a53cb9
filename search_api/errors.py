"""What can go wrong around the service, in words for the person at the keyboard."""


class ServiceError(Exception):
    """Base of this room; the message says what was wrong and what would be right."""


class ClinicFileError(ServiceError):
    """A clinic.toml that cannot be read."""


class PortTaken(ServiceError):
    """The port to listen on is taken or not allowed."""
