"""A Home's topic and its staff's conversation, by the names that notifications knows them by."""

PREFIX = "home:"


def home_topic(home_id: int) -> str:
    return f"{PREFIX}{home_id}"


def home_of(topic: str) -> int:
    return int(topic.removeprefix(PREFIX))


def staff_thread(home_id: int) -> str:
    """Whoever works at a Home has one conversation for it."""
    return f"{PREFIX}{home_id}"
