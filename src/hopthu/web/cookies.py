"""What cookies are called. Under HTTPS their names bind the browser (RFC 6265bis § 4.1.3).

`__Host-`: set by this host alone, over HTTPS, and sent to nobody else. `__Secure-`: over HTTPS
alone; for those that go to one address only, which the other kind cannot.
"""

from django.conf import settings


def host(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else name


def narrow(name: str) -> str:
    return f"__Secure-{name}" if settings.HTTPS else name
