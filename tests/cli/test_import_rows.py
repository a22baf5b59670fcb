"""Files of rows, in every shape in which they come."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from hopthu.cli.imports.rows import MAX_ROW, NoRows, RowFile, Unreadable

ROWS: list[dict[str, Any]] = [{"id": number, "text": f"Đèn số {number}"} for number in range(2000)]


def read(path: Path) -> list[Any]:
    with RowFile(path) as rows:
        return list(rows)


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def test_an_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(lines(ROWS))

    assert read(path) == ROWS


def test_windows_line_ends_a_byte_order_mark_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(b"\xef\xbb\xbf" + lines(ROWS[:3]).replace(b"\n", b"\r\n\r\n"))

    assert read(path) == ROWS[:3]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_array_larger_than_what_is_read_at_once(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(ROWS, ensure_ascii=False, indent=indent))

    assert read(path) == ROWS


def test_an_array_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(" [ ] ")

    assert read(path) == []


def test_gzip_is_known_by_its_first_bytes_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(gzip.compress(lines(ROWS)))

    assert read(path) == ROWS


def test_a_broken_gzip_gives_what_came_before_the_break(tmp_path: Path) -> None:
    path = tmp_path / "rows.gz"
    whole = gzip.compress(lines(ROWS), compresslevel=0)
    path.write_bytes(whole[: len(whole) // 2])

    rows = read(path)

    assert rows[0] == ROWS[0]
    assert isinstance(rows[-1], Unreadable)


def test_lines_that_are_no_objects_stand_for_themselves(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text('{"id": 1}\n{"id": \n"words"\n{"id": 2}')

    first, broken, words, last = read(path)

    assert (first, last) == ({"id": 1}, {"id": 2})
    assert (broken.why, words.why) == ("not JSON", "not an object")


def test_a_line_without_end_is_not_kept_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text('{"id": 1}\n"' + "x" * (3 * MAX_ROW) + '"\n{"id": 2}\n')

    first, long, last = read(path)

    assert (first, last) == ({"id": 1}, {"id": 2})
    assert len(long.text) <= 200


def test_an_array_that_breaks_off_says_so(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('[{"id": 1}, {"id": ')

    first, broken = read(path)

    assert first == {"id": 1}
    assert isinstance(broken, Unreadable)


def test_nesting_without_end_is_not_json_for_us(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text("{" + '"a":[' * 100_000)

    (row,) = read(path)

    assert isinstance(row, Unreadable)


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(NoRows, match=r"missing\.json: No such file"):
        RowFile(tmp_path / "missing.json")


def test_how_much_was_read_is_known(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(lines(ROWS))

    with RowFile(path) as rows:
        for _ in rows:
            pass
        assert rows.share == 1.0
