"""The settings of an installation, from the environment and from a `.env` file.

An empty variable counts as not set. A value that cannot be used raises `InvalidSetting`, which names
the variable.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from audience.problems import MusterError
from workspace.persons import LOCAL, person_name

CHECKOUT = Path(__file__).resolve().parent.parent
BUILTIN = "builtin"


class InvalidSetting(MusterError):
    """A setting whose value cannot be used; the message names it."""

    code = "invalid_setting"


class Settings(BaseSettings):
    """Every setting, by the name of its environment variable."""

    # The current directory's .env wins over the checkout's.
    model_config = SettingsConfigDict(
        env_file=(CHECKOUT / ".env", ".env"),
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(default=CHECKOUT / ".muster", alias="MUSTER_HOME")
    workspace: str | None = Field(default=None, alias="MUSTER_WORKSPACE")

    model: str = Field(default=BUILTIN, alias="MUSTER_MODEL")
    openai_api_key: SecretStr | None = Field(default=None, alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(default=None, alias="OPENAI_BASE_URL")
    builtin_first: bool = Field(default=True, alias="MUSTER_BUILTIN_FIRST")
    model_timeout: float = Field(default=60, gt=0, le=3600, alias="MUSTER_MODEL_TIMEOUT")
    """Seconds."""
    model_tokens: int = Field(default=500, ge=50, le=100_000, alias="MUSTER_MODEL_TOKENS")
    """About how many tokens of a request may list fields and their values."""
    price_in: float | None = Field(default=None, ge=0, alias="MUSTER_PRICE_IN")
    price_out: float | None = Field(default=None, ge=0, alias="MUSTER_PRICE_OUT")
    """Of a million tokens sent, and of a million received, in any currency."""

    prompt_min: int = Field(default=20, ge=0, alias="MUSTER_PROMPT_MIN")
    """Characters after trimming, of a first description."""
    prompt_max: int = Field(default=300, ge=1, alias="MUSTER_PROMPT_MAX")

    database_url: SecretStr | None = Field(default=None, alias="MUSTER_DATABASE_URL")
    """SQLAlchemy address of a PostgreSQL. It may carry a password, hence the secret."""

    sign_in_header: str | None = Field(default=None, alias="MUSTER_SIGN_IN_HEADER")
    """The header in which a proxy in front says who is signed in; without it no header is believed."""
    sign_in_proxies: str = Field(default="127.0.0.1,::1", alias="MUSTER_SIGN_IN_PROXIES")
    """Addresses from which that header is believed, with commas between them."""
    person: str | None = Field(default=None, alias="MUSTER_PERSON")
    """As whom the command line acts; else as the one who has this machine and owns all on it."""

    embedding: str = Field(default=BUILTIN, alias="MUSTER_EMBEDDING")
    """`builtin`, `chroma` (Chroma's default), or the name of a model at OPENAI_BASE_URL."""
    active_days: int = Field(default=90, ge=1, alias="MUSTER_ACTIVE_DAYS")
    """A field is active when it was seen in this many days before as_of."""
    recently_days: int = Field(default=30, ge=1, alias="MUSTER_RECENTLY_DAYS")
    """What "recently" means."""

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("openai_base_url")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if address is not None and not address.startswith(("http://", "https://")):
            raise ValueError("must be an address that starts with http:// or https://")
        if address is not None and "@" in urlsplit(address).netloc:  # addresses get into logs
            raise ValueError("must hold no name and password; a key goes into OPENAI_API_KEY")
        return address

    @field_validator("database_url")
    @classmethod
    def _postgresql(cls, url: SecretStr | None) -> SecretStr | None:
        if url is None:
            return None
        scheme, separator, rest = url.get_secret_value().partition("://")
        if not separator or scheme.split("+")[0] not in {"postgresql", "postgres"}:
            raise ValueError("must be an address like postgresql://user:password@host/database")
        return SecretStr(f"postgresql+psycopg://{rest}")

    @field_validator("person")
    @classmethod
    def _person(cls, name: str | None) -> str | None:
        if name is None or name == LOCAL:
            return None
        try:
            return person_name(name)
        except MusterError as error:
            raise ValueError(error.message) from None

    @field_validator("sign_in_header")
    @classmethod
    def _header(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise ValueError("must be the name of a header, such as X-Forwarded-User")
        return name

    @field_validator("sign_in_proxies")
    @classmethod
    def _proxies(cls, addresses: str) -> str:
        try:
            for each in addresses.split(","):
                ip_network(each.strip())
        except ValueError:
            raise ValueError(
                "must be addresses or networks, such as 10.0.0.7,10.1.0.0/16"
            ) from None
        return addresses

    @model_validator(mode="after")
    def _room_for_a_prompt(self) -> Settings:
        if self.prompt_min > self.prompt_max:
            raise ValueError(
                f"MUSTER_PROMPT_MIN ({self.prompt_min}) must not be more than "
                f"MUSTER_PROMPT_MAX ({self.prompt_max})"
            )
        return self

    @property
    def store_url(self) -> str:
        """SQLAlchemy address of campaigns, audiences, terms and the audit list."""
        return self._url(self.store_file)

    @property
    def history_url(self) -> str:
        """SQLAlchemy address of the chat history. On SQLite it is a file of its own: it is written
        with every message, and a writer keeps other writers of its file out."""
        return self._url(self.home / "history.db")

    @property
    def store_file(self) -> Path:
        """The SQLite file that is used without MUSTER_DATABASE_URL."""
        return self.home / "muster.db"

    def _url(self, file: Path) -> str:
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{file}"


def load_settings(**overrides: Any) -> Settings:
    """The settings as they stand now; `overrides` are by field name, and None means not given.

    Raises `InvalidSetting`.
    """
    given = {
        # By alias: fields known by name too would be read from $HOME and the like.
        Settings.model_fields[name].alias or name: value
        for name, value in overrides.items()
        if value is not None
    }
    try:
        return Settings(**given)
    except ValidationError as error:
        raise InvalidSetting(_explained(error)) from None


def _explained(error: ValidationError) -> str:
    parts = []
    for each in error.errors(include_url=False, include_input=False, include_context=False):
        reason = each["msg"].removeprefix("Value error, ").removeprefix("Input ")
        place = ".".join(str(step) for step in each["loc"])
        field = Settings.model_fields.get(place)
        name = (field.alias if field else None) or place
        parts.append(f"{name} {reason}" if name else reason)
    return "; ".join(parts) + ". Correct it in the environment or in .env."
