from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hopthu.reports"

    def ready(self) -> None:
        from hopthu.outbox.letters import register
        from hopthu.reports import letters
        from hopthu.reports.following import letters as following

        register(letters.TOPIC, letters.write)
        for topic, write in following.TOPICS.items():
            register(topic, write)
