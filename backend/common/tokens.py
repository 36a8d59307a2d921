"""Secrets that stand in an address. Only their hash is kept."""

import hashlib
import secrets


def made() -> str:
    """128 bits."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
