"""Setting up Sông Mây: areas, bodies, categories, rules and staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from hopthu.bodies import actions
from hopthu.bodies.translated import Translated
from hopthu.cli.demo import material
from hopthu.cli.demo.land import Land
from hopthu.cli.demo.material import Material, Table
from hopthu.cli.demo.streets import geojson
from hopthu.core.terms import Role
from hopthu.people.actions import create_staff
from hopthu.people.models import Staff
from hopthu.people.passwords import new_password

FLAGS = ("private", "oversight", "danger", "legal_notice")


@dataclass(frozen=True)
class SignIn:
    username: str
    password: str
    name: str
    role: Role
    body: str | None
    """Code of the body; None for the whole city."""
    staff: Staff


def set_up(land: Land) -> None:
    city = material.city()
    actions.configure_city(
        name=Translated(city["name"]),
        kind=Translated(city["kind"]),
        about=Translated(city["about"]),
        jurisdiction_id=city["jurisdiction_id"],
        emergency_numbers=city["emergency_numbers"],
        demo=True,
    )
    for position, ward in enumerate(city["wards"]):
        shape = geojson(land.wards[ward["code"]])
        actions.put_area(
            ward["code"], name=Translated(ward["name"]), shape=shape, position=position
        )
    for position, body in enumerate(city["bodies"]):
        actions.put_body(
            body["code"], name=Translated(body["name"]), phone=body["phone"], position=position
        )
    for position, group in enumerate(city["groups"]):
        name = Translated(group["name"])
        actions.put_group(group["code"], name=name, icon=group["icon"], position=position)
    for position, category in enumerate(material.categories()):
        _put_category(category, position)
    for rule in city["rules"]:
        actions.put_rule(**rule)


def _put_category(category: Material, position: int) -> None:
    table = category.setup
    acknowledge, acknowledge_unit = table["acknowledge"].split()
    resolve, resolve_unit = table["resolve"].split()
    actions.put_category(
        category.code,
        group=table["group"],
        questions=[_question(one) for one in table.get("questions", ())],
        name=Translated(table["name"]),
        description=Translated(table["description"]),
        icon=table["icon"],
        place=table["place"],
        acknowledge_amount=int(acknowledge),
        acknowledge_unit=acknowledge_unit,
        resolve_amount=int(resolve),
        resolve_unit=resolve_unit,
        position=position,
        **{flag: table.get(flag, False) for flag in FLAGS},
    )


def _question(table: Table) -> Mapping[str, object]:
    return {
        "code": table["code"],
        "prompt": Translated(table["prompt"]),
        "help": Translated(table.get("help", {})),
        "datatype": table["datatype"],
        "required": table.get("required", False),
        "public": table.get("public", True),
        "choices": table.get("choices", []),
    }


def take_on_staff() -> list[SignIn]:
    return [_take_on(one) for one in material.city()["staff"]]


def _take_on(one: Table) -> SignIn:
    role, body, password = Role(one["role"]), one.get("body"), new_password()
    staff = create_staff(
        username=one["username"], name=one["name"], password=password, roles=[(role, body)]
    )
    return SignIn(one["username"], password, one["name"], role, body, staff)
