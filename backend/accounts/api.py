"""A person's account and devices over HTTP. /me itself is overview's."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts import queries, services
from backend.accounts.models import Device
from backend.accounts.rules import device_of, person
from backend.accounts.schemas import CastOut, DeviceOut, SharedIn
from backend.common.errors import NotFoundError
from backend.common.rows import Row
from backend.common.schemas import Id

router = Router(tags=["accounts"])

CAST = (
    ("13800000001", "李秀珍 · 志强的妈妈"),
    ("13800000002", "陆老师 · 阳光家园"),
    ("13800000003", "王院长 · 阳光家园"),
    ("13800000004", "徐明 · 志愿者"),
    ("13800000005", "赵书记 · 供电所党支部"),
    ("13800000006", "市残联"),
    ("13800000007", "周建华 · 小芳的爸爸"),
    ("13800000008", "金凤英 · 秋阳家园家属"),
)


@dataclass(frozen=True, kw_only=True)
class ShownDevice(Row[Device]):
    this: bool

    @property
    def held(self) -> bool:
        return self.row.held_at is not None


@router.get("/sign-in/cast", response=list[CastOut], auth=None, operation_id="demo_cast")
def demo_cast(request: HttpRequest) -> Any:
    """Public, and there in the demo only: who can sign in with one tap."""
    del request
    if not settings.DEMO:
        raise NotFoundError
    return [{"phone": phone, "label": label} for phone, label in CAST]


@router.get("/me/devices", response=list[DeviceOut], operation_id="devices")
def devices(request: HttpRequest) -> Any:
    """Where I am signed in."""
    this = device_of(request)
    return [ShownDevice(row=device, this=device == this) for device in queries.devices(person(request))]


@router.patch("/me/devices/this", response=DeviceOut, operation_id="share_device")
def share_device(request: HttpRequest, data: SharedIn) -> Any:
    """This is a Home's tablet: signed out by itself after twelve hours."""
    device = device_of(request)
    if device is None:
        raise NotFoundError
    return ShownDevice(row=services.share_device(device=device, session=request.session, shared=data.shared), this=True)


@router.post("/me/devices/{device_id}/confirm", response={204: None}, operation_id="confirm_device")
def confirm_device(request: HttpRequest, device_id: Path[Id]) -> Any:
    """That one is me, too."""
    services.confirm_device(device_id=device_id, by=person(request))
    return Status(204, None)


@router.delete("/me/devices/{device_id}", response={204: None}, operation_id="sign_out_device")
def sign_out_device(request: HttpRequest, device_id: Path[Id]) -> Any:
    """Ends its session, its pushes and its sockets; this one's too, if it is this one."""
    this = device_of(request)
    services.sign_out_device(device_id=device_id, by=person(request))
    if this is not None and this.pk == device_id:
        logout(request)
    return Status(204, None)


@router.post("/me/sign-out-everywhere", response={204: None}, operation_id="sign_out_everywhere")
def sign_out_everywhere(request: HttpRequest) -> Any:
    """All my devices, this one included."""
    services.sign_out_everywhere(user=person(request))
    logout(request)
    return Status(204, None)
