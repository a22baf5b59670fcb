"""A city is set up for places and services: what is about people is refused."""

from typing import Any

import pytest

from hopthu.bodies import actions
from hopthu.bodies.models import Category, Group
from hopthu.core.refused_words import RefusedWord
from hopthu.record.models import Entry
from tests.makers import name

pytestmark = pytest.mark.django_db


def test_a_category_about_what_people_write_is_refused(city: None) -> None:
    with pytest.raises(RefusedWord):
        actions.put_category("posts", group="street", name=name("Bài viết trên mạng"))

    assert not Category.objects.filter(code="posts").exists()
    assert not any(b"posts" in bytes(one.leaf) for one in Entry.objects.all())


@pytest.mark.parametrize(
    "question",
    [
        {"code": "who", "prompt": name("Tên người vi phạm?")},
        {"code": "who", "prompt": name("Ở đâu?"), "help": name("Ghi cả trang cá nhân")},
        {
            "code": "who",
            "prompt": name("Loại?"),
            "datatype": "singlevaluelist",
            "choices": [["fb", {"vi": "Facebook"}]],
        },
    ],
)
def test_a_question_about_a_person_or_an_account_is_refused(
    city: None, question: dict[str, Any]
) -> None:
    with pytest.raises(RefusedWord):
        actions.put_category("lamp", group="street", name=name("Đèn"), questions=[question])

    assert not Category.objects.get(code="lamp").questions.filter(code="who").exists()


def test_a_group_is_held_to_the_same(city: None) -> None:
    with pytest.raises(RefusedWord):
        actions.put_group("talk", name=name("Dư luận xã hội"))

    assert not Group.objects.filter(code="talk").exists()


def test_the_words_that_a_city_adds_count_too(city: None) -> None:
    actions.put_category("ok", group="street", name=name("Hàng xóm ồn ào"))
    actions.configure_city(refused_words=["hàng xóm"])

    with pytest.raises(RefusedWord):
        actions.put_category("not-ok", group="street", name=name("Hàng xóm ồn ào"))
