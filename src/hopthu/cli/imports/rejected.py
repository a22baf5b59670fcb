"""The rows that were refused, with the reason, in a file for whoever can mend them.

They are words of residents: the file is made for its owner's eyes, in the city's data folder.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from hopthu.cli.imports.rows import Unreadable


class Rejected:
    """Made with the first row that is refused; a file of an earlier run is replaced then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None

    def write(self, why: str, row: Mapping[str, Any] | Unreadable) -> None:
        if self._file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = open(descriptor, "w", encoding="utf-8")  # noqa: SIM115  closed below
        kept = row.text if isinstance(row, Unreadable) else row
        json.dump({"reason": why, "row": kept}, self._file, ensure_ascii=False)
        self._file.write("\n")

    @property
    def is_there(self) -> bool:
        return self._file is not None

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
