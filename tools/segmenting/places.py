"""Names of places for their codes."""

from __future__ import annotations

from audience.catalog import PropertyField, TraitField


def place_name(field: TraitField | PropertyField, value: str) -> str:
    """The country's name for a two-letter code in a field of countries; else the value itself."""
    if "country" not in field.name.casefold() or len(value) != 2 or not value.isupper():
        return value
    import pycountry

    country = pycountry.countries.get(alpha_2=value)
    if country is None:
        return value
    name = str(getattr(country, "common_name", country.name))
    return f"the {name}" if name.startswith(("United", "Netherlands")) else name
