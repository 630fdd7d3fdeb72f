"""The room for a course put forward: its content, its intake check, and what became of it.

| State     | Leaves by                                                                        |
| --------- | -------------------------------------------------------------------------------- |
| draft     | LodgeSubmission, WithdrawSubmission; ChangeContent, NamePerson, RemovePerson stay |
| lodged    | AcceptSubmission, ReturnSubmission, CloseAtIntake, WithdrawSubmission             |
| returned  | LodgeSubmission, WithdrawSubmission, LapseSubmission; changes as in a draft,      |
|           | and ExtendReturn, once, stay                                                      |
| accepted  | WithdrawSubmission until it is decided; what follows is told in other rooms       |
| closed    | for ever                                                                         |
| withdrawn | for ever                                                                         |
| lapsed    | for ever                                                                         |
"""
