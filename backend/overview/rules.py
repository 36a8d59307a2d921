"""Who may see what only siblings together can tell."""

from backend.accounts.models import User
from backend.homes.models import Home
from backend.homes.rules import is_staff
from backend.people.rules import own_members


def may_see_day(user: User, member_id: int, home: Home) -> bool:
    """The family sees every day of a member; staff those spent in their own Home."""
    return own_members(user).filter(pk=member_id).exists() or is_staff(user, home)
