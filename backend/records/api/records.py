"""Records of service over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.records import sheets
from backend.records.queries import corrections
from backend.records.queries import records as queries
from backend.records.schemas.common import Year
from backend.records.schemas.corrections import RecordPage
from backend.records.schemas.records import EventRecord, MyRecords, OrganisationRecords, RecordsAsked, TableAsked
from backend.volunteers.rules import coordinated_organisation

router = Router()

BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE = {"responses": {200: {"description": "The table", "content": dict.fromkeys(sheets.TYPES.values(), BINARY)}}}


@router.get("/service-records", response=MyRecords, operation_id="my_service_records")
def my_service_records(request: HttpRequest, asked: Query[RecordsAsked]) -> Any:
    """My own of a year, with the sums of every year and organisation."""
    return queries.my_records(person(request), year=asked.year, after=asked.after, limit=asked.limit)


@router.get("/service-records/table", response={200: None}, operation_id="service_table", openapi_extra=FILE)
def service_table(request: HttpRequest, asked: Query[TableAsked]) -> Any:
    """A year as CSV or XLSX."""
    rows = queries.table(person(request), home=asked.home, organisation=asked.organisation, year=asked.year)
    headers = {"Content-Disposition": f'attachment; filename="service-{asked.year}.{asked.format}"'}
    return HttpResponse(sheets.write_table(rows, asked.format), content_type=sheets.TYPES[asked.format], headers=headers)


@router.get("/service-records/{record_id}", response=RecordPage, operation_id="service_record")
def service_record(request: HttpRequest, record_id: Path[Id]) -> Any:
    """With its raw taps, and what was asked about it."""
    return corrections.record_page(person(request), record_id)


@router.get("/service-events/{event_id}/service-records", response=list[EventRecord], operation_id="event_records")
def event_records(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Everybody's for the Home's staff, their people's for a coordinator, else mine."""
    return corrections.event_records(person(request), event_id)


@router.get("/organisations/{organisation_id}/service-records", response=OrganisationRecords, operation_id="organisation_service_records")
def organisation_service_records(request: HttpRequest, organisation_id: Path[Id], year: Query[Year]) -> Any:
    """For its coordinator: people, visits and sums of a year."""
    return queries.organisation_records(coordinated_organisation(person(request), organisation_id), year=year)
