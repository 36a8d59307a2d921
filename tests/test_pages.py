"""What is served beside the API: the app's page, health, the API's own documentation."""

import re
import sqlite3
from contextlib import closing
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from backend import health
from backend.api import api
from backend.models import Lease
from tests.support.processes import free_port

pytestmark = pytest.mark.django_db

POLICY = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
]


@pytest.mark.parametrize("path", ["/", "/door", "/chat/member:1:1", "/i/abc", "/v/here/5f0a.59403840.aVeryLongProof-"])
def test_every_screens_address_answers_with_the_app_and_is_never_cached(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert sorted(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert re.findall(r"<script(?![^>]* src=)|<style| on\w+=| style=", answer.content.decode()) == []


@pytest.mark.parametrize("path", ["/nothing.js", "/assets/nothing-12345678.js", "/api/nothing", "/media/nothing", "/.env"])
def test_a_file_that_is_not_there_is_404_and_not_the_app(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_worker_and_the_manifest_are_asked_for_every_time(client: Client) -> None:
    with closing(client.get("/sw.js")) as worker, closing(client.get("/manifest.webmanifest")) as manifest:
        assert worker.headers["Cache-Control"] == "no-cache"
        assert (manifest.headers["Cache-Control"], manifest.headers["Content-Type"]) == ("no-cache", "application/manifest+json")


@pytest.mark.parametrize("accepted", ["gzip", "br"])
def test_the_apps_files_travel_small(client: Client, accepted: str) -> None:
    found = re.search(r'src="(/assets/app-[^"]+)"', client.get("/").content.decode())
    assert found
    with closing(client.get(found[1])) as plain, closing(client.get(found[1], headers={"Accept-Encoding": accepted})) as small:
        assert (small.headers["Content-Encoding"], small.headers["Vary"]) == (accepted, "Accept-Encoding")
        assert "immutable" in small.headers["Cache-Control"]
        assert int(small.headers["Content-Length"]) * 2 < int(plain.headers["Content-Length"])


def test_alive_and_ready(client: Client) -> None:
    assert client.get("/livez").content == b"ok"
    before = list(Lease.objects.values_list("name", flat=True))
    ready = client.get("/readyz").json()
    assert ready == {"ready": True, "checks": {"database": "ok", "disk": "ok", "dispatcher": "ok"}}
    assert list(Lease.objects.values_list("name", flat=True)) == before


@pytest.mark.faults_sqlite_only
@pytest.mark.django_db(transaction=True)
def test_whoever_could_take_no_tap_now_is_not_ready_and_says_so_soon(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "DEADLINE", 0.02)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.get("/readyz")
        other.execute("ROLLBACK")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "OperationalError")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_without_redis_it_is_ready_and_says_that_open_apps_hear_late(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["redis"]) == (200, "ok, but open apps hear late: ConnectionError")


def test_without_its_database_it_is_alive_and_says_why_it_is_not_ready(client: Client) -> None:
    with connection.execute_wrapper(gone):
        assert client.get("/livez").status_code == 200
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()["checks"] == {"database": "OperationalError", "disk": "ok", "dispatcher": "OperationalError"}


def gone(*_: Any) -> Any:
    msg = "server closed the connection"
    raise OperationalError(msg)


def test_the_apis_documentation_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "//" not in page.content.decode().replace("://testserver", "")
    assert client.get("/api/openapi.json").json()["info"]["title"] == "幸福驿站"
    with patch.object(api, "get_openapi_schema", side_effect=AssertionError("made anew")):
        assert client.get("/api/openapi.json").status_code == 200
