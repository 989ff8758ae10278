"""The tables of the store: what changes while people work."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

audiences = Table(
    "muster_audiences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace", String(200), nullable=False),
    Column("key", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("description", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("type", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("request_key", String(200)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("created_by", String(200), nullable=False),
    UniqueConstraint("workspace", "key"),
    UniqueConstraint("workspace", "request_key"),
)

campaigns = Table(
    "muster_campaigns",
    metadata,
    Column("id", String(100), primary_key=True),  # the thread of its dialogue
    Column("workspace", String(200), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("audience_key", String(100)),
    Column("brief", JSON, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

terms = Table(
    "muster_terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace", String(200), nullable=False),
    Column("version", String(20), nullable=False),
    Column("person", String(200), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("workspace", "version"),
)

roles = Table(
    "muster_roles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace", String(200), nullable=False),
    Column("person", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    UniqueConstraint("workspace", "person"),
)

audit = Table(
    "muster_audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("workspace", String(200), nullable=False, index=True),
    Column("person", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", JSON, nullable=False),
)

users = Table(
    "muster_users",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("password", String(300), nullable=False),  # its Argon2 hash
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
