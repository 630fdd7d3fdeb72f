"""The demo: a simulated agency over two years, and the data it ships with.

Everything here is invented and says so: every name of a person or a provider ends in
“(simulated)”, and every event that can carries `simulated`. What is invented never names a
real body. Course titles are composed by rule from the Open Learning Index (Blackspirits,
CC BY 4.0; see `data/ATTRIBUTION.md`).

| File | Question it answers |
| --- | --- |
| `chance.py` | where does chance come from? |
| `titles.py` | what is a course called, and what is it about? |
| `names.py` | who are the people and the providers? |
| `content.py` | what does a complete submission say? |
| `scoring_model.py` | what does a reviewer score, and why? |
| `recognition.py` | how does a provider come to be recognised? |
| `calibrating.py` | how does somebody become a reviewer? |
| `deferring.py` | what happens when the committee wants to see more first? |
| `components.py` | how is a unit of an accredited programme listed? |
| `agency.py` | who does what, and when? |
| `run.py` | how does it get into a ledger? |
"""
