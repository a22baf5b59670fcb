"""One report, as it stands now; how it came to stand so is told by its events."""

from django.db import models
from django.db.models import Q

from hopthu.bodies.models import Area, Body, Category
from hopthu.core.geometry import Point
from hopthu.core.limits import MAX_LANDMARK, MAX_TEXT
from hopthu.core.orders import MAX_ISSUER, MAX_NUMBER, Order
from hopthu.core.terms import DeclineReason, HideReason, Outcome, Status, Step
from hopthu.people.models import Staff


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> "ReportQuerySet":
        return self.filter(visibility=Report.Visibility.PUBLIC)

    def told(self) -> "ReportQuerySet":
        """Those that anybody may be told of: not private, hidden, taken back or erased."""
        whole = self.public().exclude(status=Status.WITHDRAWN)
        return whole.exclude(events__kind=Step.ERASE)

    def open(self) -> "ReportQuerySet":
        return self.filter(closed_at__isnull=True)


class Report(models.Model):
    class Visibility(models.TextChoices):
        PUBLIC = "public"
        PRIVATE = "private"
        """Only the body in charge reads it."""
        HIDDEN = "hidden"

    class Source(models.TextChoices):
        WEB = "web"
        DESK = "desk"
        """Told to a clerk, at the counter or by phone."""
        IMPORT = "import"

    number = models.CharField(max_length=8, unique=True)
    submission = models.CharField(max_length=64, unique=True, null=True)
    """SHA-256 of the form's random id: the same form sent twice makes one report."""
    source = models.CharField(max_length=6, choices=Source.choices)
    source_id = models.CharField(max_length=120, unique=True, null=True)
    """What an imported report was called where it came from."""
    seq = models.PositiveIntegerField(default=1)
    """Number of the newest event; every write counts it up, and is conditional on it."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="reports")
    """Who has it; without a body it is the dispatcher's."""
    concerned = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    """Oversight: the body whose service the report is about."""
    assignee = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")

    text = models.CharField(max_length=MAX_TEXT, blank=True)
    details = models.JSONField(default=dict)
    """Answers to the category's questions, by question code."""
    withheld = models.JSONField(default=list)
    """Codes of the answers that only the body in charge reads, as the questions were then."""
    redacted = models.BooleanField(default=False)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT)
    landmark = models.CharField(max_length=MAX_LANDMARK, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    """Degrees, WGS 84, rounded to about 10 m before they are stored."""
    cell = models.BigIntegerField(null=True)
    """48-bit Morton code of the place (`core.geometry.cell`)."""
    search_text = models.TextField(blank=True)
    """`core.text.fold` of what may be searched."""

    status = models.CharField(max_length=11, choices=[(s, s) for s in Status])
    outcome = models.CharField(max_length=8, blank=True, choices=[(o, o) for o in Outcome])
    decline_reason = models.CharField(
        max_length=24, blank=True, choices=[(r, r) for r in DeclineReason]
    )
    visibility = models.CharField(max_length=7, choices=Visibility.choices)
    private = models.BooleanField(default=False)
    hide_reason = models.CharField(max_length=13, blank=True, choices=[(r, r) for r in HideReason])
    order_issuer = models.CharField(max_length=MAX_ISSUER, blank=True)
    order_number = models.CharField(max_length=MAX_NUMBER, blank=True)
    ordered_on = models.DateField(null=True)
    """Hidden by an order from outside (`core.orders`): whose, its public number, its day."""
    review_on = models.DateField(null=True)
    """And when it is looked at again."""
    hidden_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    hide_proposed_by = models.ForeignKey(
        Staff, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Hidden by an order: the other of the two who decided that."""
    review_asked_at = models.DateTimeField(null=True)
    """When the sender asked whether hiding it was right; once for each time that it is hidden."""
    reviewed_at = models.DateTimeField(null=True)
    """When somebody else decided that it was."""
    scheduled_for = models.DateField(null=True)
    recipient = models.CharField(max_length=200, blank=True)
    recipient_phone = models.CharField(max_length=40, blank=True)
    follow_up_on = models.DateField(null=True)
    """Referred: when the city asks there what became of it."""
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )

    received_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    """Time of the newest event; the next one is never before it, whatever the clock says."""
    acknowledge_by = models.DateTimeField()
    resolve_by = models.DateTimeField()
    """The promise in force."""
    first_resolve_by = models.DateTimeField()
    """The first promise: the one that numbers count against."""
    acknowledged_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """The city's question that the sender has not replied to."""
    closed_at = models.DateTimeField(null=True)
    """Set exactly while the status is a closed one."""
    withdrawn_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    disputes = models.PositiveSmallIntegerField(default=0)
    awaits_judgement = models.BooleanField(default=False)
    judge_by = models.DateTimeField(null=True)
    extended = models.BooleanField(default=False)
    reroutes = models.PositiveSmallIntegerField(default=0)
    supports = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["visibility", "-received_at", "-id"], name="report_list"),
            models.Index(
                fields=["visibility", "category", "-received_at", "-id"],
                name="report_list_category",
            ),
            models.Index(
                fields=["visibility", "area", "-received_at", "-id"], name="report_list_area"
            ),
            models.Index(
                fields=["visibility", "status", "outcome", "-received_at", "-id"],
                name="report_list_status",
            ),
            # Holds all that a map tile filters and counts by, so that it never touches the rows;
            # a partial index (public ones) is not chosen by SQLite where the value is a parameter.
            models.Index(
                fields=["visibility", "cell", "category", "status", "outcome", "area"],
                name="report_map",
            ),
            models.Index(
                fields=["body", "resolve_by", "id"],
                condition=Q(closed_at__isnull=True),
                name="report_queue",
            ),
            models.Index(fields=["visibility", "status", "-closed_at"], name="report_solved"),
            models.Index(
                fields=["review_on"],
                condition=Q(review_on__isnull=False),
                name="report_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="closed_at_tells_closed",
                condition=Q(
                    closed_at__isnull=True,
                    status__in=["received", "assigned", "in_progress", "scheduled"],
                )
                | Q(
                    closed_at__isnull=False,
                    status__in=["resolved", "declined", "referred", "duplicate", "withdrawn"],
                ),
            ),
            models.CheckConstraint(
                name="point_is_whole",
                condition=Q(lat=None, lon=None, cell=None)
                | Q(lat__isnull=False, lon__isnull=False, cell__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def point(self) -> Point | None:
        if self.lat is None or self.lon is None:
            return None
        return Point(self.lat, self.lon)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_hidden(self) -> bool:
        return self.visibility == self.Visibility.HIDDEN

    @property
    def order(self) -> Order | None:
        """What it is hidden by, if that is an order from outside."""
        if self.ordered_on is None or self.review_on is None:
            return None
        return Order(self.order_issuer, self.order_number, self.ordered_on, self.review_on)

    @property
    def review_waits(self) -> bool:
        """The sender asked for another look, and nobody has decided yet."""
        return self.is_hidden and self.review_asked_at is not None and self.reviewed_at is None

    @property
    def is_told(self) -> bool:
        """Whether everybody reads its words: it is not private, hidden or taken back."""
        return self.visibility == self.Visibility.PUBLIC and self.status != Status.WITHDRAWN

    @property
    def sender_disagrees(self) -> bool:
        """Closed although the sender said twice that it is not done: that stands and is counted."""
        return not self.is_open and self.disputes > 1 and self.confirmed_at is None
