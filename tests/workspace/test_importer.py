"""What an import makes of a good folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa

from tests.workspace.folders import (
    MAY,
    catalog,
    event,
    identify,
    imported,
    parquet,
    plan,
    rows,
    text,
    track,
)

WORKSPACE = Path("workspaces") / "w"
naive = datetime.fromisoformat


def test_users_and_events_of_parquet_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u2", "u1"], plan=["gold", None], age=[30, 41])
    event(folder, "order_completed", "Order Completed", ["u1", "u2"], total=[10.5, 20.0])
    stages: list[tuple[str, float]] = []
    report = imported(folder, tmp_path, progress=lambda *stage: stages.append(stage))

    assert (report.users, report.events, report.unknown_users, report.duplicates) == (2, 2, 0, 0)
    assert rows(tmp_path, "FROM users") == [("u1", None, 41), ("u2", "gold", 30)]
    assert rows(
        tmp_path, "SELECT user_id, timestamp, total, event, event_text FROM order_completed"
    ) == [
        ("u1", MAY, 10.5, "order_completed", "Order Completed"),
        ("u2", MAY, 20.0, "order_completed", "Order Completed"),
    ]
    shares = [share for _, share in stages]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    saved = json.loads((tmp_path / WORKSPACE / "report.json").read_text())
    assert (saved["users"], saved["events"], saved["fields"]) == (2, 2, 4)


def test_csv_reads_the_same_as_parquet(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    text(
        folder,
        "users.csv",
        "id,age,vip,born,seen,score,tags,note\n"
        '007,30,true,1990-02-01,2026-05-01T10:00:00Z,1.5,"[a, b]","said ""hi"", twice"\n'
        "8,,FALSE,,2026-05-01 12:00:00+02:00,2,[b],\n"
        'u9,41,,1985-12-31,2026-05-02,-.5e1,,"two\nlines"\n',
    )
    text(
        folder,
        "order_completed.csv",
        "id,user_id,timestamp,event,event_text,total\n"
        "e1,007,2026-05-10 09:30:00,order_completed,Order Completed,10\n",
    )
    report = imported(folder, tmp_path)
    assert (report.users, report.events) == (3, 1)
    types = {each.name: each.type for each in catalog(tmp_path).user_traits}
    assert types == {
        "age": "number",
        "vip": "boolean",
        "born": "date",
        "seen": "timestamp",
        "score": "number",
        "tags": "list",
        "note": "text",
    }
    found = rows(tmp_path, "SELECT id, age, vip, born::VARCHAR, seen, score, tags, note FROM users")
    assert found == [
        (
            "007",
            30,
            True,
            "1990-02-01",
            naive("2026-05-01T10:00"),
            1.5,
            "[a, b]",
            'said "hi", twice',
        ),
        ("8", None, False, None, naive("2026-05-01T10:00"), 2.0, "[b]", None),
        ("u9", 41, None, "1985-12-31", naive("2026-05-02T00:00"), -5.0, None, "two\nlines"),
    ]
    assert rows(tmp_path, "SELECT user_id, timestamp FROM order_completed") == [("007", MAY)]


def test_types_of_csv_columns_come_from_every_cell_and_from_the_plan(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    many = "".join(f"u{index},{index},{index}\n" for index in range(5000))
    text(folder, "users.csv", "id,mixed,code\n" + many + "last,n/a,007\n")
    plan(folder, identify({"code": {"type": "string"}}))
    imported(folder, tmp_path)
    types = {each.name: each.type for each in catalog(tmp_path).user_traits}
    assert types == {"mixed": "text", "code": "text"}
    assert rows(tmp_path, "SELECT mixed, code FROM users WHERE id = 'last'") == [("n/a", "007")]


def test_leading_zeros_and_long_digits_stay_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    text(folder, "users.csv", "id,zip,card,phone\n1,02108,1234567890123456789,+34600\n")
    imported(folder, tmp_path)
    assert rows(tmp_path, "FROM users") == [("1", "02108", "1234567890123456789", "+34600")]


def test_semicolons_byte_order_marks_and_windows_lines(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    text(folder, "users.csv", "\ufeffid; city\r\n1;Köln\r\n\r\n2;\r\n")
    imported(folder, tmp_path)
    assert rows(tmp_path, "FROM users") == [("1", "Köln"), ("2", None)]


def test_ids_are_text_whatever_their_type(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=[9, 10, 2])
    event(folder, "seen", "Seen", [10.0, None, 2.0])  # floats, as pandas makes of integers and gaps
    report = imported(folder, tmp_path)
    assert rows(tmp_path, "FROM users") == [("10",), ("2",), ("9",)]
    assert rows(tmp_path, "SELECT user_id FROM seen") == [("10",), ("2",)]
    assert report.unknown_users == 1


def test_unknown_users_are_counted_and_doubles_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1", "u2"])
    event(
        folder,
        "seen",
        "Seen",
        ["u1", "u1", "nobody", None, "u2"],
        id=["a", "a", "a", "b", "c"],
    )
    report = imported(folder, tmp_path)
    assert (report.events, report.unknown_users, report.duplicates) == (2, 2, 1)
    assert report.tables[0].rows == 2
    assert rows(tmp_path, "SELECT id, user_id FROM seen") == [("a", "u1"), ("c", "u2")]


def test_times_with_a_zone_are_converted_and_naive_ones_are_utc(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    east = timezone(timedelta(hours=2))
    zoned = pa.array([datetime(2026, 5, 1, 12, tzinfo=east)], pa.timestamp("us", tz="+02:00"))
    nano = pa.array([naive("2026-05-01T12:00")], pa.timestamp("ns"))
    parquet(folder, "users", id=["u1"], zoned=zoned, nano=nano)
    event(folder, "seen", "Seen", ["u1"], timestamp=zoned)
    event(folder, "said", "Said", ["u1"], timestamp=["2026-05-01T12:00:00.5-03:00"])
    imported(folder, tmp_path)
    assert rows(tmp_path, "SELECT zoned, nano FROM users") == [
        (naive("2026-05-01T10:00"), naive("2026-05-01T12:00"))
    ]
    assert rows(tmp_path, "SELECT timestamp FROM seen") == [(naive("2026-05-01T10:00"),)]
    assert rows(tmp_path, "SELECT timestamp FROM said") == [(naive("2026-05-01T15:00:00.5"),)]


def test_events_are_stored_by_user_and_time(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=[f"u{each}" for each in range(50)])
    users = [f"u{each * 7 % 50}" for each in range(500)]
    times = [MAY - timedelta(minutes=each * 37 % 500) for each in range(500)]
    event(folder, "seen", "Seen", users, timestamp=times)
    imported(folder, tmp_path)
    stored = rows(tmp_path, "SELECT user_id, timestamp FROM seen")
    assert stored == sorted(zip(users, times, strict=True))


def test_pages_and_screens_are_events_and_raw_tables_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"], received_at=[MAY], context_ip=["1.2.3.4"], city=["Lyon"])
    for table in ("pages", "screens"):
        parquet(
            folder,
            table,
            id=["1"],
            user_id=["u1"],
            timestamp=[MAY],
            name=["Home"],
            context_page_url=["x"],
            anonymous_id=["a"],
            uuid_ts=[MAY],
        )
    for table in ("tracks", "identifies", "aliases"):
        parquet(folder, table, id=["1"], user_id=["u1"], event_text=["x"])
    text(folder, "notes.txt", "hello")
    report = imported(folder, tmp_path)
    found = catalog(tmp_path)
    assert [(each.name, each.table) for each in found.events] == [
        ("Page Viewed", "pages"),
        ("Screen Viewed", "screens"),
    ]
    assert [each.name for each in found.events[0].properties] == ["name"]
    assert [each.name for each in found.user_traits] == ["city"]
    assert any("notes.txt" in each for each in report.notes)
    assert rows(tmp_path, "SELECT event_text FROM pages") == [("Page Viewed",)]


def test_names_come_from_event_text_and_from_the_plans_keys(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder, "users", id=["u1"], first_name=["Ada"], order_count=[3], home_address_city=["Rome"]
    )
    event(folder, "order_completed", "Order Completed", ["u1"], product_id=["p"], extra=[1])
    plan(
        folder,
        track(
            "Order Completed",
            {"productId": {"type": "string", "description": "The product"}},
            "Bought",
        ),
        identify(
            {
                "firstName": {"type": "string"},
                "homeAddress": {"type": "object", "properties": {"city": {"description": "Town"}}},
            }
        ),
    )
    imported(folder, tmp_path)
    found = catalog(tmp_path)
    order = found.event("Order Completed")
    assert order is not None
    assert order is found.event("order_completed")
    assert order.description == "Bought"
    product = order.property("productId")
    assert product is not None
    assert product is order.property("product_id")
    assert (product.name, product.column, product.description) == (
        "productId",
        "product_id",
        "The product",
    )
    assert [each.name for each in order.properties] == ["productId", "extra"]
    names = [each.name for each in found.user_traits]
    assert names == ["firstName", "order_count", "homeAddress.city"]
    city = found.trait("home_address_city")
    assert city is not None
    assert (city.name, city.description) == ("homeAddress.city", "Town")


def test_accounts_and_groups(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1", "u2"])
    parquet(folder, "accounts", id=[1, 2], name=["One", "Two"], employees=[10, None])
    parquet(
        folder,
        "groups",
        user_id=["u1", "u1", "u2", "nobody", "u2"],
        group_id=[1, 1, 2, 1, 9],
        id=["a", "b", "c", "d", "e"],
    )
    plan(folder, identify({"employees": {"description": "Headcount"}}, "GROUP"))
    report = imported(folder, tmp_path)
    found = catalog(tmp_path)
    assert found.has_accounts
    assert (report.accounts, report.groups) == (2, 2)
    assert rows(tmp_path, "FROM groups") == [("u1", "1"), ("u2", "2")]
    employees = found.trait("employees", "account")
    assert employees is not None
    assert (employees.owner, employees.type, employees.description) == (
        "account",
        "number",
        "Headcount",
    )


def test_a_plan_alone_is_a_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    plan(
        folder,
        track("Order Completed", {"total": {"type": "number"}}),
        identify({"tier": {"type": "string", "enum": ["gold", "silver"]}}),
    )
    report = imported(folder, tmp_path)
    found = catalog(tmp_path)
    assert (report.has_data, found.has_data, report.users) == (False, False, 0)
    assert [each.name for each in found.fields()] == ["Order Completed", "total", "tier"]
    assert not any(each.seen.active for each in found.fields())


def test_what_only_the_plan_has_can_be_queried_and_is_empty(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    event(folder, "seen", "Seen", ["u1"])
    plan(
        folder,
        track("Seen", {"how": {"type": "string"}}),
        track(
            "Order Completed",
            {"total": {"type": "number"}, "paidAt": {"type": "string", "format": "date-time"}},
        ),
        identify({"born": {"type": "string", "format": "date"}}),
    )
    imported(folder, tmp_path)
    assert rows(tmp_path, "SELECT how FROM seen") == [(None,)]
    assert rows(tmp_path, "SELECT user_id, timestamp, total, paid_at FROM order_completed") == []
    assert rows(tmp_path, "SELECT born FROM users") == [(None,)]
    types = {each.name: each.type for each in catalog(tmp_path).fields() if each.kind != "event"}
    assert types == {"how": "text", "total": "number", "paidAt": "timestamp", "born": "date"}


def test_settings_of_the_workspace_reach_the_catalog(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    text(
        folder,
        "workspace.yaml",
        "name: acme\nas_of: 2026-01-01\ntimezone: Europe/Madrid\ncurrency: EUR\n"
        "lookback_days: 400\nglossary:\n  VIP: trait('x') = 'y'\n",
    )
    text(folder, "strategies.yaml", "strategies: [{key: a, name: A}]")
    report = imported(folder, tmp_path, name="")
    found = catalog(tmp_path, "acme")
    assert report.name == "acme"
    assert (found.timezone, found.currency, found.lookback_days) == ("Europe/Madrid", "EUR", 400)
    assert found.glossary == {"VIP": "trait('x') = 'y'"}
    assert (tmp_path / "workspaces" / "acme" / "strategies.yaml").exists()


def test_a_term_of_the_glossary_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"], tier=["gold"])
    text(
        folder,
        "workspace.yaml",
        "glossary:\n  VIP: trait('tier') one_of ['gold']\n"
        "  big: trait('orders') > 9\n  good: trait('tier') = 'gold'\n",
    )
    told = [each for each in imported(folder, tmp_path).notes if "glossary" in each]
    assert [each.split("”")[0] for each in told] == ["glossary: “VIP", "glossary: “big"]


def test_without_any_name_the_folder_gives_it(tmp_path: Path) -> None:
    parquet(tmp_path / "my export", "users", id=["u1"])
    assert imported(tmp_path / "my export", tmp_path, name="").name == "my export"


def test_columns_of_every_type_of_parquet(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(
        folder,
        "users",
        id=["u1", "u2"],
        small=pa.array([1, None], pa.int8()),
        large=pa.array([2**63, None], pa.uint64()),
        single=pa.array([0.1, None], pa.float32()),
        exact=pa.array([None, None], pa.decimal128(10, 2)),
        nan=[float("nan"), 1.0],
        endless=[float("inf"), 1.0],
        day=pa.array([0, None], pa.date32()),
        words=pa.array([["a", "b c"], []], pa.list_(pa.string())),
        numbers=pa.array([[1, 2], None], pa.list_(pa.int64())),
        kind=pa.array(["x", "y"]).dictionary_encode(),
        looks_like_list=["[a, b]", "[c]"],
        inner=[{"a": 1}, None],
    )
    report = imported(folder, tmp_path)
    types = {each.name: each.type for each in catalog(tmp_path).user_traits}
    assert types == {
        "small": "number",
        "large": "number",
        "single": "number",
        "exact": "number",
        "nan": "number",
        "endless": "number",
        "day": "date",
        "words": "list",
        "numbers": "list",
        "kind": "text",
        "looks_like_list": "list",
        "inner": "text",
    }
    first = rows(
        tmp_path,
        "SELECT small, large::VARCHAR, single, nan, endless, day::VARCHAR, words, numbers, kind"
        " FROM users WHERE id = 'u1'",
    )
    assert first == [(1, str(2**63), 0.1, None, None, "1970-01-01", "[a, b c]", "[1, 2]", "x")]
    assert rows(tmp_path, "SELECT words, numbers FROM users WHERE id = 'u2'") == [("[]", None)]
    assert any("endless" in each and "infinite" in each for each in report.notes)


def test_the_columns_type_counts_where_the_plan_says_another(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"], age=["41"], tags=["x"])
    plan(folder, identify({"age": {"type": "number"}, "tags": {"type": "array"}}))
    report = imported(folder, tmp_path)
    types = {each.name: each.type for each in catalog(tmp_path).user_traits}
    assert types == {"age": "text", "tags": "list"}
    assert [each for each in report.notes if "age" in each]
    assert not [each for each in report.notes if "tags" in each]


def test_hostile_names_are_names(tmp_path: Path) -> None:
    names = [
        "__proto__",
        'a"b',
        "a'b",
        "x; DROP TABLE users; --",
        "größe",
        "🛒",
        "select",
        "a b",
        "{c}",
        "%s?",
        "[x]*",
    ]
    folder = tmp_path / 'in [1] "quoted" * {c}'
    parquet(folder, "users", **{"id": ["u1"]} | {each: [f"<b>{each}</b>"] for each in names})
    for index, each in enumerate(names):
        event(folder, each, f"Event {each}", ["u1"], **{each: [index]})
    report = imported(folder, tmp_path, name="größe 🛒 'x'")
    found = catalog(tmp_path, "größe 🛒 'x'")
    assert report.events == len(names)
    assert [each.name for each in found.user_traits] == names
    assert {each.table for each in found.events} == set(names)
    for index, each in enumerate(names):
        stored = found.event(f"Event {each}")
        assert stored is not None
        assert stored.properties[0].name == each
        assert stored.properties[0].stats.values == (str(index),)


def test_two_tables_with_one_event_name_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    event(folder, "order_completed", "Order Completed", ["u1"])
    event(folder, "order_completed_v2", "Order Completed", ["u1"])
    report = imported(folder, tmp_path)
    assert [each.name for each in catalog(tmp_path).events] == [
        "Order Completed",
        "order_completed_v2",
    ]
    assert any("order_completed_v2" in each for each in report.notes)


def test_an_event_file_without_rows(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    text(folder, "order_completed.csv", "id,user_id,timestamp,event,event_text,total\n")
    text(folder, "seen.csv", "id,user_id,timestamp,event,event_text\n")
    plan(folder, track("Order Completed", {"total": {"type": "number"}}))
    imported(folder, tmp_path)
    found = catalog(tmp_path)
    assert [each.name for each in found.events] == ["Order Completed", "seen"]
    assert found.events[0].properties[0].type == "number"


def test_source_ids_are_kept_apart_from_properties(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    event(folder, "seen", "Seen", ["u1"], event_source_id=["web"])
    imported(folder, tmp_path)
    (seen,) = catalog(tmp_path).events
    assert seen.has_sources
    assert seen.properties == ()
    assert rows(tmp_path, "SELECT event_source_id FROM seen") == [("web",)]


def test_as_of_is_the_workspaces_else_now(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    parquet(folder, "users", id=["u1"])
    event(folder, "seen", "Seen", ["u1"])
    imported(folder, tmp_path, now=datetime(2026, 8, 8, tzinfo=UTC))
    assert catalog(tmp_path).events[0].seen.active
    imported(folder, tmp_path, now=datetime(2026, 8, 9, tzinfo=UTC))
    assert not catalog(tmp_path).events[0].seen.active
    imported(folder, tmp_path, now=datetime(2026, 8, 9, tzinfo=UTC), active_days=100)
    assert catalog(tmp_path).events[0].seen.active
    text(folder, "workspace.yaml", "as_of: 2026-06-01")
    imported(folder, tmp_path, now=datetime(2030, 1, 1, tzinfo=UTC))
    assert catalog(tmp_path).events[0].seen.active
