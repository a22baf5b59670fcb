"""What only the desk's templates use: `{% load desk %}`."""

from django import template
from django.template.loader import render_to_string

from hopthu.desk.forms.fields import Field

register = template.Library()


@register.simple_tag
def field(one: Field) -> str:
    """A field of a form, by the shared component that it names."""
    return render_to_string(one.template, one.context())
