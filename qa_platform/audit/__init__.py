"""Looking back: a case's timeline and its whole state at any instant, as any role could see it.

`sight` is the only interpreter of who may see an event; everything here goes through it.
Nothing is stored: a state is folded from the events that the viewer sees, and from nothing else.
"""
