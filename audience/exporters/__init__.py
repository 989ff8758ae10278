"""Audiences for other systems: Segment, Klaviyo, HubSpot, SQL.

What a target cannot say is refused by name (NotSupported), never approximated in silence: where a target
reckons otherwise than Muster does, the export carries a note that says so.
"""
