from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hopthu.reports"

    def ready(self) -> None:
        from hopthu.outbox.letters import register
        from hopthu.reports import letters

        register(letters.TOPIC, letters.write)
