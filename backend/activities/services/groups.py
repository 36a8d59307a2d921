"""Members who do things together."""

from collections.abc import Sequence

from backend.accounts.models import User
from backend.activities.models import Group
from backend.activities.services.plan import member_ids
from backend.activities.services.timetable import lock_timetable
from backend.common.errors import ConflictError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.queries import staffed_home
from backend.homes.rules import staff_homes


@verb
def make_group(*, home_id: int, name: str, members: Sequence[int], by: User) -> Group:
    home = staffed_home(by, home_id)
    lock_timetable(home)
    return _save(Group(home=home), name, members)


@verb
def edit_group(*, group_id: int, name: str, members: Sequence[int], by: User) -> Group:
    """Its sessions to come are for whoever is in it then."""
    return _save(_held(group_id, by=by), name, members)


@verb
def delete_group(*, group_id: int, by: User) -> None:
    group = _held(group_id, by=by)
    if group.activities.exists():
        raise ConflictError(f"{group.name}已经排过活动，不能删除，可以改成员。")
    group.delete()


def _held(group_id: int, *, by: User) -> Group:
    group = one(Group.objects.select_related("home").filter(pk=group_id, home__in=staff_homes(by)))
    lock_timetable(group.home)
    return group


def _save(group: Group, name: str, members: Sequence[int]) -> Group:
    """With the Home's turn, so that two of one name never meet."""
    group.name = clean(name, name="name", longest=20, least=1)
    if Group.objects.filter(home=group.home, name=group.name).exclude(pk=group.pk).exists():
        raise ConflictError(f"已经有一个叫{group.name}的小组了，请换个名字。", fields={"name": "已经有了。"})
    chosen = member_ids(group.home, members)
    group.save()
    group.members.set(chosen)
    return group
