"""Free disk space. Photos are refused before door taps: the last of it is kept for the door."""

import os

from django.conf import settings

from backend.common.errors import NoRoomError

RESERVE = 200 * 1024 * 1024
FULL = "驿站的存储空间快满了，照片先留在您手机里，稍后会自动再传。"
RETRY_AFTER = 600


def has_space() -> bool:
    disk = os.statvfs(settings.DATA_DIR)
    return disk.f_bavail * disk.f_frsize >= RESERVE


def require_space() -> None:
    if not has_space():
        raise NoRoomError(FULL, retry_after=RETRY_AFTER)
