"""The authorisation matrix: everybody of the cast tries everything in both Homes' worlds. matrix.py is the table."""

import copy
import datetime as dt
import io
import secrets
import typing
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image
from pytest_django import DjangoDbBlocker

from backend.accounts.models import User
from backend.activities.services import feed as feed_services
from backend.activities.services import groups as groups_services
from backend.activities.services import planning
from backend.activities.services.plan import Plan
from backend.api import api
from backend.attendance.services import door
from backend.attendance.services import leave as leave_services
from backend.attendance.services.door import Tap
from backend.common import clock
from backend.homes.models import Holiday, StaffPost
from backend.moments.services import comments, photos
from backend.overview import sender
from backend.people import portraits, roster
from backend.people.consent import wording
from backend.people.services import invite
from notifications.ids import uuid7
from notifications.inbox import push_test, receipts
from notifications.live import messages
from notifications.models import Notice, PushSubscription
from notifications.wire import receipt_tokens
from tests.conftest import A_WEDNESDAY, CHEAP_PINS
from tests.matrix import (
    ALL,
    COORDINATOR,
    FAMILIES,
    KIN,
    MANAGER,
    MEDIA,
    MESSAGES,
    OFFICER,
    OPERATIONS,
    PUBLIC,
    READER,
    STAFF,
    VERIFIER,
    VOLUNTEER,
    Row,
)
from tests.moments.steps import make, photo, printed
from tests.records.served import served_world
from tests.support.cast import Cast, make_cast, member, relative
from tests.support.phone import Phone, remember_device
from tests.support.push_phone import Phone as PushPhone
from tests.visits.world import service_world
from tests.volunteers.steps import ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

ROLES = tuple(
    "mother sister carer colleague manager volunteer coordinator officer father charlie autumn_carer stranger".split()  # noqa: SIM905 - reads better
)
WORLDS = ("sunshine", "autumn")
GROUPS = {
    "sunshine": {
        STAFF: {"carer", "colleague", "manager"},
        MANAGER: {"manager"},
        KIN: {"mother", "sister"},
        FAMILIES: {"mother", "sister", "father"},
        READER: {"mother"},
    },
    "autumn": {STAFF: {"autumn_carer"}, MANAGER: set(), KIN: {"charlie"}, FAMILIES: {"charlie"}, READER: {"charlie"}},
}
OWNER_OF_POST = {"sunshine": {"carer"}, "autumn": {"autumn_carer"}}


def groups(world: str) -> dict[str, set[str]]:
    mine = GROUPS[world]
    shared = {
        VOLUNTEER: {"volunteer"},
        COORDINATOR: {"coordinator"},
        VERIFIER: {"manager", "officer"},
        OFFICER: {"officer"},
        ALL: set(ROLES),
        PUBLIC: set(ROLES),
        "owner of the post": OWNER_OF_POST[world],
    }
    return {**mine, **shared}


