"""What people write, as it is kept."""

from backend.common.errors import InvalidError

# Joins two emoji to one; else nothing that cannot be seen is kept, wherever it was copied from.
JOINER = "\u200d"


def line_of(text: str) -> str:
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable() or sign == JOINER).strip()


def lines_of(text: str) -> str:
    """Lines stay lines."""
    return "\n".join(line_of(line) for line in text.strip().splitlines()).strip()


def limited(text: str, *, longest: int, least: int = 0) -> str:
    if not least <= len(text) <= longest:
        sentence = f"请写 {least} 到 {longest} 个字。" if least else f"请不要超过 {longest} 个字。"
        raise InvalidError(sentence, fields={"text": sentence})
    return text
