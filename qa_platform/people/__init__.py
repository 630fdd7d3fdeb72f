"""Accounts: who may act, in which roles, and with which API tokens.

A person is a random pseudonym; name, e-mail and telephone are sealed under the person's own key.

| State       | Commands                                                                            |
| ----------- | ----------------------------------------------------------------------------------- |
| unknown     | RegisterPerson, DestroySubjectKey (for people who are named but have no account)     |
| active      | ChangeContact, GrantRole, WithdrawRole, IssueToken, RevokeToken, DeactivatePerson, DestroySubjectKey |
| deactivated | WithdrawRole, RevokeToken, DestroySubjectKey                                         |
"""
