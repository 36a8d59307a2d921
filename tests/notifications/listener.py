"""A socket that only remembers."""

from notifications.live.frames import Frame


class Listener:
    def __init__(self, user_id: int) -> None:
        self.user_id = user_id
        self.topics: tuple[str, ...] = ()
        self.texts: list[str] = []
        self.code: int | None = None

    def write(self, frame: Frame) -> None:
        self.texts.append(frame.text)

    def close(self, code: int) -> None:
        self.code = code
