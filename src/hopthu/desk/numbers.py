"""Report numbers in addresses and in the search field."""

from hopthu.core.codes import BadNumber, parse_number


def asked_number(text: str) -> str:
    """The number that `text` means; what can be none becomes "", which no report has."""
    try:
        return parse_number(text)
    except BadNumber:
        return ""
