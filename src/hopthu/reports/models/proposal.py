"""An order to hide a report, put forward by one of the staff until a second person confirms it."""

from django.db import models

from hopthu.core.limits import MAX_TEXT
from hopthu.core.orders import MAX_ISSUER, MAX_NUMBER, Order
from hopthu.people.models import Staff
from hopthu.reports.models.report import Report


class Proposal(models.Model):
    """It changes nothing of the report; confirmed or dropped, the row is gone."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="proposal")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    """Who put it forward, and so cannot confirm it."""
    at = models.DateTimeField()
    issuer = models.CharField(max_length=MAX_ISSUER)
    number = models.CharField(max_length=MAX_NUMBER)
    day = models.DateField()
    review_on = models.DateField()
    words = models.CharField(max_length=MAX_TEXT)
    """What everybody will read beside the order."""

    @property
    def order(self) -> Order:
        return Order(self.issuer, self.number, self.day, self.review_on)
