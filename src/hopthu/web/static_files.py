"""Addresses of static files, by the hash of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """Works an address out once: while a process runs, the files and their hashes stay.

    Every page names a dozen of them, which otherwise takes a twentieth of its time.
    """

    support_js_module_import_aggregation = True
    """Scripts import one another by the changing names too: no reader mixes two releases."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        if force or name is None:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]
