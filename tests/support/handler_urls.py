"""Addresses for the handler's own tests: each shows one thing about how a request is served."""

import threading
import time
from collections.abc import Iterator

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import path

from backend.accounts.models import CodeRequest
from backend.common import clock
from backend.urls import failed

gate = threading.Event()
entered = threading.Semaphore(0)


def where(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"thread": threading.current_thread().name, "body": request.body.decode(), "path": request.path})


def readyz(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse(threading.current_thread().name)


def wait(request: HttpRequest) -> HttpResponse:
    del request
    entered.release()
    gate.wait(10)
    return HttpResponse("waited")


def stream(request: HttpRequest) -> HttpResponseBase:
    del request

    def parts() -> Iterator[bytes]:
        for number in range(3):
            yield f"{number} {threading.current_thread().name}\n".encode()

    return StreamingHttpResponse(parts())


def write(request: HttpRequest) -> HttpResponse:
    """Reads, waits and writes: two at once on two threads would meet SQLite's lock."""
    del request
    count = CodeRequest.objects.count()
    time.sleep(0.001)
    CodeRequest.objects.create(phone_hash=str(count), address="", at=clock.now())
    return HttpResponse(status=201)


def many(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        while True:
            write(request)


def long(request: HttpRequest) -> HttpResponse:
    """One statement that SQLite would work at for minutes."""
    with transaction.atomic(), connection.cursor() as cursor:
        write(request)
        cursor.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) SELECT MAX(x) FROM n")
    return HttpResponse("long")


def stumble(request: HttpRequest) -> HttpResponse:
    del request
    msg = "a bug"
    raise ZeroDivisionError(msg)


async def later(request: HttpRequest) -> JsonResponse:
    del request
    return JsonResponse({"async": True})


handler500 = failed
urlpatterns = [path(f"{view.__name__}", view) for view in (where, readyz, wait, stream, write, many, long, stumble, later)]
