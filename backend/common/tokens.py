"""Random tokens for links. Only their hash is stored."""

import hashlib
import secrets


def new_token() -> str:
    """128 bits."""
    return secrets.token_urlsafe(16)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