class World:
    """One Home with an object of every kind."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.cast = cast
        here = name == "sunshine"
        self.home = cast.sunshine if here else cast.autumn
        self.member = cast.zhiqiang if here else cast.charlie_member
        self.reader = cast.mother if here else cast.charlie
        self.staff = cast.carer if here else cast.autumn_carer
        self.carer_post = cast.carer_post if here else cast.autumn_post
        self.link = cast.mother_link if here else cast.charlie_link
        parts = (self._plain, self._events, self._push, self._invited, self._planned, self._posted, self._service)
        self.values = {name: value for part in parts for name, value in part().items()}

    def _plain(self) -> dict[str, Any]:
        other = StaffPost.objects.filter(home=self.home).exclude(user=self.staff).first() or self.carer_post
        return {
            "home": self.home.pk,
            "member": self.member.pk,
            "carer_post": self.carer_post.pk,
            "other_post": self.cast.colleague_post.pk if self.home == self.cast.sunshine else other.pk,
            "pin": "0002" if self.home == self.cast.sunshine else "0013",
            "relative": self.link.pk,
            "device": remember_device(self.reader, session_key=f"{self.home.pk}".zfill(32)).pk,
            "now": clock.now().isoformat(),
        }

    def _events(self) -> dict[str, Any]:
        twin, third = member(self.home, "沈小双"), member(self.home, "沈小三")
        for user in [link.user for link in self.member.relatives.all()]:
            relative(user, twin, "亲人")
            relative(user, third, "亲人")
        door.record_tap(Tap(id=uuid7(), member=twin.pk, kind="arrived", occurred_at=clock.now()), by=self.staff)
        leave, _ = leave_services.ask_leave(leave_id=uuid7(), member_id=third.pk, day=clock.today(), by=self.staff)
        portrait = Path(settings.MEDIA_ROOT) / portraits.FOLDER / f"{secrets.token_hex(16)}.webp"
        portrait.parent.mkdir(parents=True, exist_ok=True)
        portrait.write_bytes(b"RIFF")
        self.member.photo = f"{portraits.FOLDER}/{portrait.name}"
        self.member.save()
        return {
            "notice": Notice.objects.get(inbox=self.reader.pk, kind="arrived").pk,
            "leave": leave.pk,
            "other_member": member_without_leave(self).pk,
            "test_notice": push_test.send(user_id=self.reader.pk),
            "portrait": portrait.name,
        }

    def _push(self) -> dict[str, Any]:
        phone = PushPhone(endpoint="https://fcm.googleapis.com/new")
        keys = phone.subscription["keys"]
        row = PushSubscription.objects.create(
            user=self.reader, endpoint=f"https://fcm.googleapis.com/{uuid.uuid4()}", **keys, created_at=clock.now()
        )
        return {"subscription": row.pk, "endpoint": phone.endpoint, **keys}

    def _invited(self) -> dict[str, Any]:
        made = invite(member_id=self.member.pk, relation="姑姑", can_sign=False, by=self.staff)
        return {"invitation": made.invitation.pk, "token": made.url.rpartition("/")[2]}

    def _planned(self) -> dict[str, Any]:
        today = clock.today()
        facts: dict[str, Any] = {"therapy": "culture", "starts_on": today + dt.timedelta(days=1), "minutes": 60}
        plans = {
            "session": Plan(title="合唱", starts_at=dt.time(10), **facts),
            "todays_session": Plan(title="串珠", starts_at=dt.time(15), **{**facts, "starts_on": today}),
            "named_session": Plan(title="谈心", starts_at=dt.time(13), audience="named", members=[self.member.pk], **facts),
        }
        made = {
            name: planning.plan_activity(activity_id=uuid7(), home_id=self.home.pk, plan=plan, by=self.staff)
            for name, plan in plans.items()
        }
        group = groups_services.make_group(home_id=self.home.pk, name="合唱队", members=[self.member.pk], by=self.staff)
        feed = Path(feed_services.open_feed(by=self.reader)).stem
        sessions = {name: done.sessions[0].pk for name, done in made.items()}
        return {"activity": made["session"].activity.pk, "group": group.pk, "feed": feed, **sessions}

    def _posted(self) -> dict[str, Any]:
        """A photo of {member}, one that has not come yet, a post without any, and one whose photo shows nobody."""
        pictured, coming = photo(self.member), photo(self.member)
        post = make(self.cast, pictured, coming, home=self.home, by=self.staff).post
        words = make(self.cast, text="合影", home=self.home, by=self.staff).post
        photos.photo_ready(photo_id=pictured.id, width=1600, height=1200, preview="")
        printed(post)
        empty = photo()
        album = make(self.cast, empty, home=self.home, by=self.staff).post
        photos.photo_ready(photo_id=empty.id, width=1600, height=1200, preview="")
        printed(album)
        said, _ = comments.comment(comment_id=uuid7(), post_id=post.pk, text="真好", by=self.reader)
        return {
            "moment": post.pk,
            "words": words.pk,
            "photo": pictured.id,
            "secret": post.photos.get(pk=pictured.id).secret,
            "coming": coming.id,
            "album_secret": album.photos.get().secret,
            "comment": said.pk,
            "asked": wording(self.member, "self", "family"),
            "signed": wording(self.member, "guardian", "home"),
        }

    def _service(self) -> dict[str, Any]:
        for role in ROLES:
            ready(getattr(self.cast, role))
        made = service_world(self.home, self.staff, self.cast.volunteer, self.cast.coordinator)
        return {**made, **served_world(self.cast, self.home, made["organisation"])}

    def fill(self, template: Any) -> Any:
        """{name} becomes this world's; {name:d} a number."""
        if isinstance(template, dict):
            return {key: self.fill(value) for key, value in template.items()}
        if isinstance(template, list):
            return [self.fill(value) for value in template]
        if template == b"{png}":
            return png()
        if template == "{sheet}":
            return sheet()
        if not isinstance(template, str):
            return template
        text = template.format(**self.values, new=uuid7(), receipt=receipt_tokens.sign(self.values["notice"], self.values["subscription"]))
        return int(text) if template.endswith(":d}") else text


