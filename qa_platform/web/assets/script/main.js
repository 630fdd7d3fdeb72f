// What script adds to pages that work without it.
import { Button, ErrorSummary, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, ErrorSummary, ServiceNavigation, SkipLink]) createAll(component);

// What is folded away on a narrow screen has room on a wide one.
if (matchMedia("(min-width: 48em)").matches) {
  for (const folded of document.querySelectorAll("details[data-open-when-wide]")) folded.open = true;
}
