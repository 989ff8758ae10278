import pytest

from workspace.snake_case import Keys, snake_case


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Order Completed", "order_completed"),
        ("productId", "product_id"),
        ("productID", "product_id"),
        ("HTTPServer", "httpserver"),
        ("orderIDName", "order_idname"),
        ("AB1C", "ab1c"),
        ("abc1Def", "abc1_def"),
        ("sample___text", "sample_text"),
        ("   $#$sample   2    Text   ", "sample_2_text"),
        ("___$$Base64Encode", "base64_encode"),
        ("FOO:BAR$BAZ", "foo_bar_baz"),
        ("something.com", "something_com"),
        ("address.postalCode", "address_postal_code"),
        ("address_1", "address_1"),
        ("__proto__", "proto"),
        ("•¶§ƒ˚foo˙∆˚¬", "foo"),
        ("é", ""),
    ],
)
def test_names_are_written_as_a_warehouse_writes_them(name: str, column: str) -> None:
    assert snake_case(name) == column
    assert snake_case(column) == column


@pytest.mark.parametrize(
    ("column", "keys", "key"),
    [
        ("order_id", ("orderId", "total"), "orderId"),
        ("order_id", ("orderId", "order_id"), "order_id"),
        ("größe", ("Größe",), "Größe"),
        ("gr_e", ("Größe",), "Größe"),
        ("orderid", ("orderId",), "orderId"),
        ("__proto__", ("__proto__",), "__proto__"),
        ("other", ("orderId",), None),
        ("!!!", ("???",), None),
    ],
)
def test_a_column_is_called_by_the_plans_key(
    column: str, keys: tuple[str, ...], key: str | None
) -> None:
    assert Keys(keys).find(column) == key
