"""How the people who say something are called: families only where both agreed to be known to each other."""

from collections import defaultdict
from collections.abc import Iterable

from backend.homes.models import StaffPost
from backend.moments.rules import Viewer
from backend.people.models import Placement, Relative

SOMEBODY = "一位家属"


class Names:
    """Of these people, at these Homes, as the viewer may read them: three queries, however many."""

    def __init__(self, viewer: Viewer, users: Iterable[int], homes: Iterable[int]) -> None:
        self._viewer = viewer
        users, homes = {*users, viewer.user}, set(homes)
        titles = StaffPost.objects.filter(user__in=users, home__in=homes).order_by("pk").values_list("user", "home", "title")
        self._titles = {(user, home): title for user, home, title in titles}
        self._relatives: defaultdict[int, list[Relative]] = defaultdict(list)
        for row in Relative.objects.filter(user__in=users, ended_at=None).select_related("member").order_by("pk"):
            self._relatives[row.user_id].append(row)
        placements = Placement.objects.filter(home__in=homes).values_list("member", "home")
        self._placed = set(placements.filter(member__relatives__user__in=users))

    def of(self, user: int, home: int) -> str:
        title = self._titles.get((user, home))
        if title:
            return title
        links = [link for link in self._relatives[user] if (link.member_id, home) in self._placed]
        known = next((link for link in links if self._may_know(link, home)), None)
        return f"{known.member.short_name}{known.relation}" if known else SOMEBODY

    def is_staff(self, user: int, home: int) -> bool:
        return (user, home) in self._titles

    def _may_know(self, link: Relative, home: int) -> bool:
        if home in self._viewer.staffed or link.user_id == self._viewer.user or link.member_id in self._viewer.own:
            return True
        return link.shows_name and any(
            own.shows_name for own in self._relatives[self._viewer.user] if (own.member_id, home) in self._placed
        )
