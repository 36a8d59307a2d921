"""Records of service and certificates over HTTP."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from backend.accounts.auth import OurPages
from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.volunteering import sheets
from backend.volunteering.models import Correction
from backend.volunteering.queries import certificates, city, corrections, records, visits
from backend.volunteering.rules import coordinated_organisation
from backend.volunteering.schemas.certificates import (
    ByNumber,
    CertificateIn,
    CertificateKeys,
    CertificatePage,
    CertificateRow,
    RevokeIn,
    SealIn,
    Verified,
)
from backend.volunteering.schemas.records import (
    CorrectionAnswer,
    CorrectionIn,
    CorrectionOut,
    EventRecord,
    HomeBalance,
    HonourIn,
    MyRecords,
    Number,
    OpenCorrection,
    OrganisationRecords,
    RecordPage,
    RecordsAsked,
    RulesBody,
    RulesOut,
    TableAsked,
    Year,
)
from backend.volunteering.services import certificates as issuing
from backend.volunteering.services import city as deciding
from backend.volunteering.services import records as verbs

router = Router()

BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE = {"responses": {200: {"description": "The table", "content": dict.fromkeys(sheets.TYPES.values(), BINARY)}}}


@router.get("/service-records", response=MyRecords, operation_id="my_service_records")
def my_service_records(request: HttpRequest, asked: Query[RecordsAsked]) -> Any:
    """My own of a year, with the sums of every year and organisation."""
    return records.my_records(person(request), year=asked.year, after=asked.after, limit=asked.limit)


@router.get("/service-records/table", response={200: None}, operation_id="service_table", openapi_extra=FILE)
def service_table(request: HttpRequest, asked: Query[TableAsked]) -> Any:
    """A year as CSV or XLSX."""
    rows = records.table(person(request), home=asked.home, organisation=asked.organisation, year=asked.year)
    headers = {"Content-Disposition": f'attachment; filename="service-{asked.year}.{asked.format}"'}
    return HttpResponse(sheets.written(rows, asked.format), content_type=sheets.TYPES[asked.format], headers=headers)


@router.get("/service-records/{record_id}", response=RecordPage, operation_id="service_record")
def service_record(request: HttpRequest, record_id: Path[Id]) -> Any:
    """With its raw taps, and what was asked about it."""
    return corrections.record_page(person(request), record_id)


@router.get("/service-events/{event_id}/service-records", response=list[EventRecord], operation_id="event_records")
def event_records(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Everybody's for the Home's staff, his people's for a coordinator, else mine."""
    return corrections.event_records(person(request), event_id)


@router.get("/organisations/{organisation_id}/service-records", response=OrganisationRecords, operation_id="organisation_service_records")
def organisation_service_records(request: HttpRequest, organisation_id: Path[Id], year: Query[Year]) -> Any:
    """For its coordinator: people, visits and sums of a year."""
    return records.organisation_records(coordinated_organisation(person(request), organisation_id), year=year)


@router.post("/service-records/{record_id}/corrections", response={201: CorrectionOut}, operation_id="ask_correction")
def ask_correction(request: HttpRequest, record_id: Path[Id], data: CorrectionIn) -> Any:
    """Other times than were tapped, with the reason."""
    pairs = [(pair.start, pair.end) for pair in data.pairs]
    asked = verbs.ask_correction(correction_id=data.id, record_id=record_id, pairs=pairs, reason=data.reason, by=person(request))
    return Status(201, _correction(asked))


@router.get("/homes/{home_id}/corrections", response=list[OpenCorrection], operation_id="open_corrections")
def open_corrections(request: HttpRequest, home_id: Path[Id]) -> Any:
    """For the manager: what waits for an answer."""
    me = person(request)
    return corrections.open_corrections(me, records.managed(me, home_id))


@router.post("/service-records/corrections/{correction_id}/answer", response=CorrectionOut, operation_id="answer_correction")
def answer_correction(request: HttpRequest, correction_id: Path[uuid.UUID], data: CorrectionAnswer) -> Any:
    """Yes, or no with a reason."""
    return _correction(verbs.answer_correction(correction_id=correction_id, accept=data.accept, answer=data.answer, by=person(request)))


