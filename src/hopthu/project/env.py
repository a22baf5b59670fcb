"""What the operator configures: every `HOPTHU_*` environment variable, read once and loudly.

Each variable is described in `docs/operator.md`. A value that makes no sense stops the start with
one line that names the variable.
"""

import re
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, EnvError

from hopthu.core.mail_addresses import BadAddress, parse_address
from hopthu.outbox.channels import gateways
from hopthu.outbox.channels.gateways import BadGateway, Gateway, parse_gateway
from hopthu.outbox.channels.servers import BadServer, MailServer, parse_server
from hopthu.record.asking import BadWitness, Configured, parse_witnesses
from hopthu.record.key_files import web_key as key_file


class WrongSetting(SystemExit):
    """A `HOPTHU_*` variable cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Environment:
    data: Path
    """Folder of everything that a city owns: database, keys, photos."""
    database: dict[str, object]
    """Django's settings of the one database."""
    hosts: list[str]
    https: bool
    debug: bool
    secret_key: str
    map_tiles: str
    """URL template of street map images, or empty."""
    map_attribution: str
    address: str
    """Where residents reach the mailbox, as in `https://mailbox.example`: for links in letters."""
    photo_address: str
    """Where published photos are, on a host of their own; empty: with everything else."""
    mail_server: MailServer | None
    """Who takes letters; without one they are files in the data folder."""
    mail_from: str
    sms_gateway: Gateway | None
    """Who takes texts; without one no telephone number is asked for."""
    witnesses: tuple[Configured, ...]
    """Who is asked to cosign the public record."""
    proxies: tuple[IPv4Network | IPv6Network, ...]
    """Whose word is taken for where a request comes from."""


def read() -> Environment:
    env = Env()
    try:
        data = Path(env.str("HOPTHU_DATA", "data")).resolve()
        return Environment(
            data=data,
            database=_database(
                _secret(env, "HOPTHU_DATABASE_URL", "HOPTHU_DATABASE_URL_FILE"), data
            ),
            hosts=env.list("HOPTHU_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
            https=env.bool("HOPTHU_HTTPS", False),
            debug=env.bool("HOPTHU_DEBUG", False),
            secret_key=web_key(data, "secret_key").hex(),
            map_tiles=env.str("HOPTHU_MAP_TILES", ""),
            map_attribution=env.str("HOPTHU_MAP_ATTRIBUTION", ""),
            photo_address=_photo_address(env),
            **_mail(env),
            sms_gateway=_sms_gateway(env),
            witnesses=_witnesses(env.str("HOPTHU_WITNESSES", "")),
            proxies=_proxies(env.list("HOPTHU_PROXIES", [])),
        )
    except (EnvError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise WrongSetting(f"hopthu: {error}") from error


def web_key(data: Path, name: str) -> bytes:
    """32 secret bytes of the web process, as `init` wrote them.

    Before `init` there is no file: then they are random and die with the process, so that commands
    which need no secret (and the tests) run without a data folder.
    """
    path = key_file(data, name)
    return path.read_bytes() if path.exists() else secrets.token_bytes(32)


def _secret(env: Env, name: str, in_file: str) -> str:
    """A setting that may hold a password: as it is, or in a file that the process alone may read.

    What stands in the environment is seen by whoever may look at the process.
    """
    path = env.str(in_file, "")
    if not path:
        return env.str(name, "")
    if env.str(name, ""):
        raise EnvError(f"{name} and {in_file} are both set: one is enough")
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not text"
        raise EnvError(f'Environment variable "{in_file}" invalid: {path}: {why}') from error


class Mail(TypedDict):
    address: str
    mail_server: MailServer | None
    mail_from: str


def _mail(env: Env) -> Mail:
    """Whoever sends letters has to say from whom, and where their links lead."""
    server = _mail_server(_secret(env, "HOPTHU_SMTP_URL", "HOPTHU_SMTP_URL_FILE"))
    sender = env.str("HOPTHU_MAIL_FROM", "")
    address = env.str("HOPTHU_ADDRESS", "")
    if server and not (sender and address):
        raise EnvError("HOPTHU_SMTP_URL needs HOPTHU_MAIL_FROM and HOPTHU_ADDRESS beside it")
    return Mail(
        address=_address(address or "http://localhost:8000"),
        mail_server=server,
        mail_from=_mail_from(sender) if sender else "mailbox@localhost",
    )


def _sms_gateway(env: Env) -> Gateway | None:
    """Its secret is not read here: the web process needs none, and may not have it."""
    url = env.str("HOPTHU_SMS_URL", "")
    if not url:
        return None
    if not env.str("HOPTHU_ADDRESS", ""):
        raise EnvError("HOPTHU_SMS_URL needs HOPTHU_ADDRESS beside it")
    try:
        return parse_gateway(
            url,
            body=env.str("HOPTHU_SMS_BODY", "") or gateways.BODY,
            token_file=env.str("HOPTHU_SMS_TOKEN_FILE", ""),
            country=env.str("HOPTHU_SMS_COUNTRY", gateways.COUNTRY),
        )
    except BadGateway as error:
        raise EnvError(f"setting invalid: {error}") from error


def _photo_address(env: Env) -> str:
    """Another host than that of the pages: that is what it is for."""
    text = env.str("HOPTHU_PHOTO_ADDRESS", "")
    if not text:
        return ""
    wrong = 'Environment variable "HOPTHU_PHOTO_ADDRESS" invalid: '
    if not re.fullmatch(r"https?://[A-Za-z0-9.:-]+/?", text):
        raise EnvError(f"{wrong}not an address such as https://photos.mailbox.example")
    if urlsplit(text).netloc == urlsplit(env.str("HOPTHU_ADDRESS", "")).netloc:
        raise EnvError(f"{wrong}it has to be another host than HOPTHU_ADDRESS")
    return text.rstrip("/")


def _mail_server(url: str) -> MailServer | None:
    try:
        return parse_server(url) if url else None
    except BadServer as error:
        raise EnvError(f'Environment variable "HOPTHU_SMTP_URL" invalid: {error}') from error


def _mail_from(text: str) -> str:
    try:
        return parse_address(text)
    except BadAddress as error:
        raise EnvError(
            'Environment variable "HOPTHU_MAIL_FROM" invalid: not an e-mail address'
        ) from error


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", text):
        raise EnvError(
            'Environment variable "HOPTHU_ADDRESS" invalid: not an address such as '
            "https://mailbox.example"
        )
    return text.rstrip("/")


def _witnesses(text: str) -> tuple[Configured, ...]:
    try:
        return parse_witnesses(text)
    except BadWitness as error:
        raise EnvError(f'Environment variable "HOPTHU_WITNESSES" invalid: {error}') from error


def _proxies(texts: list[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(text.strip()) for text in texts if text.strip())
    except ValueError as error:
        raise EnvError(f'Environment variable "HOPTHU_PROXIES" invalid: {error}') from error


def _database(url: str, data: Path) -> dict[str, object]:
    if not url or url.startswith("sqlite"):
        return _sqlite(Path(url.removeprefix("sqlite:///")) if url else data / "hopthu.sqlite3")
    settings = dict(dj_database_url.parse(url))
    settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
    return settings


def _sqlite(path: Path) -> dict[str, object]:
    """SQLite for a server: one writer at a time that waits its turn, and durable commits."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;"
                "PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-16000;"
            ),
        },
    }
