"""What plain sentences speak of: fields, values, events and pairs of them, drawn from any schema."""
