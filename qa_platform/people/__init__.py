"""Accounts: who may act, in which roles, and with which API tokens.

A role is held for a provider, at one verification centre, or for the agency; one account acts in one house.
A person is a random pseudonym; name, e-mail and telephone are sealed under the person's own key.
People who are named but have no account have a key that can be destroyed, too.

| Account | Command | Leads to |
| --- | --- | --- |
| all but forgotten | DestroySubjectKey | forgotten |
| (none) | RegisterPerson | active |
| active | DeactivatePerson | closed |
| active | ChangeContact, GrantRole, IssueToken | stays |
| all but (none) | RevokeToken, WithdrawRole | stays |
| forgotten | DestroySubjectKey | stays |
"""
