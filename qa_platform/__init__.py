"""The platform of a national quality agency for micro-credentials; every fact in it is an event."""
