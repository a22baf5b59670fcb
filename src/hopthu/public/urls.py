"""The public addresses."""

from django.urls import URLPattern, path, register_converter

from hopthu.public.converters import NumberConverter, PhotoConverter
from hopthu.public.views.area import area, areas
from hopthu.public.views.areas_geojson import areas_geojson
from hopthu.public.views.basemap import basemap, basemap_sketch
from hopthu.public.views.erasure import erasure, erasure_asked
from hopthu.public.views.follow import follow
from hopthu.public.views.follow_contact import follow_contact
from hopthu.public.views.follow_cover import follow_cover
from hopthu.public.views.follow_erasure import follow_erasure
from hopthu.public.views.follow_export import follow_export
from hopthu.public.views.follow_lost import follow_lost
from hopthu.public.views.follow_photo import follow_photo
from hopthu.public.views.follow_proof import follow_proof
from hopthu.public.views.follow_step import follow_forget, follow_step
from hopthu.public.views.follow_telephone import follow_telephone
from hopthu.public.views.home import home
from hopthu.public.views.language import language
from hopthu.public.views.new import new
from hopthu.public.views.photo import photo
from hopthu.public.views.photo_upload import photo_thumb, photo_upload
from hopthu.public.views.principles import principles
from hopthu.public.views.privacy import privacy
from hopthu.public.views.receipt import receipt
from hopthu.public.views.record import record
from hopthu.public.views.record_check import record_check
from hopthu.public.views.report import report
from hopthu.public.views.report_json import report_json
from hopthu.public.views.reports import reports
from hopthu.public.views.subscribe import subscribe
from hopthu.public.views.subscription import subscription
from hopthu.public.views.subscription_confirm import subscription_confirm
from hopthu.public.views.subscription_end import subscription_end
from hopthu.public.views.support import support
from hopthu.public.views.tile import tile
from hopthu.public.views.unsubscribe import unsubscribe
from hopthu.public.views.values import values

register_converter(NumberConverter, "number")
register_converter(PhotoConverter, "photo")

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("reports", reports, name="reports"),
    path("reports/<number:number>.json", report_json, name="report_json"),
    path("reports/<number:number>", report, name="report"),
    path("reports/<number:number>/receipt.tlog-proof", receipt, name="receipt"),
    path("reports/<number:number>/support", support, name="support"),
    path("reports/<number:number>/erasure", erasure, name="erasure"),
    path("erasure", erasure_asked, name="erasure_asked"),
    path("areas", areas, name="areas"),
    path("areas/<str:code>", area, name="area"),
    path("photos/<photo:name>", photo, name="photo"),
    path("record", record, name="record"),
    path("record/check", record_check, name="record_check"),
    path("record/values.ndjson", values, name="values"),
    path("principles", principles, name="principles"),
    path("privacy", privacy, name="privacy"),
    path("language/<str:code>", language, name="language"),
    path("report/new", new, name="new"),
    path("report/photo", photo_upload, name="photo_upload"),
    path("report/photo/<slug:token>", photo_thumb, name="photo_thumb"),
    path("follow", follow, name="follow"),
    path("follow/photos/<photo:name>", follow_photo, name="follow_photo"),
    path("follow/photos/<int:pk>/cover", follow_cover, name="follow_cover"),
    path("follow/proof.json", follow_proof, name="follow_proof"),
    path("follow/everything.zip", follow_export, name="follow_export"),
    path("follow/forget", follow_forget, name="follow_forget"),
    path("follow/lost", follow_lost, name="follow_lost"),
    path("follow/erasure", follow_erasure, name="follow_erasure"),
    path("follow/contact", follow_contact, name="follow_contact"),
    path("follow/telephone", follow_telephone, name="follow_telephone"),
    path("unsubscribe/<str:token>", unsubscribe, name="unsubscribe"),
    path("letters", subscribe, name="subscribe"),
    path("letters/confirm/<str:link>", subscription_confirm, name="subscription_confirm"),
    path("letters/end/<str:link>", subscription_end, name="subscription_end"),
    path("letters/<str:link>", subscription, name="subscription"),
    path("follow/<slug:action>", follow_step, name="follow_step"),
    path("areas.geojson", areas_geojson, name="areas_geojson"),
    path("map/city.pmtiles", basemap, name="basemap"),
    path("map/city.geojson", basemap_sketch, name="basemap_sketch"),
    path("tiles/reports/<int:z>/<int:x>/<int:y>.json", tile, name="tile"),
]
