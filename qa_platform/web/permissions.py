"""Who may ask what: one table, from method and endpoint to roles.

A role that is not named gets 403 for the whole route; what a permitted role may not see of it
is hidden row by row in the query, and answers 404. The order of the roles matters: whoever
holds several acts as the first of them, unless `X-Acting-As` names another. HEAD goes with
GET. A route that is missing here keeps the application from starting.
"""

from __future__ import annotations

from collections.abc import Mapping

from qa_platform.kernel.roles import Role

R = Role
Table = Mapping[tuple[str, str], tuple[Role, ...]]

# PUBLIC means that no token is needed. It stands last, so that whoever has a role acts in it.
STAFF = (
    R.INTAKE_OFFICER,
    R.COMMITTEE_SECRETARY,
    R.COMMITTEE_MEMBER,
    R.REGISTER_OFFICER,
    R.ADMINISTRATOR,
    R.AUDITOR,
)
PROVIDERS = (R.PROVIDER_OFFICER, R.ACCOUNTABLE_OFFICER)
REVIEWERS = (R.REVIEWER, R.LEAD_REVIEWER)
EVERYONE = tuple(role for role in Role if role not in {R.PUBLIC, R.SYSTEM})
ANYBODY = (*EVERYONE, R.PUBLIC)

# One table per context, in the order of the alphabet; endpoints are "<context>.<MethodView>".

WEB: Table = {
    ("GET", "static"): ANYBODY,
    ("GET", "web.api_asset"): ANYBODY,
    ("GET", "web.api_page"): ANYBODY,
    ("GET", "web.health"): ANYBODY,
    ("GET", "web.openapi_document"): ANYBODY,
    ("GET", "web.start"): ANYBODY,
}

PERMISSIONS: Table = {**WEB}
