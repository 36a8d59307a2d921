"""Inviting and accepting as phones do it, and sheets as people fill them in."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from backend.accounts.models import User
from backend.people.models import Member
from tests.support.phone import Phone

HEADINGS = ("姓名", "小名", "星期", "到达时间", "离开时间", "入园日期")


def invite(staff: User, member: Member, relation: str = "哥哥", *, can_sign: bool = False) -> dict[str, Any]:
    """The answer, with the token that its QR carries."""
    answer = Phone(staff).post(f"/api/members/{member.pk}/invitations", {"relation": relation, "can_sign": can_sign})
    assert answer.status_code == 201
    return {**answer.json(), "token": answer.json()["url"].rsplit("/", 1)[1]}


def look(phone: Phone, token: str) -> Any:
    return phone.get(f"/api/invitations/token/{token}")


def accept(phone: Phone, token: str) -> Any:
    return phone.post(f"/api/invitations/token/{token}/accept")


def sheet(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (headings, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
