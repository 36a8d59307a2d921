"""A QR as a picture that stands in a page."""

import io

import segno


def svg(text: str, *, border: int = 4) -> str:
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", scale=6, border=border, xmldecl=False, svgclass=None, lineclass=None)
    return picture.getvalue().decode()
