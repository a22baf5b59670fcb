"""What of a report can be found by searching."""

from hopthu.core.text import fold


def search_text(*, number: str, text: str, landmark: str) -> str:
    return fold("\n".join(part for part in (number, text, landmark) if part))
