"""Endpoints: where a push may go. The user's browser gives the address, so another one is an attack on our own network."""

import re

from notifications import conf

LONGEST = 600
# No user, no other port, no fragment, nothing that two parsers could read differently.
PUBLIC = re.compile(r"https://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::443)?/[!-\[\]-~]+", re.IGNORECASE)
LOOPBACK = re.compile(r"(https?://127\.0\.0\.1:[0-9]{1,5})/[!-\[\]-~]+")
NUMERIC = re.compile(r"[0-9.]+|0x[0-9a-f.x]+", re.IGNORECASE)


class EndpointRefusedError(ValueError):
    """Not an address of a push service that the operator allows."""


def check(endpoint: str) -> None:
    """Raise unless a push may go there. Asked when it is saved and again at every send."""
    if len(endpoint) > LONGEST or "#" in endpoint or not (_is_public(endpoint) or _is_for_tests(endpoint)):
        msg = "not an allowed push service"
        raise EndpointRefusedError(msg)


def origin(endpoint: str) -> str:
    scheme, _, rest = endpoint.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()


def _is_public(endpoint: str) -> bool:
    match = PUBLIC.fullmatch(endpoint)
    if match is None or NUMERIC.fullmatch(match[1]):
        return False
    host = match[1].lower()
    return any(_matches(pattern.lower(), host) for pattern in conf.push_hosts())


def _matches(pattern: str, host: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _is_for_tests(endpoint: str) -> bool:
    """A stand-in on this machine. Whatever the setting says, nothing but loopback can be one."""
    match = LOOPBACK.fullmatch(endpoint)
    return match is not None and match[1] in conf.push_test_origins()
