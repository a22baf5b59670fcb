from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hopthu.desk"

    def ready(self) -> None:
        from hopthu.desk.invitation_letter import write
        from hopthu.outbox.inviting import TOPIC
        from hopthu.outbox.letters import register_secret

        register_secret(TOPIC, write)
