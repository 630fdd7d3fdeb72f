// What script adds to pages that work without it.
import { Button, ErrorSummary, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, ServiceNavigation, SkipLink]) createAll(component);
