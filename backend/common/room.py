"""Room on the disk. Photos can wait for it, the door cannot: the last of it is the door's."""

import os

from django.conf import settings

from backend.common.errors import NoRoomError

FOR_THE_DOOR = 200 * 1024 * 1024
FULL = "驿站的存储空间快满了，照片先留在您手机里，稍后会自动再传。"
RETRY_AFTER = 600


def is_there() -> bool:
    disk = os.statvfs(settings.DATA_DIR)
    return disk.f_bavail * disk.f_frsize >= FOR_THE_DOOR


def ask() -> None:
    if not is_there():
        raise NoRoomError(FULL, retry_after=RETRY_AFTER)
