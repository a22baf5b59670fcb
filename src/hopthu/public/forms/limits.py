"""How much the forms take, for their templates."""

from hopthu.core.limits import MAX_LANDMARK, MAX_PHOTO_BYTES, MAX_PHOTOS, MAX_TEXT


def limits() -> dict[str, int]:
    return {
        "max_text": MAX_TEXT,
        "max_landmark": MAX_LANDMARK,
        "max_photos": MAX_PHOTOS,
        "max_megabytes": MAX_PHOTO_BYTES // 2**20,
    }
