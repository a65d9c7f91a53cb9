"""Where a request comes from, as far as the service needs to know: this machine or another, and which network. Never written down."""

from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

IPV6_NETWORK_BITS = 64
"""A household or an office gets a whole /64 and may use any address of it (RFC 6177, https://www.rfc-editor.org/rfc/rfc6177)."""


def client_address(scope: Scope) -> str:
    """The address that the connection comes from, "" if the server does not know it."""
    client = scope.get("client")
    return client[0] if client else ""


def is_loopback(address: str) -> bool:
    """Whether this is an address of the machine itself."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def network_of(address: str) -> str:
    """What one client cannot easily leave: the address, for IPv6 its /64. Anything that is no address stays as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> (128 - IPV6_NETWORK_BITS))
    return str(parsed)