@router.delete("/service-records/corrections/{correction_id}", response={204: None}, operation_id="withdraw_correction")
def withdraw_correction(request: HttpRequest, correction_id: Path[uuid.UUID]) -> Any:
    """Taken back before anybody answered."""
    verbs.withdraw_correction(correction_id=correction_id, by=person(request))
    return Status(204, None)


@router.post("/service-records/{record_id}/honours", response={204: None}, operation_id="honour")
def honour(request: HttpRequest, record_id: Path[Id], data: HonourIn) -> Any:
    """表彰: stands on the certificates that are issued from now on."""
    verbs.honour(record_id=record_id, title=data.title, given_on=data.given_on, by=person(request))
    return Status(204, None)


@router.delete("/service-records/honours/{honour_id}", response={204: None}, operation_id="take_back_honour")
def take_back_honour(request: HttpRequest, honour_id: Path[Id]) -> Any:
    """Given by mistake, and on no certificate that holds."""
    verbs.take_back_honour(honour_id=honour_id, by=person(request))
    return Status(204, None)


@router.get("/visit-balance", response=list[HomeBalance], operation_id="visit_balance")
def visit_balance(request: HttpRequest) -> Any:
    """For managers and officers: which Homes were visited in the last four quarters, how often, by whom."""
    return visits.visit_balance(person(request))


@router.get("/service-rules", response=RulesOut, operation_id="service_rules")
def service_rules(request: HttpRequest, home: Annotated[Id | None, Query()] = None) -> Any:
    """How hours are counted at a Home, or where I serve; an officer's own area, which he may change."""
    return city.rules_for(person(request), home)


@router.put("/service-rules", response=RulesOut, operation_id="put_service_rules")
def put_service_rules(request: HttpRequest, data: RulesBody) -> Any:
    """For what is counted from now on."""
    me = person(request)
    deciding.put_rules(issuer=data.issuer, profile=data.dict(exclude={"issuer"}), by=me)
    return city.rules_for(me, None)


@router.get("/certificates", response=list[CertificateRow], operation_id="certificates")
def my_certificates(request: HttpRequest) -> Any:
    """Mine, and those of the organisations that I coordinate."""
    return [certificates.row(each) for each in certificates.own(person(request))[:200]]


@router.post("/certificates", response={201: CertificatePage}, operation_id="issue_certificate")
def issue_certificate(request: HttpRequest, data: CertificateIn) -> Any:
    """At once, and for nothing."""
    me = person(request)
    made = issuing.issue(certificate_id=data.id, first=data.first, last=data.last, organisation_id=data.organisation, by=me)
    return Status(201, certificates.own_certificate(me, made.pk))


@router.get("/certificates/keys", response=CertificateKeys, auth=None, operation_id="certificate_keys")
def certificate_keys(request: HttpRequest) -> Any:
    """Public: with these a phone checks a seal without a network."""
    del request
    return {"keys": certificates.public_keys()}


@router.get("/certificates/number/{number}", response=ByNumber, auth=None, operation_id="certificate_by_number")
def certificate_by_number(request: HttpRequest, number: Path[Number]) -> Any:
    """Public: does the certificate with this number still hold?"""
    del request
    return certificates.by_number(number)


@router.post("/certificates/verify", response=Verified, auth=OurPages(), operation_id="verify_certificate")
def verify_certificate(request: HttpRequest, data: SealIn) -> Any:
    """Public: what the scanned seal says, and whether it is genuine and still holds."""
    del request
    return certificates.verified(data.seal)


@router.get("/certificates/{certificate_id}", response=CertificatePage, operation_id="certificate")
def certificate(request: HttpRequest, certificate_id: Path[uuid.UUID]) -> Any:
    """The page to print."""
    return certificates.own_certificate(person(request), certificate_id)


@router.post("/certificates/number/{number}/revocation", response={204: None}, operation_id="revoke_certificate")
def revoke_certificate(request: HttpRequest, number: Path[Number], data: RevokeIn) -> Any:
    """By the manager of a Home that it counts, or the officer."""
    issuing.revoke_certificate(number=number, reason=data.reason, by=person(request))
    return Status(204, None)


def _correction(asked: Correction) -> dict[str, Any]:
    return {"id": asked.pk, "state": asked.state, "answer": asked.answer}
