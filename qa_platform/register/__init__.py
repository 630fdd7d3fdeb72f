"""The public register as people read it: found by words and facets, each entry with its status and its history."""
