"""Honours for a visit."""

import datetime as dt

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.rules import managed_homes
from backend.records.models import Honour, ServiceRecord
from backend.volunteers.services.announcements import announce


@verb
def give_honour(*, record_id: int, title: str, given_on: dt.date | None = None, by: User) -> Honour:
    """By the manager of the Home that was visited; today, unless it was before. The same title again is the same honour."""
    record = one(ServiceRecord.objects.filter(pk=record_id, home__in=managed_homes(by)))
    title, given_on = clean(title, name="title", longest=40, least=2), given_on or clock.today()
    if not record.minutes:
        raise ConflictError("这一次没有计入时长，不能记表彰。")
    if not record.date <= given_on <= clock.today():
        raise InvalidError("表彰的日子要在服务那天以后、今天以前。", fields={"given_on": "请选服务那天到今天之间的日子。"})
    given, made = Honour.objects.get_or_create(record=record, title=title, defaults={"given_on": given_on, "given_by": by})
    if made:
        announce("honour", honour=given.pk)
    return given


@verb
def take_back_honour(*, honour_id: int, by: User) -> None:
    """Given by mistake. What a certificate says that holds is not unsaid behind its back: that one is revoked first."""
    given = one(Honour.objects.filter(pk=honour_id, record__home__in=managed_homes(by)))
    record = ServiceRecord.objects.select_for_update(no_key=True).get(pk=given.record_id)
    for certificate in record.certificates.filter(revoked_at=None):
        if any((each["title"], each["date"]) == (given.title, given.given_on.isoformat()) for each in certificate.statement["honours"]):
            raise ConflictError(f"证明 {certificate.number} 上已经写了这个表彰。请先作废那份证明，再收回。", code="certified")
    given.delete()
