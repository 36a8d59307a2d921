"""What a teacher must know while writing: who agreed to be seen by whom."""

from backend.homes.models import Home
from backend.people.models import Consent, Member
from backend.people.queries import members_of
from backend.people.rules import consents

Audience = Consent.Audience
# A 小名 of one character is found in too many words.
SHORTEST = 2


def allowances(home: Home) -> dict[int, list[str]]:
    """By member: the audiences that may see them."""
    members = list(members_of(home).values_list("pk", flat=True))
    holds = consents(members)
    return {member: [audience for audience in Audience.values if holds.allows(member, audience)] for member in members}


def named_without_consent(home: Home, text: str) -> list[str]:
    """A sentence for each member whom the text names before other families, though nobody agreed to that."""
    named = [member for member in members_of(home).order_by("pk") if _is_named(member, text)]
    if not named:
        return []
    holds = consents([member.pk for member in named])
    return [
        f"{member.short_name}没有同意让其他家庭看到，文字里最好不要写名字。"
        for member in named
        if not holds.allows(member.pk, Audience.HOME)
    ]


def _is_named(member: Member, text: str) -> bool:
    return any(len(name) >= SHORTEST and name in text for name in (member.name, member.short_name))
