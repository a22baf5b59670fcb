"""The city as it is set up: its areas, bodies, categories, promises and routing rules.

Read by everybody through `queries.configuration()`, one snapshot in memory; written through
`actions` alone, which count the version up so that every process takes a new snapshot.
"""

from django.db import models
from django.db.models import Q

from hopthu.bodies.translated import TranslatedField
from hopthu.core.deadlines import Unit


class City(models.Model):
    """The one city of this deployment."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.PositiveBigIntegerField(default=1)
    name = TranslatedField()
    kind = TranslatedField()
    about = TranslatedField()
    """One sentence for the front page; the demo city says here that it is invented."""
    jurisdiction_id = models.SlugField(max_length=80)
    time_zone = models.CharField(max_length=64, default="Asia/Ho_Chi_Minh")
    country = models.CharField(max_length=2, default="VN")
    """Whose public holidays are days off (library `holidays`)."""
    working_hours = models.JSONField(default=dict)
    """Weekday ("0" is Monday) → list of [from, to], as "HH:MM"."""
    emergency_numbers = models.JSONField(default=list)
    """List of {"number": …, "name": {language: …}}."""
    refused_words = models.JSONField(default=list)
    """Words that the city adds to the floor of `core.refused_words`."""
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "cities"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_city")]


class Area(models.Model):
    """A ward or commune with its border."""

    code = models.SlugField(max_length=40, unique=True)
    name = TranslatedField()
    shape = models.JSONField()
    """GeoJSON Polygon or MultiPolygon in WGS 84."""
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]


class Body(models.Model):
    """An office of the city that reports are given to."""

    code = models.SlugField(max_length=40, unique=True)
    name = TranslatedField()
    phone = models.CharField(max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = "bodies"


class Group(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = TranslatedField()
    icon = models.SlugField(max_length=40, default="paper")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]


class Category(models.Model):
    """What a report can be about: a place or a service, never a person or an opinion."""

    class Place(models.TextChoices):
        POINT = "point"
        AREA = "area"
        NONE = "none"

    code = models.SlugField(max_length=64, unique=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="categories")
    name = TranslatedField()
    description = TranslatedField()
    icon = models.SlugField(max_length=40, default="paper")
    place = models.CharField(max_length=5, choices=Place.choices, default=Place.POINT)
    private = models.BooleanField(default=False)
    oversight = models.BooleanField(default=False)
    danger = models.BooleanField(default=False)
    legal_notice = models.BooleanField(default=False)
    """The form says that this is no complaint or denunciation in law."""
    acknowledge_amount = models.PositiveSmallIntegerField(default=2)
    acknowledge_unit = models.CharField(
        max_length=13, choices=[(u, u) for u in Unit], default=Unit.WORKING_DAYS
    )
    resolve_amount = models.PositiveSmallIntegerField(default=10)
    resolve_unit = models.CharField(
        max_length=13, choices=[(u, u) for u in Unit], default=Unit.WORKING_DAYS
    )
    active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name_plural = "categories"


class Question(models.Model):
    """Something more that a category asks; the types are those of Open311 GeoReport v2."""

    class Datatype(models.TextChoices):
        STRING = "string"
        NUMBER = "number"
        DATETIME = "datetime"
        TEXT = "text"
        SINGLE = "singlevaluelist"
        MULTI = "multivaluelist"

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=40)
    prompt = TranslatedField()
    help = TranslatedField(blank=True)
    datatype = models.CharField(max_length=15, choices=Datatype.choices)
    required = models.BooleanField(default=False)
    public = models.BooleanField(default=True)
    """Whether everybody sees the answer, or the body in charge alone."""
    choices = models.JSONField(default=list)
    """For the two list types: [[key, {language: …}], …]."""
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="one_question_a_code")
        ]


class Rule(models.Model):
    """Which body gets what; the most specific rule that fits decides (`core.routing`)."""

    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.CASCADE)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "group", "area"],
                nulls_distinct=False,
                name="one_rule_for_a_case",
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(group__isnull=True),
                name="rule_for_category_or_group",
            ),
        ]


class DayOff(models.Model):
    """A day that the city's own table says is off, or (`working`) is worked after all."""

    date = models.DateField(primary_key=True)
    working = models.BooleanField(default=False)
    name = TranslatedField(blank=True)

    class Meta:
        verbose_name_plural = "days off"
