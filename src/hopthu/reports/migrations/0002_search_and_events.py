"""What Django's models cannot say: an index of three-letter pieces, and events that stay.

And the count of what is struck out and erased.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = """
CREATE VIRTUAL TABLE reports_search USING fts5(
    search_text, content='reports_report', content_rowid='id',
    tokenize='trigram case_sensitive 1', detail='full');
CREATE TRIGGER reports_search_insert AFTER INSERT ON reports_report BEGIN
    INSERT INTO reports_search(rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER reports_search_delete AFTER DELETE ON reports_report BEGIN
    INSERT INTO reports_search(reports_search, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
END;
CREATE TRIGGER reports_search_update AFTER UPDATE OF search_text ON reports_report BEGIN
    INSERT INTO reports_search(reports_search, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
    INSERT INTO reports_search(rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER reports_event_stays
BEFORE UPDATE OF report_id, seq, kind, at, role, status ON reports_event BEGIN
    SELECT RAISE(ABORT, 'events are only ever added');
END;
"""
SQLITE_BACK = """
DROP TRIGGER reports_event_stays;
DROP TRIGGER reports_search_update;
DROP TRIGGER reports_search_delete;
DROP TRIGGER reports_search_insert;
DROP TABLE reports_search;
"""
POSTGRES = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX reports_search ON reports_report USING gin (search_text gin_trgm_ops);
CREATE FUNCTION reports_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are only ever added';
END $$;
CREATE TRIGGER reports_event_stays
BEFORE UPDATE OF report_id, seq, kind, at, role, status ON reports_event
FOR EACH ROW EXECUTE FUNCTION reports_event_stays();
"""
POSTGRES_BACK = """
DROP TRIGGER reports_event_stays ON reports_event;
DROP FUNCTION reports_event_stays;
DROP INDEX reports_search;
"""


def forwards(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, SQLITE, POSTGRES)


def backwards(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, SQLITE_BACK, POSTGRES_BACK)


def _run(schema_editor: BaseDatabaseSchemaEditor, sqlite: str, postgres: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres, params=None)
        return
    statement = ""
    for line in sqlite.strip().splitlines():
        statement += line + "\n"
        if _is_whole(statement):
            schema_editor.execute(statement, params=None)
            statement = ""


def _is_whole(statement: str) -> bool:
    """A trigger ends with its END, everything else with a semicolon."""
    ends = statement.rstrip()
    if "CREATE TRIGGER" in statement:
        return ends.endswith("END;")
    return ends.endswith(";")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.CreateModel(
            name="Residue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left", models.PositiveBigIntegerField(default=0)),
                ("rewritten", models.PositiveBigIntegerField(default=0)),
                ("cleared", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="residue_is_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cleared__lte", models.F("rewritten")),
                            ("rewritten__lte", models.F("left")),
                        ),
                        name="residue_in_order",
                    ),
                ]
            },
        ),
    ]
