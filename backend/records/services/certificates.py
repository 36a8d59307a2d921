"""Certificates (志愿服务记录证明): issued at once and for nothing to whom it is about, and revoked when it is no longer true."""

import datetime as dt
import uuid
from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb, verb_with_id
from backend.homes.rules import managed_homes, officer_homes
from backend.records import seal
from backend.records.models import Certificate, ServiceRecord
from backend.records.queries import certificates as queries
from backend.volunteers.models import VolunteerProfile
from backend.volunteers.rules import coordinated_organisation
from backend.volunteers.services.announcements import announce

LONGEST = dt.timedelta(days=3 * 366)


@verb_with_id
def issue(*, certificate_id: uuid.UUID, first: dt.date, last: dt.date, organisation_id: int | None, by: User) -> Certificate:
    """For oneself, or for an organisation's people as its coordinator. The same id again is the same certificate."""
    organisation = coordinated_organisation(by, organisation_id) if organisation_id is not None else None
    known = Certificate.objects.filter(pk=certificate_id).first()
    if known is not None:
        if (known.issued_by_id, known.organisation_id, known.first, known.last) != (by.pk, organisation_id, first, last):
            raise ConflictError("这个编号已经用过，请再开一次。")
        return known
    if not first <= last <= clock.today() or last - first > LONGEST:
        raise InvalidError("请选到今天为止、三年以内的一段时间。", fields={"last": "请选到今天为止、三年以内的时间。"})
    own = {"organisation": organisation} if organisation else {"user": by}
    found = queries.countable(ServiceRecord.objects.filter(**own, date__gte=first, date__lte=last))
    # A correction of one of them comes before, or sees this certificate and revokes it.
    records = list(found.select_for_update(no_key=True, of=("self",)))
    if not records:
        raise ConflictError("这段时间还没有计入的服务时长，换一段时间再试。")
    name = organisation.name if organisation else _real_name(by)
    statement = queries.statement(records, name=name, organisation=organisation, first=first, last=last, number=_number())
    certificate = Certificate.objects.create(
        id=certificate_id,
        number=statement["number"],
        user=None if organisation else by,
        organisation=organisation,
        first=first,
        last=last,
        statement=statement,
        sealed=seal.key().sign(_to_sign(statement)),
        public_key=seal.key().public,
        issued_by=by,
        issued_at=clock.now(),
    )
    certificate.records.set(records)
    return certificate


def _real_name(user: User) -> str:
    profile = VolunteerProfile.objects.filter(user=user).first()
    if profile is None:
        raise ConflictError("请先填好志愿者信息，证明上要写真实姓名。", code="no_profile")
    return profile.name


def _number() -> str:
    return seal.new_number(clock.today())


def _to_sign(said: dict[str, Any]) -> seal.Statement:
    return seal.Statement(
        number=said["number"],
        subject=said["subject"],
        name=said["name"],
        minutes=said["minutes"],
        times=said["times"],
        people=said["people"],
        first=dt.date.fromisoformat(said["first"]),
        last=dt.date.fromisoformat(said["last"]),
        issuer=said["issuer"],
        issued_on=dt.date.fromisoformat(said["issued_on"]),
        digest=seal.digest(queries.details(said)),
    )


@verb
def revoke_certificate(*, number: str, reason: str, by: User) -> Certificate:
    """By the manager of a Home that it counts visits to, or the officer. A second time does nothing."""
    homes = managed_homes(by) | officer_homes(by)
    found = Certificate.objects.filter(number=number, records__home__in=homes).values("pk")
    certificate = one(Certificate.objects.select_for_update(no_key=True).filter(pk__in=found))
    reason = clean(reason, name="reason", longest=60, least=2)
    if certificate.revoked_at is None:
        revoke(certificate, reason=reason, by=by)
    return certificate


def revoke(certificate: Certificate, *, reason: str, by: User | None) -> None:
    """It stays, and says on the public page that it no longer holds. `by` None: a record that it counts was corrected."""
    certificate.revoked_at, certificate.revoked_by, certificate.reason = clock.now(), by, reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "reason"])
    announce("certificate", certificate=str(certificate.pk))
