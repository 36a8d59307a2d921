"""Deployment mistakes, said before they cost anybody a morning. Run by `check --deploy` and at every `serve`."""

import ipaddress
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from backend.accounts.sms import check_gateway, check_real_gateway


def _public() -> bool:
    """Whether we answer to a name or address other than this machine's own."""
    return not all(_own(host) for host in (urlsplit(settings.PUBLIC_URL).hostname or "", *settings.ALLOWED_HOSTS))


def _own(host: str) -> bool:
    if host in {"localhost", "testserver"}:  # the second is Django's test client
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@register()
def hosts(**_kwargs: Any) -> Sequence[CheckMessage]:
    if "*" in settings.ALLOWED_HOSTS:
        return [Error("ALLOWED_HOSTS holds “*”: any site could open our socket.", hint="Name the hosts.", id="yizhan.E001")]
    host = urlsplit(settings.PUBLIC_URL).hostname
    if host not in settings.ALLOWED_HOSTS:
        return [Error(f"PUBLIC_URL's host {host} is not in ALLOWED_HOSTS.", hint="Add it to ALLOWED_HOSTS.", id="yizhan.E002")]
    return []


@register()
def demo(**_kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEMO and _public():
        return [Error("DEMO=1 on a public host: everybody knows its sign-in code.", hint="Unset DEMO.", id="yizhan.E003")]
    return []


@register()
def debug(**_kwargs: Any) -> Sequence[CheckMessage]:
    if settings.DEBUG and _public():
        return [Error("DEBUG=1 on a public host: errors show what is stored.", hint="Unset DEBUG.", id="yizhan.E008")]
    return []


@register()
def secure(**_kwargs: Any) -> Sequence[CheckMessage]:
    if _public() and not settings.SECURE:
        hint = "Set PUBLIC_URL to https://…; phones install the app and receive pushes only over https."
        return [Error("PUBLIC_URL is public and not https.", hint=hint, id="yizhan.E004")]
    return []


@register()
def push(**_kwargs: Any) -> Sequence[CheckMessage]:
    found: list[CheckMessage] = []
    if any(not _loopback(origin) for origin in settings.NOTIFICATIONS["PUSH_TEST_ORIGINS"]):
        found.append(Error("PUSH_TEST_ORIGINS names something other than loopback.", hint="Unset it: it is for tests.", id="yizhan.E005"))
    if _public() and settings.NOTIFICATIONS["VAPID_CONTACT"].endswith("@localhost"):
        hint = "Set PUSH_CONTACT=mailto:… so that push services can reach the operator."
        found.append(Caution("PUSH_CONTACT is the default.", hint=hint, id="yizhan.W001"))
    return found


def _loopback(origin: str) -> bool:
    try:
        return ipaddress.ip_address(urlsplit(origin).hostname or "").is_loopback
    except ValueError:
        return False


@register()
def gateway(**_kwargs: Any) -> Sequence[CheckMessage]:
    if settings.SMS_GATEWAY == "console" and _public():
        return [Caution("Login codes are only printed to the log.", hint="A real SMS gateway comes later.", id="yizhan.W002")]
    return []


@register(Tags.database)
def tables(databases: Sequence[str] | None = None, **_kwargs: Any) -> Sequence[CheckMessage]:
    """`migrate` would add new tables beside those of rewritten migrations, and lose what is in the old ones."""
    return [message for alias in databases or () for message in _unknown_migrations(alias)]


def _unknown_migrations(alias: str) -> Sequence[CheckMessage]:
    loader = MigrationLoader(connections[alias])
    gone = sorted(".".join(key) for key in loader.applied_migrations.keys() - loader.disk_migrations.keys() if _was_ours(key[0]))
    hint = "In development, ./dev up --fresh starts with an empty one."
    return [Error(f"The database is of another version: it has {gone[0]}, which is no more.", hint=hint, id="yizhan.E009")] if gone else []


def _was_ours(label: str) -> bool:
    """Of a library's migrations some may go with an upgrade, and nothing is lost."""
    return all(config.name.startswith(("backend", "notifications")) for config in apps.get_app_configs() if config.label == label)


register()(check_gateway)
register()(check_real_gateway)
