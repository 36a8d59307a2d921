"""Who joined is told to the rest of the family and to the Home."""

import uuid

from backend.accounts.notices import Batch
from backend.homes.models import StaffPost
from backend.people.models import Relative
from backend.people.notices import joined_letters
from notifications.models import Announcement
from notifications.sender import Letter
from tests.people.steps import accept, invite
from tests.support.cast import Cast, relative
from tests.support.phone import Phone


def letters(*, after: int = 0, limit: int = 50) -> list[Letter]:
    row = Announcement.objects.get(kind="joined")
    return list(joined_letters(Batch(topic=row.topic, event=row.event, params=row.params, after=after, limit=limit)))


def join(cast: Cast) -> None:
    assert accept(Phone(cast.stranger), invite(cast.carer, cast.zhiqiang)["token"]).status_code == 201


def test_the_other_relatives_and_the_staff_are_told(cast: Cast) -> None:
    join(cast)
    found = {letter.to: letter for letter in letters()}
    assert set(found) == {cast.mother.pk, cast.sister.pk, cast.carer.pk, cast.colleague.pk, cast.manager.pk}
    mother, carer = found[cast.mother.pk], found[cast.carer.pk]
    assert (mother.title, mother.body) == ("志强的哥哥加入了", "从现在起也能看到志强的到离。如果不认识，请打电话给阳光家园。")
    assert mother.thread == f"member:{cast.zhiqiang.pk}:{cast.sunshine.pk}"
    assert carer.thread == f"home:{cast.sunshine.pk}"


def test_no_surname_stands_on_a_lock_screen(cast: Cast) -> None:
    join(cast)
    assert all("沈" not in letter.title + letter.body for letter in letters())


def test_the_letters_come_in_pages_in_order_of_user_id(cast: Cast) -> None:
    join(cast)
    first = letters(limit=2)
    rest = letters(after=first[-1].to, limit=50)
    readers = [letter.to for letter in [*first, *rest]]
    assert readers == sorted(readers)
    assert len(first) == 2
    assert len(readers) == 5


def test_somebody_who_is_family_and_staff_gets_one_letter(cast: Cast) -> None:
    relative(cast.carer, cast.zhiqiang, "姑姑")
    join(cast)
    mine = [letter for letter in letters() if letter.to == cast.carer.pk]
    assert [letter.thread for letter in mine] == [f"member:{cast.zhiqiang.pk}:{cast.sunshine.pk}"]


def test_rights_that_ended_meanwhile_count(cast: Cast) -> None:
    join(cast)
    Relative.objects.filter(pk=cast.sister_link.pk).update(ended_at=cast.sister_link.since)
    StaffPost.objects.filter(pk=cast.colleague_post.pk).update(ends_on=cast.colleague_post.starts_on)
    assert {letter.to for letter in letters()} == {cast.mother.pk, cast.carer.pk, cast.manager.pk}


def test_nobody_is_told_of_one_who_was_unbound_again(cast: Cast) -> None:
    join(cast)
    Relative.objects.filter(user=cast.stranger).update(ended_at=cast.sister_link.since)
    assert letters() == []


def test_a_letter_about_another_member_is_never_made(cast: Cast) -> None:
    join(cast)
    row = Announcement.objects.get()
    assert not joined_letters(Batch(topic=f"member:{cast.xiaofang.pk}", event=uuid.uuid4(), params=row.params, after=0, limit=9))
