"""`/principles`: what the mailbox never does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    return render(request, "public/principles.html")
