"""Answers that say when they have not changed."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from ninja import Status


def not_modified(request: HttpRequest, response: HttpResponse, state: object) -> Status[Any] | None:
    """Puts an ETag made of `state` on the response; a 304 if the client has it already."""
    etag = quote_etag(hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest())
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return Status(304, None) if etag in parse_etags(request.headers.get("If-None-Match", "")) else None
