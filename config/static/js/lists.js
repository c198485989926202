// A long list is compared piece by piece: the page asks for the next piece by itself, and shows how far it is.
"use strict";

const form = document.querySelector("form[data-continue]");
if (form) form.requestSubmit(form.querySelector("button[value=continue]"));
