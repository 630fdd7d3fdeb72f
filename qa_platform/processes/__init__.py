"""How one context's event becomes another's command: the journey of a submission, told in one place."""
