"""The album of a visit: the Home thanks with a post, and who came sees its photos as far as members agreed to volunteers."""

import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from backend.accounts.models import User
from backend.common.errors import ConflictError, NotFoundError
from backend.moments.models import Post, Variant
from backend.moments.rules import MOST_DEATHS
from backend.moments.services import photos, posts
from backend.overview.services import thank
from backend.records.services import afterwards
from backend.visits.models import Shift
from tests.attendance.door import at
from tests.moments.steps import BLURRED, CLEAR, OTHER_BOX, agree, boxed, kind, photo, posted, printed, says, settle, unmarked
from tests.records.day import branch, coming, served, visit
from tests.support.cast import Cast
from tests.support.cast import post as at_work
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")
NOBODY = ("coordinator", "stranger", "mother", "charlie", "autumn_carer", "officer")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shift(cast: Cast, morning: time_machine.Traveller) -> Shift:
    """徐明 came; 赵书记's people, too, but not 赵书记; 孙海峰 stayed away. It is the evening."""
    made, party = visit(cast), branch(cast)
    served(coming(made, cast.volunteer))
    served(coming(made, cast.sister, "沈秋月", organisation=party))
    coming(made, cast.stranger, "孙海峰")
    morning.move_to(at("18:00"))
    return made


def thanked(cast: Cast, shift: Shift, post: Post | None) -> None:
    thank(event_id=shift.event_id, text="谢谢大家", post=post.pk if post else None, by=cast.carer)
    settle()


def album(user: User, shift: Shift) -> dict[str, Any]:
    answer = Phone(user).get(f"/api/service-events/{shift.event_id}/album")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def kinds(user: User, shift: Shift) -> list[str]:
    """And each address in the album is answered."""
    sources = [each["src"]["320"] for each in album(user, shift)["photos"]]
    assert {Phone(user).get(address).status_code for address in sources} <= {200}
    return [kind(address) for address in sources]


def test_who_came_sees_the_photos_whose_members_agreed_to_volunteers(cast: Cast, shift: Shift) -> None:
    agree(cast, cast.zhiqiang, "volunteers")
    agree(cast, cast.xiaofang, "home", "public")
    post = posted(
        cast,
        photo(cast.zhiqiang),
        photo(cast.xiaofang),
        photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)),
        photo(),
        unmarked(),
    )
    thanked(cast, shift, post)
    printed(post)
    assert kinds(cast.volunteer, shift) == [CLEAR, BLURRED, CLEAR]
    assert [variant.boxes for variant in Variant.objects.filter(photo__position=2, blurs__member=cast.xiaofang)] == [[list(OTHER_BOX)]]
    assert (album(cast.volunteer, shift)["hidden"], album(cast.carer, shift)["hidden"]) == (0, 2)


def test_it_is_told_while_the_blurred_ones_are_being_made(cast: Cast, shift: Shift) -> None:
    post = posted(cast, photo(boxed(cast.zhiqiang)))
    agree(cast, cast.zhiqiang)
    settle()
    thank(event_id=shift.event_id, text="谢谢大家", post=post.pk, by=cast.carer)
    assert (album(cast.volunteer, shift)["photos"], album(cast.volunteer, shift)["developing"]) == ([], True)
    settle()
    printed(post)
    assert (kinds(cast.volunteer, shift), album(cast.volunteer, shift)["developing"]) == ([BLURRED], False)


def test_nobody_waits_for_a_blurred_one_that_the_photo_worker_has_given_up(cast: Cast, shift: Shift) -> None:
    post = posted(cast, photo(boxed(cast.zhiqiang)))
    thank(event_id=shift.event_id, text="谢谢大家", post=post.pk, by=cast.carer)
    Variant.objects.update(ready_at=None, attempts=MOST_DEATHS)
    assert album(cast.volunteer, shift) == {"photos": [], "hidden": 0, "developing": False}


def test_staff_see_what_their_guests_see(cast: Cast, shift: Shift) -> None:
    post = posted(cast, photo(cast.zhiqiang), photo())
    thanked(cast, shift, post)
    printed(post)
    assert kinds(cast.carer, shift) == [CLEAR]


def test_a_guest_is_nobody_s_family_there(cast: Cast, shift: Shift) -> None:
    """沈秋月 came, and is 志强's sister: 志强 is in the sister's own album, not in that of the visit."""
    post = posted(cast, photo(cast.zhiqiang))
    thanked(cast, shift, post)
    assert album(cast.sister, shift)["photos"] == []


