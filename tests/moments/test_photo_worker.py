"""Photos are developed beside the requests; whatever dies, none is lost, and a bad one stops no other."""

import datetime as dt
import os
from pathlib import Path

import pytest
import time_machine
from PIL import Image, ImageChops, ImageStat
from pytest_django import Settings

from backend.common import clock
from backend.common.imaging import client, worker
from backend.moments import cleanup, files, photo_worker
from backend.moments.models import Photo, Variant
from backend.moments.rules import MOST_DEATHS
from backend.moments.services import photos, processing
from backend.moments.services.processing import LEASE
from tests.moments.drawing import BLUE, RED, drawn, taken
from tests.moments.photo_worker_steps import developed, misbehave, open_until, status, upload
from tests.moments.steps import BOX, agree, boxed, feed, make, photo
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def renderings(of: Photo) -> list[str]:
    place = files.folder(of.secret)
    return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


def test_what_is_uploaded_is_developed_and_the_original_is_not_kept(cast: Cast, media: Path) -> None:
    agree(cast, cast.zhiqiang)
    post = make(cast, photo(cast.zhiqiang), photo(cast.zhiqiang)).post
    upload(Phone(cast.carer), post)
    assert len(list((media / "moments/incoming").iterdir())) == 2
    open_until(developed)
    shown = feed(cast.mother)[0]["photos"]
    assert [(each["status"], each["width"], each["height"]) for each in shown] == [("ready", 640, 480)] * 2
    assert all(each["preview"].startswith("data:image/webp;base64,") for each in shown)
    assert list((media / "moments/incoming").iterdir()) == []
    assert renderings(post.photos.all()[0]) == ["clear-1080.webp", "clear-2048.webp", "clear-320.webp"]


def test_a_bad_one_is_refused_with_a_sentence_and_stops_no_other(cast: Cast, media: Path) -> None:
    post = make(cast, photo(), photo(), photo()).post
    bad, good, cut = post.photos.order_by("position")
    for each, data in ((bad, b"GIF89a"), (good, taken(1)), (cut, taken(1)[:3000])):
        assert Phone(cast.carer).generic("PUT", f"/api/moments/{post.pk}/photos/{each.pk}", data, "image/jpeg").status_code == 202
    open_until(developed)
    assert status(bad.pk) == ("refused", client.SENTENCES[worker.UNKNOWN])
    assert status(cut.pk) == ("refused", client.SENTENCES[worker.BROKEN])
    assert status(good.pk) == ("ready", "")
    assert feed(cast.carer)[0]["photos"][0]["refusal"] == client.SENTENCES[worker.UNKNOWN]
    assert list((media / "moments/incoming").iterdir()) == []


def test_a_refused_one_may_come_again(cast: Cast) -> None:
    post = make(cast, photo()).post
    upload(Phone(cast.carer), post, b"no photo")
    open_until(developed)
    upload(Phone(cast.carer), post)
    open_until(developed)
    assert status(post.photos.get().pk) == ("ready", "")


def test_who_did_not_agree_is_blurred_for_the_others(cast: Cast) -> None:
    post = make(cast, photo(boxed(cast.xiaofang, BOX))).post
    upload(Phone(cast.carer), post)
    open_until(lambda: Variant.objects.exclude(ready_at=None).exists())
    variant, made = Variant.objects.get(), post.photos.get()
    assert renderings(made) == sorted(f"{key}-{size}.webp" for key in ("clear", variant.key) for size in files.SIZES)
    assert feed(cast.mother)[0]["photos"][0]["src"]["320"] == files.url(made.secret, variant.key, 320)
    assert variant.preview != made.preview
    with (
        Image.open(files.rendering(made.secret, "clear", 2048)) as clear,
        Image.open(files.rendering(made.secret, variant.key, 2048)) as blurred,
    ):
        assert clear.size == blurred.size
        assert ImageChops.difference(clear, blurred).getbbox() is not None


