"""Who is at the other end: the one who has this machine, or people who sign in.

There are three ways to sign in, and none of them is on by itself: a password (`muster user add`), a
header that a proxy in front sets (MUSTER_SIGN_IN_HEADER), and OAuth by Chainlit's own settings.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from audience.problems import MusterError
from workspace.logins import Logins
from workspace.opening import chosen_name
from workspace.persons import LOCAL, InvalidPerson, person_name
from workspace.settings import Settings
from workspace.store import Store

log = logging.getLogger(__name__)

MOST_FAILURES, FORGOTTEN_AFTER = 10, 600.0  # wrong passwords for one name, within so many seconds


class SignInNeeded(MusterError):
    """The app would be open to others, and nobody would have to say who they are."""

    code = "sign_in_needed"


@dataclass(frozen=True)
class Ways:
    """The ways to sign in that are on. A header is the only one where it is set."""

    header: str | None = None
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    password: bool = False
    oauth: bool = False

    @property
    def local(self) -> bool:
        """Nobody signs in: there is one person, on this machine only."""
        return not (self.header or self.password or self.oauth)


def ways_of(settings: Settings, *, oauth: bool) -> Ways:
    """`oauth`: Chainlit's settings name a provider."""
    if settings.sign_in_header is not None:
        proxies = tuple(ip_network(each.strip()) for each in settings.sign_in_proxies.split(","))
        return Ways(header=settings.sign_in_header, proxies=proxies)
    stored = settings.database_url is not None or settings.store_file.exists()
    password = stored and bool(Logins(settings.store_url).all())
    return Ways(password=password, oauth=oauth)


def require_ways(ways: Ways, host: str) -> None:
    """Raises `SignInNeeded` where others could reach `host` and nobody signs in."""
    if ways.local and not _loopback(host):
        raise SignInNeeded(
            f"Nobody has to sign in yet, so Muster opens on this machine only, and not on {host}. "
            "First say who may come in: muster user add NAME --role owner. "
            "Or let a proxy say it (MUSTER_SIGN_IN_HEADER), or an OAuth provider."
        )


def loopback_name(host: str) -> bool:
    """A `Host` header that only this machine's own pages have."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _loopback(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host or "0.0.0.0", None, flags=socket.AI_PASSIVE)
    except OSError:
        return False
    return all(ip_address(str(each[4][0]).split("%")[0]).is_loopback for each in found)


@dataclass(frozen=True)
class SignedIn:
    """What a cookie says: who, and when they signed in."""

    person: str
    at: datetime


class Door:
    """Says who may come in, and who may stay. Every method may read the store, and waits for it."""

    def __init__(self, settings: Settings, ways: Ways) -> None:
        self.ways = ways
        self._settings = settings
        self._failures: dict[str, list[float]] = {}

    def by_password(self, name: str, password: str) -> str | None:
        """The person's name as it is kept; None for a wrong name or password, or too many of them."""
        key = name.strip().casefold()[:200]
        now = time.monotonic()
        recent = [at for at in self._failures.get(key, []) if now - at < FORGOTTEN_AFTER]
        if len(recent) >= MOST_FAILURES:
            log.warning("Too many wrong passwords for one name; refused for a while.")
            return None
        person = Logins(self._settings.store_url).verified(name, password)
        if person is None:
            self._failures[key] = [*recent, now]
        else:
            self._failures.pop(key, None)
        return person

    def by_header(self, headers: Mapping[str, str]) -> str | None:
        """Whom the proxy names; the local person where nobody signs in."""
        if self.ways.local:
            return LOCAL
        value = headers.get(self.ways.header) if self.ways.header else None
        try:
            return person_name(value) if value else None
        except InvalidPerson:
            return None

    def by_provider(self, identifier: str) -> str | None:
        """Who signed in with an OAuth provider comes in when an owner has given them a role."""
        try:
            person = person_name(identifier)
        except InvalidPerson:
            return None
        return person if self._has_role(person) else None

    def believes(self, peer: str | None) -> bool:
        """The header is set by a proxy of ours, not by whoever reaches the port."""
        try:
            address = ip_address(peer or "")
        except ValueError:
            return False
        return any(address in each for each in self.ways.proxies)

    def lets_stay(self, signed_in: SignedIn) -> bool:
        """Who was removed, or whose password was changed since, has to sign in again."""
        if self.ways.local or signed_in.person == LOCAL:
            return self.ways.local and signed_in.person == LOCAL
        if self.ways.header is not None:
            return True  # the proxy says so with every request
        login = Logins(self._settings.store_url).find(signed_in.person)
        if login is not None and self.ways.password:
            return signed_in.at >= login.changed_at.replace(microsecond=0)
        return self.ways.oauth and self._has_role(signed_in.person)

    def _has_role(self, person: str) -> bool:
        store = Store(self._settings.store_url)
        return person in store.roles(chosen_name(self._settings))


def read_token(token: str | None) -> SignedIn | None:
    """What Chainlit's token says; None when there is none, or it has expired, or is not ours."""
    import jwt
    from chainlit.auth.jwt import get_jwt_secret

    try:
        said = jwt.decode(
            token or "",
            get_jwt_secret() or "",
            algorithms=["HS256"],
            options={"require": ["exp", "iat", "identifier"]},
        )
    except jwt.InvalidTokenError:
        return None
    return SignedIn(str(said["identifier"]), datetime.fromtimestamp(float(said["iat"]), UTC))
