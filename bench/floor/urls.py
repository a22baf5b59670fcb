from django.urls import path

from bench.floor import views

urlpatterns = [
    path("", views.hello),
    path("report/new", views.receive),
    path("reports", views.listing),
    path("reports/<str:number>", views.page),
]
