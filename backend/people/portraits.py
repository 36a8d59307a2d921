"""Members' portraits: taken in through a limited child process, kept small and clean, shown to whom may see the member."""

import re
import secrets
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from backend.accounts.rules import person
from backend.common.errors import InvalidError, RefusedError, TooManyError
from backend.people import decode
from backend.people.queries import may_see_photo

MAX_BYTES = 20 * 1024 * 1024
FOLDER = "portraits"
NAME = re.compile(r"[0-9a-f]{32}\.webp")
BROKEN = "这张照片打不开，请换一张。"
SENTENCES = {
    decode.UNKNOWN: "请用 JPEG、PNG 或 WebP 格式的照片。",
    decode.TOO_LARGE: "照片太大了，请换一张小一点的。",
}
# Two at a time: what is left of the machine belongs to the door.
_slots = BoundedSemaphore(2)


def clean(data: bytes) -> bytes:
    """A square WebP without metadata; refuses whatever is not a photo."""
    if len(data) > MAX_BYTES:
        raise InvalidError("照片不能超过 20 MB，请换一张小一点的。", fields={"photo": "超过 20 MB。"})
    if not _slots.acquire(timeout=decode.SECONDS):
        raise TooManyError("正在处理别的照片，请过一会儿再试。", retry_after=decode.SECONDS)
    try:
        return _decoded(data)
    finally:
        _slots.release()


def _decoded(data: bytes) -> bytes:
    command = [sys.executable, "-I", decode.__file__]
    try:
        # CPU seconds are limited inside; this one also ends a child that only waits.
        done = subprocess.run(command, input=data, capture_output=True, timeout=decode.SECONDS * 2, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise InvalidError(BROKEN, fields={"photo": BROKEN}) from error
    if done.returncode or not done.stdout:
        sentence = SENTENCES.get(done.returncode, BROKEN)
        raise InvalidError(sentence, fields={"photo": sentence})
    return done.stdout


def keep(portrait: bytes) -> str:
    """Writes it under a name nobody can guess; returns the path below MEDIA_ROOT."""
    path = f"{FOLDER}/{secrets.token_hex(16)}.webp"
    file = Path(settings.MEDIA_ROOT) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(portrait)
    return path


def discard(path: str) -> None:
    if path:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


@require_safe
def portrait(request: HttpRequest, name: str) -> HttpResponse:
    """/media/portraits/<name>: asked anew every time whether the person may see that member."""
    file = Path(settings.MEDIA_ROOT) / FOLDER / name
    if NAME.fullmatch(name) is None or not _may_see(request, name) or not file.is_file():
        return HttpResponse("没有这张照片。", status=404, content_type="text/plain; charset=utf-8")
    etag = f'"{name}"'
    unchanged = request.headers.get("If-None-Match") == etag
    answer = HttpResponse(status=304) if unchanged else HttpResponse(file.read_bytes(), content_type="image/webp")
    answer.headers["ETag"] = etag  # a portrait never changes under its name
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _may_see(request: HttpRequest, name: str) -> bool:
    try:
        return may_see_photo(person(request), f"{FOLDER}/{name}")
    except RefusedError:
        return False