def member_without_leave(world: World) -> Any:
    """Somebody of the same family who is due today and neither here nor on leave."""
    made = member(world.home, "沈小四")
    for link in world.member.relatives.all():
        relative(link.user, made, "亲人")
    return made


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(file, "PNG")
    return file.getvalue()


def sheet() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(roster.template()))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def answer(phone: Phone, world: World, row: Row) -> int:
    """Tried, and undone again."""
    method, path = world.fill(row.path).split(" ", 1)
    body = world.fill(row.body)
    cookies = copy.deepcopy(phone.cookies)
    with transaction.atomic():
        if row.body == "{sheet}":
            response = Client.post(phone, path, {"file": SimpleUploadedFile("roster.xlsx", body)})
        elif isinstance(body, bytes):
            response = phone.generic(method, path, body, content_type="image/png")
        else:
            response = getattr(phone, method.lower())(path, **({} if body is None else {"data": body}))
        transaction.set_rollback(True)
    phone.cookies = cookies
    return int(response.status_code)


def name(row: Row) -> str:
    return f"{row.operation} for {' and '.join(row.may)}"


def wanted(row: Row, role: str, world: str) -> int:
    every = groups(world)
    for group, status in row.otherwise.items():
        if role in every[group]:
            return status
    return row.ok if any(role in every[group] for group in row.may) else row.refused


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, dict[str, World]]]:
    """Made once: every try is undone, and making them again for each row would take longer than all the rows."""
    outermost = transaction.atomic()
    # As the block that Django puts around a test: our own code does not take it for a transaction of its own.
    outermost._from_testcase = True  # type: ignore[attr-defined]  # django.test.TestCase sets it so
    then = time_machine.travel(clock.at(A_WEDNESDAY, dt.time(7, 55)), tick=False)
    with django_db_blocker.unblock(), then, override_settings(PASSWORD_HASHERS=CHEAP_PINS), outermost:
        cast = make_cast()
        Holiday.objects.create(date="2026-05-01", name="劳动节", works=False)
        yield cast, {name: World(cast, name) for name in WORLDS}
        transaction.set_rollback(True)


@pytest.fixture
def cast(db: None, made: tuple[Cast, dict[str, World]]) -> Cast:
    return made[0]


@pytest.fixture
def worlds(db: None, made: tuple[Cast, dict[str, World]]) -> dict[str, World]:
    return made[1]


@pytest.mark.parametrize("row", [*OPERATIONS, *MEDIA], ids=name)
def test_everybody_gets_what_the_matrix_says(worlds: dict[str, World], cast: Cast, row: Row) -> None:
    phones = {role: Phone(getattr(cast, role)) for role in ROLES}
    found = {(world, role): answer(phones[role], worlds[world], row) for world in WORLDS for role in ROLES}
    assert found == {(world, role): wanted(row, role, world) for world in WORLDS for role in ROLES}


