"""Report numbers and the names of photos in addresses."""

from django.urls.converters import StringConverter

from hopthu.core.codes import format_number, parse_number


class NumberConverter:
    """A report number, read forgivingly and written with its dash."""

    regex = "[^/]{8,24}"

    def to_python(self, value: str) -> str:
        # A BadNumber is a ValueError, which tells Django that no page lies here.
        return parse_number(value)

    def to_url(self, value: str) -> str:
        return format_number(parse_number(value))


class PhotoConverter(StringConverter):
    """The name of a photo; nothing else comes near the database or the disk."""

    regex = "[0-9a-f]{32}"
