"""A report's status is written by `reports.actions` alone, and the record beside what it tells."""

import ast
from collections.abc import Iterator
from pathlib import Path

import hopthu

SRC = Path(hopthu.__file__).parent
DOOR = SRC / "reports" / "actions"
WRITERS = {"update", "create", "bulk_create", "update_or_create", "get_or_create", "Report"}


def status_writes(source: str) -> Iterator[int]:
    """Lines that set an attribute `status`, or hand `status=` to something that writes rows."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            targets = [target for target in node.targets if isinstance(target, ast.Attribute)]
            if any(target.attr == "status" for target in targets):
                yield node.lineno
        if isinstance(node, ast.Call) and any(key.arg == "status" for key in node.keywords):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in WRITERS:
                yield node.lineno


def test_no_other_module_writes_a_status() -> None:
    outside = [
        path
        for path in SRC.rglob("*.py")
        if DOOR not in path.parents and not {"migrations", "core"} & set(path.parts)
    ]

    found = {
        f"{path.relative_to(SRC)}:{line}"
        for path in outside
        for line in status_writes(path.read_text())
    }

    assert outside
    assert found == set()


def test_the_test_itself_sees_such_writes() -> None:
    assert list(status_writes("report.status = 'resolved'")) == [1]
    assert list(status_writes("Report.objects.filter(pk=1).update(status='resolved')")) == [1]
    assert list(status_writes("rows.filter(status='resolved')")) == []


def test_nothing_above_reports_adds_to_the_record() -> None:
    makers = {path.relative_to(SRC).parts[0] for path in SRC.rglob("*.py") if appends(path)}

    assert makers == {"bodies", "people", "record", "reports"}


def appends(path: Path) -> bool:
    """Whether the module imports what adds an entry."""
    imports = [node for node in ast.walk(ast.parse(path.read_text())) if is_import(node)]
    return any("hopthu.record.actions" in ast.unparse(node) for node in imports)


def is_import(node: ast.AST) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))
