"""Debian's own `age` opens a contact with the recovery key: without a line of this program."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from hopthu.core.sealing import new_identity
from hopthu.people.models import Contact
from tests import makers

pytestmark = pytest.mark.django_db
INSTALL = "no age: apt-get install age"


@pytest.fixture(scope="module")
def age() -> str:
    program = shutil.which("age")
    if program is None:
        if os.environ.get("HOPTHU_REQUIRE_BROWSER") == "1":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    return program


def decrypt(age: str, key: Path, blob: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([age, "-d", "-i", key, blob], capture_output=True, check=False)


def test_it_opens_with_the_recovery_key_and_with_no_other(
    age: str, sealing: Path, tmp_path: Path
) -> None:
    number = makers.make_report(email="an@example.vn", language="km").number
    blob, stranger = tmp_path / "blob", tmp_path / "stranger.key"
    blob.write_bytes(bytes(Contact.objects.get().sealed))
    stranger.write_text(f"{new_identity()}\n")

    opened = decrypt(age, sealing / "recovery.key", blob)

    assert opened.returncode == 0, opened.stderr
    told = json.loads(opened.stdout)
    assert told == {"report": number, "email": "an@example.vn", "phone": "", "language": "km"}
    refused = decrypt(age, stranger, blob)
    assert refused.returncode != 0
    assert refused.stdout == b""
