"""Deployment mistakes are said at start."""

import sqlite3
from argparse import Namespace
from contextlib import closing
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from tests.support.databases import ROOT, environment

PUBLIC = {"PUBLIC_URL": "https://yizhan.example", "ALLOWED_HOSTS": ["yizhan.example"], "SECURE": True, "DEBUG": False}


def found(settings: Settings, **changes: Any) -> list[str]:
    for name, value in changes.items():
        setattr(settings, name, value)
    return sorted(message.id or "" for message in run_checks() if (message.id or "").startswith(("yizhan.", "accounts.")))


def test_this_machine_as_the_tests_run_it_is_in_order(settings: Settings) -> None:
    assert found(settings) == []


def test_a_public_house_wants_a_contact_and_an_sms_gateway(settings: Settings) -> None:
    assert found(settings, **PUBLIC, DEMO=False, SMS_GATEWAY="console") == ["yizhan.W001", "yizhan.W002"]


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"ALLOWED_HOSTS": ["*"]}, "yizhan.E001"),
        ({"ALLOWED_HOSTS": ["elsewhere.example"]}, "yizhan.E002"),
        ({"DEMO": True}, "yizhan.E003"),
        ({"DEMO": True, "PUBLIC_URL": "http://127.0.0.1:8000"}, "yizhan.E003"),
        ({"DEBUG": True}, "yizhan.E008"),
        ({"PUBLIC_URL": "http://yizhan.example", "SECURE": False}, "yizhan.E004"),
        ({"SMS_GATEWAY": "pigeon"}, "accounts.E001"),
        ({"SMS_GATEWAY": "demo", "DEMO": False}, "accounts.E002"),
    ],
)
def test_a_mistake_has_its_number(settings: Settings, changes: dict[str, Any], mistake: str) -> None:
    assert mistake in found(settings, **PUBLIC | {"DEMO": False} | changes)


def test_a_push_stand_in_elsewhere_is_refused(settings: Settings) -> None:
    office = settings.NOTIFICATIONS | {"PUSH_TEST_ORIGINS": ["http://192.0.2.1:80"]}
    assert found(settings, NOTIFICATIONS=office) == ["yizhan.E005"]


# -- a database of another version -----------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "name", "found"),
    [
        ("volunteering", "0001_initial", ["yizhan.E009"]),  # an app that is no more
        ("attendance", "0099_renamed", ["yizhan.E009"]),
        ("account", "0099_squashed", []),  # a library's
    ],
)
def test_a_database_of_another_version_is_recognised(app: str, name: str, found: list[str]) -> None:
    assert run_checks(databases=["default"]) == []
    MigrationRecorder.Migration.objects.create(app=app, name=name)
    assert [message.id for message in run_checks(databases=["default"])] == found


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    loader = SourceFileLoader("dev", str(ROOT / "dev"))
    spec = spec_from_file_location("dev", loader=loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "LOGS", tmp_path)
    return module


def test_the_one_command_says_how_to_begin_anew(
    dev: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(tmp_path / "yizhan.sqlite3")) as old, old:
        old.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)")
        old.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('volunteering', '0001_initial', '2026-01-01')")
    monkeypatch.delenv("DATABASE_URL", raising=False)  # it is about the file in var/
    monkeypatch.setattr(dev, "python_packages", lambda _lock: None)  # they are here, or we would not run
    with pytest.raises(dev.StopError, match=r"\./dev up --fresh"):
        dev.back_end(Namespace(fresh=False, city=False), environment(tmp_path))
    assert capfd.readouterr().out == "… migrating\n"