def test_who_is_not_signed_in_gets_nothing(worlds: dict[str, World]) -> None:
    found = {name(row): answer(Phone(), worlds["sunshine"], row) for row in OPERATIONS}
    assert found == {name(row): row.ok if PUBLIC in row.may else 401 for row in OPERATIONS}


def test_a_page_of_a_stranger_can_do_nothing_with_my_cookies(worlds: dict[str, World], cast: Cast) -> None:
    """CSRF on every unsafe operation; a push's token needs no cookie, so there is nothing to forge."""
    everybody = groups("sunshine")
    unsafe = [row for row in OPERATIONS if not row.path.startswith("GET")]
    entitled = {name(row): min(min(everybody[group]) for group in row.may) for row in unsafe}
    found = {name(row): answer(Phone(getattr(cast, entitled[name(row)]), csrf=False), worlds["sunshine"], row) for row in unsafe}
    assert found == {name(row): row.ok if "token" in str(row.body) else 403 for row in unsafe}


@pytest.mark.parametrize("row", [row for row in MEDIA if PUBLIC not in row.may], ids=name)
def test_a_picture_is_shown_to_nobody_who_is_not_signed_in(worlds: dict[str, World], row: Row) -> None:
    assert answer(Phone(), worlds["sunshine"], row) == 404


def operations() -> Iterator[tuple[str, str, str]]:
    for path, methods in api.get_openapi_schema(path_prefix="/api/")["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method.upper(), path


def test_the_matrix_lists_every_operation() -> None:
    listed = {(row.operation, row.path.split(" ")[0]) for row in OPERATIONS}
    assert {(name, method) for name, method, _ in operations()} == listed


def test_the_matrix_lists_every_socket_message() -> None:
    assert {kind.__name__.lower() for kind in typing.get_args(messages.Message)} == set(MESSAGES)


def test_the_matrix_lists_every_address() -> None:
    """A new view outside /api must be thought about, here and in the table of media paths."""
    assert set(addresses(get_resolver())) == {
        "livez",
        "readyz",
        "api/openapi.json",  # anybody may read it
        "media/portraits/<str:name>",
        "media/covers/<str:name>",
        "media/moments/<str:secret>/<str:name>",
        "media/visits/<uuid:event_id>/<str:secret>/<str:name>",
        "calendar/<str:token>.ics",
        "_allauth/browser/v1/config",
        "_allauth/browser/v1/auth/session",
        "_allauth/browser/v1/auth/code/request",
        "_allauth/browser/v1/auth/code/confirm",
        "^(?!api/|_allauth/|media/|static/|ws)(?P<path>.*)$",
    }


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from () if route.startswith("api/") else addresses(each, route)
        elif isinstance(each, URLPattern):
            yield route


def reached(world: World, user: User, message: str) -> bool:
    """Said, looked at, and undone again."""
    notice = Notice.objects.get(pk=world.values["notice"])
    with transaction.atomic():
        if message == "receipt":
            receipts.store([receipts.Mark(notice.pk, user.pk, "seen")])
        elif message == "seen":
            receipts.mark_seen(user_id=user.pk, upto=1000)
        notice.refresh_from_db()
        assert not Notice.objects.exclude(inbox=user.pk).filter(seen_at__isnull=False).exists()
        transaction.set_rollback(True)
    listens = message == "hello" and f"home:{world.home.pk}" in sender.topics_of({user.pk})[user.pk]
    return listens or notice.seen_at is not None


@pytest.mark.parametrize("message", MESSAGES)
def test_a_socket_reaches_what_the_matrix_says(worlds: dict[str, World], cast: Cast, message: str) -> None:
    found = {(world, role) for world in WORLDS for role in ROLES if reached(worlds[world], getattr(cast, role), message)}
    assert found == {(world, role) for world in WORLDS for group in MESSAGES[message] for role in groups(world)[group]}
