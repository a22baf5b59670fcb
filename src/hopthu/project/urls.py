"""Where each surface begins."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hopthu.public.urls")),
    path("desk/", include("hopthu.desk.urls")),
]
handler400 = "hopthu.public.views.errors.bad_request"
handler403 = "hopthu.public.views.errors.forbidden"
handler404 = "hopthu.public.views.errors.not_found"
handler500 = "hopthu.public.views.errors.server_error"
