"""Report numbers in addresses."""

from hopthu.core.codes import format_number, parse_number


class NumberConverter:
    """A report number, read forgivingly and written with its dash."""

    regex = "[^/]{8,24}"

    def to_python(self, value: str) -> str:
        # A BadNumber is a ValueError, which tells Django that no page lies here.
        return parse_number(value)

    def to_url(self, value: str) -> str:
        return format_number(parse_number(value))