def test_it_rings_when_something_comes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the next look."""
    monkeypatch.setattr(photo_worker, "POLL", 60)
    post, looked = make(cast, photo()).post, 0

    def comes_when_it_rests() -> bool:
        nonlocal looked
        looked += 1
        if looked == 10:  # of every look between them the photo worker has had its turn on the same thread
            upload(Phone(cast.carer), post)
        return looked > 10 and developed()

    open_until(comes_when_it_rests)


def test_two_at_a_time_and_none_is_lost_when_it_closes(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    post = make(cast, photo(), photo(), photo()).post
    upload(Phone(cast.carer), post)
    with monkeypatch.context() as patch:
        misbehave(patch, tmp_path, f"open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w'); time.sleep(60)")
        open_until(lambda: len(list(tmp_path.glob("[0-9]*"))) == photo_worker.AT_ONCE)
    assert len(list(tmp_path.glob("[0-9]*"))) == 2
    assert not any(Path(f"/proc/{path.name}").exists() for path in tmp_path.glob("[0-9]*"))
    assert list(Photo.objects.values_list("status", "lease_until", "attempts").distinct()) == [("processing", None, 0)]
    open_until(developed)
    assert post.photos.filter(status="ready").count() == 3


def test_one_that_kills_its_child_three_times_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    post = make(cast, photo()).post
    upload(Phone(cast.carer), post)
    monkeypatch.setattr(processing, "RETRY_AFTER", dt.timedelta(0))
    misbehave(monkeypatch, tmp_path, f"open({str(tmp_path)!r} + '/deaths', 'a').write('x'); os.kill(os.getpid(), signal.SIGKILL)")
    open_until(developed)
    assert (tmp_path / "deaths").read_text() == "xxx"
    assert status(post.photos.get().pk) == ("refused", client.TOO_HEAVY)


def test_a_rendering_that_cannot_be_made_is_not_tried_for_ever(cast: Cast) -> None:
    post = make(cast, photo(boxed(cast.xiaofang))).post
    made = post.photos.get()
    Photo.objects.update(status="processing")
    photos.photo_ready(photo_id=made.pk, width=4, height=3, preview="")
    files.rendering(made.secret, "clear", 2048).parent.mkdir(parents=True)
    files.rendering(made.secret, "clear", 2048).write_bytes(b"RIFF....WEBP")
    open_until(lambda: Variant.objects.get().attempts >= MOST_DEATHS)
    assert processing.claim(2) == []
    assert feed(cast.mother) == []


def test_a_full_disk_is_nobodys_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    post = make(cast, photo()).post
    upload(Phone(cast.carer), post)
    misbehave(monkeypatch, tmp_path, f"sys.exit({worker.NO_ROOM})")
    open_until(lambda: (Photo.objects.get().lease_until or clock.now()) > clock.now() + LEASE)
    assert status(post.photos.get().pk) == ("processing", "")
    assert Photo.objects.get().attempts == 0


def test_one_that_is_deleted_meanwhile_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch, media: Path) -> None:
    post = make(cast, photo(), photo()).post
    upload(Phone(cast.carer), post)
    (work,) = processing.claim(1)
    picture = client.run(work.job)
    photos.delete_photo(post_id=post.pk, photo_id=work.photo, by=cast.carer)
    files.folder(work.secret).mkdir(parents=True, exist_ok=True)
    processing.complete(work, picture)
    left = [path for path in (media / "moments").rglob("*") if path.is_file() or len(path.name) == 32]
    assert left == [files.incoming(post.photos.get().pk)]


def test_one_whose_bytes_are_gone_is_asked_for_again(cast: Cast, media: Path) -> None:
    post = make(cast, photo()).post
    upload(Phone(cast.carer), post)
    for file in (media / "moments/incoming").iterdir():
        file.unlink()
    open_until(developed)
    assert status(post.photos.get().pk) == ("refused", client.SENTENCES[worker.BROKEN])


# -- leases ----------------------------------------------------------------------------------------
def test_work_is_given_to_one_alone_until_its_lease_is_over(cast: Cast, morning: time_machine.Traveller) -> None:
    post = make(cast, photo(), photo()).post
    upload(Phone(cast.carer), post)
    first, second = processing.claim(2)
    assert processing.claim(2) == []
    morning.shift(LEASE / 2)
    processing.renew([first])
    morning.shift(LEASE / 2)
    assert processing.claim(2) == [second]
    processing.release([first])
    assert processing.claim(2) == [first]
    assert set(Photo.objects.values_list("attempts", flat=True)) == {0}  # a server that dies is not the photo's fault


def test_what_a_dead_server_was_at_is_taken_up_at_once(cast: Cast) -> None:
    post = make(cast, photo()).post
    upload(Phone(cast.carer), post)
    Photo.objects.update(lease_until=clock.now() + dt.timedelta(days=1))
    open_until(developed)
    assert status(post.photos.get().pk) == ("ready", "")


def test_photos_go_before_renderings(cast: Cast) -> None:
    post = make(cast, photo(boxed(cast.xiaofang)), photo()).post
    blurred, plain = post.photos.order_by("position")
    Photo.objects.filter(pk=blurred.pk).update(status="processing")
    photos.photo_ready(photo_id=blurred.pk, width=4, height=3, preview="")
    upload(Phone(cast.carer), post)
    assert [(work.photo, work.variant is None) for work in processing.claim(2)] == [(plain.pk, True), (blurred.pk, False)]


# -- the disk --------------------------------------------------------------------------------------
def test_what_a_crash_left_is_swept_up(cast: Cast, media: Path, morning: time_machine.Traveller) -> None:
    post = make(cast, photo(), photo(), photo(), text="三张").post
    upload(Phone(cast.carer), post)
    kept, gone, declined = post.photos.order_by("position")
    for each in (kept, gone, declined):
        files.folder(each.secret).mkdir(parents=True)
    Photo.objects.filter(pk=gone.pk).delete()
    Photo.objects.filter(pk=declined.pk).update(declined_at=clock.now())
    for turn in range(cleanup.SHELVES):
        cleanup.clean_up(turn)
    assert files.folder(kept.secret).is_dir()
    assert not files.folder(gone.secret).exists()
    assert not files.folder(declined.secret).exists()
    assert files.incoming(gone.pk).exists()  # it may just be coming
    old = (clock.now() - cleanup.OLD - dt.timedelta(minutes=1)).timestamp()
    for file in (media / "moments/incoming").iterdir():
        os.utime(file, (old, old))
    cleanup.clean_up(0)
    assert [file.name for file in (media / "moments/incoming").iterdir()] == [str(kept.pk)]


def test_the_original_that_a_crash_left_goes_with_the_next_start(cast: Cast, media: Path) -> None:
    """The server died when the photo was ready and before its original was thrown away."""
    post = make(cast, photo(), photo()).post
    ready, awaited = post.photos.order_by("position")
    upload(Phone(cast.carer), post)
    left = files.incoming(ready.pk).read_bytes()
    open_until(developed)
    files.incoming(ready.pk).write_bytes(left)
    files.incoming(awaited.pk).write_bytes(left)
    half = files.incoming_folder() / f".{ready.pk}.12ab"
    half.write_bytes(left[:100])
    Photo.objects.filter(pk=awaited.pk).update(status="refused")
    open_until(lambda: not files.incoming(ready.pk).exists())
    assert files.incoming(awaited.pk).exists()
    assert half.exists()


# -- what blurring leaves --------------------------------------------------------------------------
def largest_difference(one: Path, other: Path) -> int:
    with Image.open(one) as first, Image.open(other) as second:
        bands = ImageChops.difference(first.convert("RGB"), second.convert("RGB")).split()
    return max(max(value for value, count in enumerate(band.histogram()) if count) for band in bands)


def test_nothing_of_a_blurred_person_can_be_told(tmp_path: Path) -> None:
    """Two faces that differ in everything but their coarsest light become one."""
    boxes = ((0.25, 0.25, 0.5, 0.5),)
    for name, shift in (("one", 0), ("other", 1)):
        face = Image.new("RGB", (400, 400), BLUE)
        for x in range(100, 300, 10):
            for y in range(100, 300, 10):
                face.paste(RED if (x // 10 + y // 10 + shift) % 2 else (250, 240, 60), (x, y, x + 10, y + 10))
        face.save(tmp_path / f"{name}.webp", lossless=True)
        order = client.Job(kind="blur", source=tmp_path / f"{name}.webp", folder=tmp_path, name=f"{name}-blurred", boxes=boxes)
        client.run(order)
    assert largest_difference(tmp_path / "one.webp", tmp_path / "other.webp") > 200
    assert largest_difference(tmp_path / "one-blurred-2048.webp", tmp_path / "other-blurred-2048.webp") <= 16
    with Image.open(tmp_path / "one-blurred-2048.webp") as one:
        margin = one.crop((85, 85, 95, 95)), one.crop((40, 40, 60, 60))
        assert [ImageStat.Stat(part).mean[0] > BLUE[0] + 5 for part in margin] == [True, False]


@pytest.mark.parametrize("box", [(0.0, 0.0, 1.0, 1.0), (0.9, 0.9, 0.1, 0.1), (0.5, 0.0, 0.001, 1.0)])
def test_a_box_at_the_edge_is_blurred_as_well(box: client.Box, tmp_path: Path) -> None:
    drawn().save(tmp_path / "clear.webp")
    made = client.run(client.Job(kind="blur", source=tmp_path / "clear.webp", folder=tmp_path, name="x", boxes=(box,)))
    assert (made.width, made.height) == drawn().size


def test_a_child_that_was_killed_leaves_no_half_files(tmp_path: Path) -> None:
    (tmp_path / ".clear-2048.webp.123").write_bytes(b"half")
    (tmp_path / "photo").write_bytes(taken(1))
    client.run(client.Job(kind="resize", source=tmp_path / "photo", folder=tmp_path, name="clear"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clear-1080.webp", "clear-2048.webp", "clear-320.webp", "photo"]
