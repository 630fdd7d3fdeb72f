"""The few words that every room speaks: event, decider, refusal, role.

Standard library and msgspec only; nothing here knows a database, a framework or a clock.
"""
