"""Sending a file of ours to somebody who may see it. Whether they may was asked a moment ago, and will be asked again next time."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag

RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def nothing_here() -> HttpResponse:
    """One answer for what is not there and for what is not yours."""
    return HttpResponse("没有这张照片。", status=404, content_type="text/plain; charset=utf-8")


def sent(request: HttpRequest, path: str) -> HttpResponse:
    """A WebP below MEDIA_ROOT that never changes under its name. `path` is ours, never what somebody asked for."""
    file = Path(settings.MEDIA_ROOT) / path
    if not file.is_file():
        return nothing_here()
    etag = quote_etag(file.stem + "." + file.parent.name)
    known = parse_etags(request.headers.get("If-None-Match", ""))
    answer = HttpResponse(status=304) if etag in known or known == ["*"] else _whole_or_part(request, file, path, etag)
    answer.headers["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _whole_or_part(request: HttpRequest, file: Path, path: str, etag: str) -> HttpResponse:
    if settings.MEDIA_ACCEL:
        # The proxy reads the file, and knows ranges itself.
        return HttpResponse(content_type="image/webp", headers={"X-Accel-Redirect": f"{settings.MEDIA_ACCEL}/{quote(path)}"})
    size = file.stat().st_size
    part = _asked_for(request, size) if request.headers.get("If-Range", etag) == etag else None
    if part is None:
        return _answer(request, file, range(size))
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return _answer(request, file, part, status=206, headers={"Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"})


def _asked_for(request: HttpRequest, size: int) -> range | None:
    """Empty if there is nothing there; None, all of it, also for what makes no sense."""
    asked = RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if asked is None:
        return None
    first, last, final = asked.groups(default="")
    if final:
        return range(max(0, size - int(final)), size)
    return None if last and int(last) < int(first) else range(int(first), min(size, int(last) + 1) if last else size)


def _answer(request: HttpRequest, file: Path, part: range, **more: Any) -> HttpResponse:
    content = b""
    if request.method != "HEAD":
        with file.open("rb") as opened:
            opened.seek(part.start)
            content = opened.read(len(part))
    answer = HttpResponse(content, content_type="image/webp", **more)
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Length"] = str(len(part))
    return answer
