from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "hopthu.reports"

    def ready(self) -> None:
        from hopthu.outbox.letters import register, register_secret
        from hopthu.reports import letters, new_codes
        from hopthu.reports.following import letters as following

        register(letters.TOPIC, letters.write)
        register_secret(new_codes.TOPIC, new_codes.write)
        for topic, write in following.TOPICS.items():
            register(topic, write)
