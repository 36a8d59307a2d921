"""A picture above an event: taken in through a limited child process, kept clean, shown to those who may see the event."""

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from backend.common.imaging import client, worker
from backend.homes.models import StaffPost
from backend.visits.media import reencode
from backend.visits.models import ServiceEvent
from backend.visits.services import covers, events, quiet, waitlist
from backend.visits.services.event_plans import ShiftPlan
from tests.attendance.door import DAY
from tests.moments.files import heic
from tests.support.cast import Cast, make_cast
from tests.support.phone import Phone
from tests.support.together import overtaken
from tests.visits.steps import STARTS, open_visit, plan_of

pytestmark = pytest.mark.usefixtures("morning")

SECRET = b"canary-of-the-garden"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def event(cast: Cast) -> ServiceEvent:
    return open_visit(cast)


def photo(size: tuple[int, int] = (1600, 1200)) -> bytes:
    """With words in it about where it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def put(phone: Phone, event: ServiceEvent, data: bytes) -> Any:
    return phone.put(f"/api/service-events/{event.pk}/cover", data, content_type="image/jpeg")


def address(phone: Phone, event: ServiceEvent) -> str:
    answer = put(phone, event, photo())
    assert answer.status_code == 200, answer.content
    return str(answer.json()["picture"])


def test_a_photo_becomes_one_wide_picture_without_a_word_about_it(cast: Cast, event: ServiceEvent, media: Path) -> None:
    data = photo()
    assert SECRET in data
    assert put(Phone(cast.carer), event, data).status_code == 200
    (file,) = (media / "covers").iterdir()
    assert SECRET not in file.read_bytes()
    with Image.open(file) as picture:
        assert (picture.format, picture.size, picture.mode, dict(picture.getexif())) == ("WEBP", (1080, 540), "RGB", {})


@pytest.mark.parametrize("data", [photo((300, 300)), heic()], ids=["small", "heic"])
def test_it_is_never_made_larger(cast: Cast, event: ServiceEvent, media: Path, data: bytes) -> None:
    assert put(Phone(cast.carer), event, data).status_code == 200
    (file,) = (media / "covers").iterdir()
    with Image.open(file) as picture:
        assert picture.width == picture.height * 2 <= 640


@pytest.mark.parametrize(
    ("data", "verdict"),
    [(b"hello", worker.UNKNOWN), (photo()[:5000], worker.BROKEN), (b"\0" * (worker.MAX_BYTES + 1), worker.TOO_LARGE)],
    ids=["text", "half", "large"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(cast: Cast, event: ServiceEvent, media: Path, data: bytes, verdict: int) -> None:
    answer = put(Phone(cast.carer), event, data)
    assert (answer.status_code, answer.json()["message"]) == (422, client.SENTENCES[verdict])
    assert not list(media.rglob("*.webp"))


@pytest.mark.parametrize("who", ["volunteer", "officer", "autumn_carer", "mother"])
def test_nobody_but_the_homes_staff_changes_it(cast: Cast, event: ServiceEvent, who: str) -> None:
    phone = Phone(getattr(cast, who))
    assert (put(phone, event, photo()).status_code, phone.delete(f"/api/service-events/{event.pk}/cover").status_code) == (404, 404)


def test_who_may_see_the_event_sees_it_and_asks_anew_every_time(cast: Cast, event: ServiceEvent) -> None:
    url, phone = address(Phone(cast.carer), event), Phone(cast.stranger)
    assert phone.get(f"/api/service-events/{event.pk}").json()["picture"] == url
    answer = phone.get(url)
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, "image/webp", "private, no-cache")
    assert phone.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert Phone().get(url).status_code == 404
    ServiceEvent.objects.update(opened_at=None)
    assert (phone.get(url).status_code, Phone(cast.colleague).get(url).status_code) == (404, 200)


def test_a_new_one_has_a_new_name_and_the_old_file_goes(
    cast: Cast, event: ServiceEvent, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    carer = Phone(cast.carer)
    first = address(carer, event)
    with django_capture_on_commit_callbacks(execute=True):
        second = address(carer, event)
    assert [file.name for file in (media / "covers").iterdir()] == [second.rsplit("/", 1)[1]]
    assert carer.get(first).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert carer.delete(f"/api/service-events/{event.pk}/cover").status_code == 204
    assert carer.get(f"/api/service-events/{event.pk}").json()["picture"] is None
    assert not list((media / "covers").iterdir())


def test_as_last_time_has_the_same_picture_and_keeps_it(
    cast: Cast, event: ServiceEvent, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    carer = Phone(cast.carer)
    url = address(carer, event)
    body = {"id": str(uuid.uuid4()), "starts_at": (STARTS.replace(day=21)).isoformat()}
    assert carer.post(f"/api/service-events/{event.pk}/copies", body).json()["picture"] == url
    with django_capture_on_commit_callbacks(execute=True):
        carer.delete(f"/api/service-events/{event.pk}/cover")
    assert carer.get(url).status_code == 200


def test_a_change_of_the_plan_leaves_it(cast: Cast, event: ServiceEvent) -> None:
    carer = Phone(cast.carer)
    url = address(carer, event)
    shifts = [{"id": event.shifts.get().pk, "title": "陪伴散步", "capacity": 3}]
    plan = {"title": "周日义诊", "kind": "clinic", "starts_at": event.starts_at.isoformat(), "ends_at": event.ends_at.isoformat()}
    assert carer.put(f"/api/service-events/{event.pk}", {**plan, "shifts": shifts}).json()["picture"] == url


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "a.webp", "0" * 32 + ".webp"])
def test_no_other_file_can_be_asked_for(cast: Cast, name: str) -> None:
    draft = events.plan_event(event_id=uuid.uuid4(), home_id=cast.sunshine.pk, plan=plan_of("没有封面"), by=cast.carer).event
    assert draft.picture == ""
    assert Phone(cast.carer).get(f"/media/covers/{name}").status_code == 404


def test_a_photo_that_never_gets_above_the_event_leaves_no_file(cast: Cast, event: ServiceEvent, media: Path, monkeypatch: Any) -> None:
    """The teacher's post ended while it was developed."""
    develop = reencode

    def slowly(source: Path) -> str:
        path = develop(source)
        StaffPost.objects.filter(user=cast.carer).update(ends_on=DAY)
        return path

    monkeypatch.setattr("backend.visits.media.reencode", slowly)
    assert put(Phone(cast.carer), event, photo()).status_code == 404
    assert not list((media / "covers").iterdir())


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_is_changed_meanwhile_brings_no_old_picture_back(media: Path) -> None:
    """The change has read the event, and waits for a shift that somebody is just taking."""
    cast = make_cast()
    event = open_visit(cast)
    assert put(Phone(cast.carer), event, photo()).status_code == 200
    shift = event.shifts.get()
    plan = plan_of("周日义诊", shifts=[ShiftPlan(id=shift.pk, title="陪伴散步", capacity=3)])
    overtaken(
        lambda: waitlist.lock_shift(shift.pk),
        lambda: events.change_event(event_id=event.pk, plan=plan, by=cast.carer),
        lambda: covers.remove_cover(event_id=event.pk, by=cast.carer),
    )
    event.refresh_from_db()
    assert (event.title, event.picture, list((media / "covers").iterdir())) == ("周日义诊", "", [])


@pytest.mark.django_db(transaction=True)
def test_as_last_time_shows_no_picture_that_is_just_taken_down(media: Path) -> None:
    cast = make_cast()
    event = open_visit(cast)
    assert put(Phone(cast.carer), event, photo()).status_code == 200
    copy = uuid.uuid4()
    overtaken(
        lambda: quiet.lock_home(cast.sunshine),
        lambda: events.copy_event(event_id=event.pk, copy_id=copy, starts_at=STARTS.replace(day=21), by=cast.carer),
        lambda: covers.remove_cover(event_id=event.pk, by=cast.carer),
    )
    there = [path.name for path in (media / "covers").iterdir()]
    assert ServiceEvent.objects.get(pk=copy).picture.rpartition("/")[2] in [*there, ""]
