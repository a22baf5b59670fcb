"""Why a file that somebody sent as a photo was not taken.

PhotoRefused
├── TooLarge        more bytes than a photo may have
├── TooManyPixels   more pixels than are decoded
├── NotAPhoto       empty, or no kind of file that is taken (SVG, PDF, archives, TIFF …)
├── Broken          the kind is right, but it cannot be read to its end
└── TookTooLong     reading it went over the limits of time
"""

from hopthu.core.limits import MAX_PHOTO_BYTES, MAX_PHOTO_PIXELS


class PhotoRefused(Exception):
    """A file that cannot be taken as a photo."""


class TooLarge(PhotoRefused):
    limit = MAX_PHOTO_BYTES


class TooManyPixels(PhotoRefused):
    limit = MAX_PHOTO_PIXELS


class NotAPhoto(PhotoRefused):
    pass


class Broken(PhotoRefused):
    pass


class TookTooLong(PhotoRefused):
    pass
