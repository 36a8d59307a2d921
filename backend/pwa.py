"""Serving the phone app: hashed files for ever, the three that change never from a cache."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Links that people pass on and scan: what they carry may have dots, and names no file.
PASSED_ON = "v/"
ALWAYS_ASKED = frozenset({"/index.html", "/sw.js", "/manifest.webmanifest"})


def headers(headers: dict[str, str], _path: str, url: str) -> None:
    """WhiteNoise asks for each file it serves."""
    if url in ALWAYS_ASKED:
        headers["Cache-Control"] = "no-cache"


def immutable(_path: str, url: str) -> bool:
    """Vite puts a content hash into the names below /assets/."""
    return url.startswith("/assets/")


@require_safe
def index(_request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address that is a screen of the app answers with the app."""
    file = Path(settings.PWA_DIST) / "index.html"
    if "." in path.rsplit("/", maxsplit=1)[-1] and not path.startswith(PASSED_ON):
        return HttpResponse("没有这个文件。", status=404, content_type="text/plain; charset=utf-8")
    if not file.exists():
        return HttpResponse("手机页面还没有构建：请运行 ./dev up。", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(file.read_bytes(), content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})
