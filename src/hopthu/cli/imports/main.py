"""`hopthu import areas|reports FILE`: say what would happen; with `--apply`, do it."""

import argparse
from importlib import import_module

import django

AREAS = """Wards or communes from a GeoJSON file; or one border, for a city that is not divided. An
area that is here already (by its code) gets its name and border anew; none is ever removed."""
REPORTS = """Reports of an earlier system, as Open311 rows: a JSON object a line, or one array of
them; gzipped or not. What happened when is kept; a closed row becomes an answered report, its
status notes the answer. What is here already is left alone, so that an import may be broken off
and started again."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    areas = kinds.add_parser("areas", help="wards or communes, as GeoJSON", description=AREAS)
    reports = kinds.add_parser("reports", help="earlier reports", description=REPORTS)
    for kind in (areas, reports):
        kind.add_argument("file", metavar="FILE")
        kind.add_argument("--apply", action="store_true", help="do it, instead of only saying")
    _add_areas(areas)
    _add_reports(reports)


def run(arguments: argparse.Namespace) -> int:
    django.setup()
    # Only now: these modules need the tables.
    module = import_module(f"hopthu.cli.imports.{arguments.kind}")
    status: int = module.run(arguments)
    return status


def _add_areas(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--code-property", metavar="NAME", default="code", help='where the code stands ("code")'
    )
    parser.add_argument(
        "--name-property",
        metavar="[LANGUAGE=]NAME",
        action="append",
        default=[],
        help="where the name stands, once for each language; the usual places are known",
    )
    city = parser.add_argument_group("where no city is set up yet")
    city.add_argument("--city", metavar="NAME", help="what the city is called")
    city.add_argument("--country", metavar="CODE", default="VN", help="whose holidays it keeps")
    city.add_argument("--time-zone", metavar="ZONE", default="Asia/Ho_Chi_Minh")


def _add_reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--categories",
        metavar="MAP.json",
        help='which category a service becomes: {"service code": "category code"}',
    )
    parser.add_argument(
        "--create-categories",
        action="store_true",
        help='make a category, in the group "Imported", of every service that is none yet',
    )
