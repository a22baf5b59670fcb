"""Places painted over, so that nothing is left of what was there. In the darkroom's forks only.

Every place gets one flat colour, the mean of its pixels. Blurring and small mosaics keep enough to
be guessed back from (McPherson et al. 2016, https://arxiv.org/abs/1609.00408); a single colour
tells nothing but itself.
"""

from collections.abc import Iterable

from PIL import Image, ImageDraw, ImageStat

from hopthu.reports.photos.boxes import Box, Pixels


def paint_boxes(picture: Image.Image, boxes: Iterable[Box]) -> None:
    for box in boxes:
        place = box.on(*picture.size)
        picture.paste(_mean(picture, place), place)


def paint_faces(picture: Image.Image, faces: Iterable[Pixels]) -> None:
    """Cover heads with ovals, which leave more of the street than rectangles."""
    drawing = ImageDraw.Draw(picture)
    for place in faces:
        drawing.ellipse(place, fill=_mean(picture, place))


def _mean(picture: Image.Image, place: Pixels) -> tuple[int, int, int]:
    red, green, blue = ImageStat.Stat(picture.crop(place)).mean
    return round(red), round(green), round(blue)
