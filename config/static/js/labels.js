// The boxes that Django's autocomplete draws have no name of their own: they get that of their field's label.
"use strict";

// Behind Django's own function, which draws the boxes: jQuery keeps the order.
window.django?.jQuery?.(() => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling;
    if (!label || !box) continue;
    label.id = label.id || `label-of-${select.id}`;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox]")) {
      part.setAttribute("aria-labelledby", label.id);
    }
  }
});