def test_who_did_not_come_finds_no_album_and_no_photo(cast: Cast, shift: Shift) -> None:
    post = posted(cast, photo())
    thanked(cast, shift, post)
    printed(post)
    (address,) = [each["src"]["320"] for each in album(cast.volunteer, shift)["photos"]]
    for role in NOBODY:
        phone = Phone(getattr(cast, role))
        assert (phone.get(f"/api/service-events/{shift.event_id}/album").status_code, phone.get(address).status_code) == (404, 404), role
    assert Phone().get(address).status_code == 404
    for user in (cast.volunteer, cast.stranger):
        told = Phone(user).get(f"/api/service-events/{shift.event_id}/afterwards").json()["thanks"]
        assert (told["text"], told["album"]) == ("谢谢大家", user == cast.volunteer)


def test_a_visit_opens_no_other_photo_and_no_other_rendering(cast: Cast, shift: Shift) -> None:
    agree(cast, cast.zhiqiang, "volunteers")
    post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)))
    other = posted(cast, photo())
    thanked(cast, shift, post)
    for each in (post, other):
        printed(each)
    mine, theirs = post.photos.get(), other.photos.get()
    guest = Phone(cast.volunteer)
    blurred = album(cast.volunteer, shift)["photos"][0]["src"]["320"]
    assert guest.get(blurred).status_code == 200
    assert guest.get(f"/media/visits/{shift.event_id}/{mine.secret}/clear-320.webp").status_code == 404
    assert guest.get(f"/media/visits/{shift.event_id}/{theirs.secret}/clear-320.webp").status_code == 404
    assert guest.get(blurred.replace(f"visits/{shift.event_id}", "moments")).status_code == 404
    assert guest.get(f"/api/moments/{post.pk}").status_code == 404
    assert guest.get(blurred.replace(str(shift.event_id), str(uuid.uuid4()))).status_code == 404


def test_what_a_member_takes_back_is_gone_at_the_next_look(cast: Cast, shift: Shift) -> None:
    agree(cast, cast.zhiqiang, "volunteers")
    post = posted(cast, photo(boxed(cast.zhiqiang)), photo(cast.zhiqiang))
    thanked(cast, shift, post)
    printed(post)
    assert kinds(cast.volunteer, shift) == [CLEAR, CLEAR]
    address = album(cast.volunteer, shift)["photos"][0]["src"]["320"]
    says(cast, cast.zhiqiang, "self", "volunteers", yes=False)
    assert kinds(cast.volunteer, shift) == [BLURRED]
    assert Phone(cast.volunteer).get(address).status_code == 404


def test_declined_or_taken_back_it_is_gone(cast: Cast, shift: Shift) -> None:
    agree(cast, cast.zhiqiang, "volunteers")
    post = posted(cast, photo(cast.zhiqiang), photo())
    thanked(cast, shift, post)
    first = post.photos.order_by("position")[0]
    photos.decline_photo(post_id=post.pk, photo_id=first.pk, member_id=cast.zhiqiang.pk, by=cast.carer)
    assert len(album(cast.volunteer, shift)["photos"]) == 1
    posts.take_back(post_id=post.pk, by=cast.carer)
    assert album(cast.volunteer, shift) == {"photos": [], "hidden": 0, "developing": False}


def test_the_album_may_follow_the_words_and_stays(cast: Cast, shift: Shift) -> None:
    post, other = posted(cast, photo()), posted(cast, photo())
    thanked(cast, shift, None)
    thanked(cast, shift, post)
    assert len(album(cast.volunteer, shift)["photos"]) == 1
    with pytest.raises(ConflictError, match="不能再改"):
        thanked(cast, shift, other)
    other.refresh_from_db()
    assert not other.for_guests


def test_a_post_that_nobody_opened_as_an_album_is_none(cast: Cast, shift: Shift) -> None:
    afterwards.thank(event_id=shift.event_id, text="谢谢大家", post=posted(cast, photo()).pk, by=cast.carer)
    assert album(cast.volunteer, shift)["photos"] == []


def test_only_a_post_of_the_home_itself(cast: Cast, shift: Shift) -> None:
    """Not of the other Home, where the same teacher works, too."""
    at_work(cast.carer, cast.autumn, "陆老师")
    there = posted(cast, photo(), home=cast.autumn, by=cast.autumn_carer)
    gone = posted(cast, photo())
    posts.take_back(post_id=gone.pk, by=cast.carer)
    for post in (there, gone):
        with pytest.raises(NotFoundError):
            thanked(cast, shift, post)


def test_an_album_costs_the_same_with_one_photo_and_with_six(
    cast: Cast, shift: Shift, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agree(cast, cast.zhiqiang, "volunteers")
    more = [photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)) for _ in range(6)]
    thanked(cast, shift, posted(cast, *more[:1]))
    again = visit(cast, "又一次", begins="12:00", ends="13:00")
    served(coming(again, cast.volunteer), "12:00", "13:00")
    thanked(cast, again, posted(cast, *more[1:]))
    for each in (shift, again):
        phone = Phone(cast.volunteer)
        with django_assert_num_queries(13):
            phone.get(f"/api/service-events/{each.event_id}/album")
