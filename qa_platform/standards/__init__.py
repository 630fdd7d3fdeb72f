"""The national standard: versions of its rubric, published once, and in force from a day on.

A published version is never edited: a correction is a new version. A submission is judged under
the version in force on the day it was accepted, for ever.

| State of a version | Commands                                                              |
| ------------------ | --------------------------------------------------------------------- |
| unknown            | PublishRubric                                                         |
| published          | PutRubricInForce, RetireRubric; PublishRubric of the same text: nothing |
| in force           | RetireRubric                                                          |
| retired            | none: its cases keep it                                               |
"""
