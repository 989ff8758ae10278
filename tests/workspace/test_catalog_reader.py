"""What a catalog says of the fields of stored tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from audience.catalog import EventField, PropertyField, TraitField
from tests.workspace.folders import (
    MAY,
    NOW,
    catalog,
    event,
    identify,
    imported,
    parquet,
    plan,
    text,
    track,
)


def trait(home: Path, name: str) -> TraitField:
    found = catalog(home).trait(name)
    assert found is not None
    return found


def seen(home: Path) -> EventField:
    found = catalog(home).event("Seen")
    assert found is not None
    return found


def prop(home: Path, name: str) -> PropertyField:
    found = seen(home).property(name)
    assert found is not None
    return found


def test_values_are_the_most_frequent_first(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder,
        "users",
        id=list("abcdef"),
        tier=["b", "b", "a", "c", "c", None],
        vip=[True, False, False, None, None, None],
        visits=[10, 10, 2, 2, 2, None],
        score=[2.50, 2.50, 100.0, -1.25, None, None],
    )
    imported(folder, tmp_path)
    tier = trait(tmp_path, "tier")
    assert tier.stats.values == ("b", "c", "a")
    assert (tier.stats.distinct, tier.stats.complete, tier.seen.count) == (3, True, 5)
    assert trait(tmp_path, "vip").stats.values == ("false", "true")
    visits = trait(tmp_path, "visits").stats
    assert (visits.values, visits.minimum, visits.maximum) == (("2", "10"), "2", "10")
    score = trait(tmp_path, "score").stats
    assert (score.values, score.minimum, score.maximum) == (("2.5", "-1.25", "100"), "-1.25", "100")


def test_values_are_capped_and_then_not_complete(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    ids = [f"u{each:04}" for each in range(2000)]
    parquet(
        folder,
        "users",
        id=ids,
        often=[f"v{each % 501}" for each in range(2000)],
        just=[f"v{each % 500}" for each in range(2000)],
        each=[f"v{each}" for each in range(2000)],
        amount=[each % 60 for each in range(2000)],
        prose=["so " * 100 if each % 2 else "short" for each in range(2000)],
    )
    imported(folder, tmp_path)
    often, just, single = (trait(tmp_path, each).stats for each in ("often", "just", "each"))
    assert (len(often.values), often.complete, often.distinct) == (500, False, 501)
    assert (len(just.values), just.complete, just.distinct) == (500, True, 500)
    assert (len(single.values), single.complete, single.distinct) == (5, False, 2000)
    amount = trait(tmp_path, "amount").stats
    assert (len(amount.values), amount.complete, amount.distinct) == (5, False, 60)
    prose = trait(tmp_path, "prose").stats
    assert (prose.values, prose.complete, prose.distinct) == (("short",), False, 2)


def test_the_plans_values_win(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder, "users", id=["a", "b"], tier=["gold", "gold"], plan=["free", "odd"], note=["x", "y"]
    )
    plan(
        folder,
        identify(
            {"tier": {"enum": ["silver", "gold"]}, "plan": {"pattern": "free|pro"}, "note": {}}
        ),
    )
    imported(folder, tmp_path)
    tier, odd = trait(tmp_path, "tier").stats, trait(tmp_path, "plan").stats
    assert (tier.values, tier.complete) == (("silver", "gold"), True)
    # The data holds a value that the plan does not know: nobody may be told that these are all.
    assert (odd.values, odd.complete) == (("free", "pro"), False)
    assert trait(tmp_path, "note").stats.values == ("x", "y")


def test_lists_have_their_items_as_values(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder,
        "users",
        id=["a", "b", "c"],
        likes=[["x", "y z"], ["x"], []],
        raw=['["x","q"]', "[q]", None],
    )
    imported(folder, tmp_path)
    assert trait(tmp_path, "likes").stats.values == ("x", "y z")
    assert trait(tmp_path, "raw").stats.values == ("q", "x")
    assert trait(tmp_path, "likes").type == "list"


def test_dates_have_a_range_and_no_values(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder,
        "users",
        id=["a", "b"],
        born=[date(1990, 2, 28), date(2001, 1, 1)],
        seen=pa.array([MAY, None], pa.timestamp("us")),
    )
    imported(folder, tmp_path)
    born, last = trait(tmp_path, "born").stats, trait(tmp_path, "seen").stats
    assert (born.values, born.minimum, born.maximum) == ((), "1990-02-28", "2001-01-01")
    assert (last.minimum, last.maximum, last.distinct) == ("2026-05-10T09:30:00Z",) * 2 + (1,)


def test_fields_are_active_in_the_ninety_days_before_as_of(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    limit = NOW.replace(tzinfo=None) - timedelta(days=90)
    times = [limit - timedelta(seconds=1), limit, limit + timedelta(days=200)]
    parquet(folder, "users", id=["u1"], never=pa.array([None], pa.string()), city=["Rome"])
    event(
        folder,
        "seen",
        "Seen",
        ["u1"] * 3,
        timestamp=times,
        before=["x", None, None],
        on_the_day=[None, "x", None],
        later=[None, None, "x"],
    )
    imported(folder, tmp_path)
    found = seen(tmp_path).seen
    assert (found.count, found.last, found.active) == (3, limit.replace(tzinfo=UTC), True)
    assert not prop(tmp_path, "before").seen.active
    assert prop(tmp_path, "on_the_day").seen.active
    later = prop(tmp_path, "later").seen  # only after as_of: as good as never
    assert (later.count, later.last, later.active) == (1, None, False)
    assert trait(tmp_path, "city").seen.active
    assert not trait(tmp_path, "never").seen.active


def test_system_and_custom_fields_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u"], email=["a@b.example"], loyalty=["x"])
    parquet(folder, "accounts", id=["a"], industry=["x"], seats=[1])
    event(folder, "order_completed", "Order Completed", ["u"], total=[1.0], mood=["x"])
    event(folder, "seen", "Seen", ["u"], total=[1.0])
    parquet(folder, "pages", id=["1"], user_id=["u"], timestamp=[MAY], url=["x"])
    plan(folder, track("Email Opened", {"campaign_id": {}}))
    imported(folder, tmp_path)
    found = catalog(tmp_path)
    origins = {(getattr(each, "event", ""), each.name): each.origin for each in found.fields()}
    assert origins == {
        ("", "Order Completed"): "system",
        ("Order Completed", "total"): "system",
        ("Order Completed", "mood"): "custom",
        ("", "Seen"): "custom",
        ("Seen", "total"): "custom",
        ("", "Page Viewed"): "system",
        ("Page Viewed", "url"): "system",
        ("", "Email Opened"): "system",
        ("Email Opened", "campaign_id"): "system",
        ("", "email"): "system",
        ("", "loyalty"): "custom",
        ("", "industry"): "system",
        ("", "seats"): "custom",
    }


def test_values_of_personal_fields_are_not_kept(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    text(
        folder,
        "users.csv",
        "id,email,contact,firstName,note\n"
        "1,ada@x.example,ada@x.example,Ada,hello\n2,bo@x.example,+34 600 111 222,Bo,bo@x.example\n"
        "3,,,,hello\n4,,,,again\n",
    )
    plan(folder, identify({"firstName": {"enum": ["Ada", "Bo"]}}))
    imported(folder, tmp_path)
    for name in ("email", "contact", "firstName"):
        stats = trait(tmp_path, name).stats
        assert (stats.personal, stats.values, stats.complete) == (True, (), False), name
        assert stats.distinct == 2
    note = trait(tmp_path, "note").stats  # prose with one address in it: the address is not kept
    assert (note.personal, note.values, note.complete) == (True, (), False)


def test_reading_twice_gives_the_same_catalog(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    users = [f"u{each}" for each in range(300)]
    parquet(folder, "users", id=users, a=[f"{each % 7}" for each in range(300)])
    event(folder, "seen", "Seen", users, total=[each * 1.1 for each in range(300)])
    imported(folder, tmp_path)
    first = catalog(tmp_path)
    imported(folder, tmp_path)
    assert catalog(tmp_path) == first


def test_last_seen_is_an_aware_instant(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u"])
    event(folder, "seen", "Seen", ["u"])
    imported(folder, tmp_path)
    assert seen(tmp_path).seen.last == datetime(2026, 5, 10, 9, 30, tzinfo=UTC)


def test_the_most_events_that_a_user_has_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1", "u2"])
    event(folder, "seen", "Seen", ["u1", "u2", "u2", "stranger", "stranger", "stranger"])
    imported(folder, tmp_path)
    assert seen(tmp_path).most == 2
