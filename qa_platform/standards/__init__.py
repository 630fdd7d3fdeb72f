"""The national standard: versions of its rubric, published once, and in force from a day on.

A published version is never edited: a correction is a new version. A submission is judged under
the version in force on the day it was accepted, for ever.

| Version of a rubric | Command | Leads to |
| --- | --- | --- |
| (none) | PublishRubric | published |
| published | PutRubricInForce | in force |
| published, in force | RetireRubric | retired |
| retired | nothing | |
"""
