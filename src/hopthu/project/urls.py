"""Where each surface begins."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hopthu.public.urls")),
    path("desk/", include("hopthu.desk.urls")),
]
