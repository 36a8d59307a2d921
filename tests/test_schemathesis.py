"""Every operation with each kind of person, with generated input: no 5xx, no answer that the API does not declare."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from backend.homes.models import Holiday
from tests.matrix import KIN, STAFF
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.test_matrix import GROUPS, World

pytestmark = pytest.mark.django_db

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# PostgreSQL has refusals of its own (a NUL, a number out of range), which come early.
EXAMPLES = 1 if connection.vendor == "postgresql" else 3
# One of each kind; that two of a kind are answered alike is the matrix's matter.
KINDS = ("mother", "carer", "manager", "officer", "volunteer", "charlie")
KNOW_THE_MEMBER = GROUPS["sunshine"][STAFF] | GROUPS["sunshine"][KIN]
# What an operation's parameter is called, and which object of the world it may name.
REAL = {
    "home_id": "home",
    "home": "home",
    "member_id": "member",
    "member": "member",
    "post_id": "other_post",
    "post": "carer_post",
    "device_id": "device",
    "invitation_id": "invitation",
    "token": "token",
    "relative_id": "relative",
    "leave_id": "leave",
    "session_id": "session",
    "activity_id": "activity",
    "group_id": "group",
    "event_id": "event",
    "shift_id": "shift",
    "shift": "free_shift",
    "signup_id": "signup",
    "booking_id": "booking",
    "organisation_id": "organisation",
    "organisation": "organisation",
    "credential_id": "credential",
    "wish_id": "wish",
    "proposal_id": "proposal",
    "user_id": "volunteer",
    "group": "group",
    "leader": "carer_post",
    "session": "session",
    "moment_id": "moment",
    "photo_id": "photo",
    "comment_id": "comment",
    "notice_id": "notice",
    "subscription_id": "subscription",
    "endpoint": "endpoint",
    "claim_id": "claim",
    "record_id": "record",
    "correction_id": "correction",
    "honour_id": "honour",
    "certificate_id": "certificate",
    "number": "number",
    "seal": "seal",
    "signup": "led_signup",
}

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())


def made_real(given: Any, world: World) -> Any:
    """With names of things that exist, so that generated input gets further than 404."""
    if not isinstance(given, dict):
        return given
    return {key: plain(world.values[REAL[key]]) if key in REAL else value for key, value in given.items()}


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def signed_in(phone: Phone) -> dict[str, Any]:
    cookies = {name: morsel.value for name, morsel in phone.cookies.items()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": str(phone.defaults["HTTP_X_CSRFTOKEN"])}}


@pytest.fixture
def world(cast: Cast, morning: object) -> World:
    Holiday.objects.create(date="2026-05-01", name="劳动节", works=False)
    return World(cast, "sunshine")


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own test client does: the request's end must not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def phones(cast: Cast, world: World) -> dict[str, dict[str, Any]]:
    return {"nobody": signed_in(Phone())} | {role: signed_in(Phone(getattr(cast, role))) for role in KINDS}


@schema.given(real=st.booleans())
@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_declared(case: Any, real: bool, world: World, phones: dict[str, dict[str, Any]]) -> None:
    if real:
        case.path_parameters, case.query, case.body = (made_real(part, world) for part in (case.path_parameters, case.query, case.body))
    for role, who in phones.items():
        with transaction.atomic():
            response = case.call(**who)
            case.validate_response(response, checks=CHECKS)
            assert role in KNOW_THE_MEMBER or world.member.name.encode() not in response.content, role
            transaction.set_rollback(True)
