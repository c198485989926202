"use strict";
/* After saving, the cursor stands where it stood. Kept for that moment is the place alone: which part, which field,
   which of its rows; never what was typed. Rows are counted, as saving gives them other numbers. */
{
  const PLACE = "place";
  const form = document.querySelector("form[data-rows]");
  const alike = (part, name) =>
    [...document.querySelectorAll(`#${CSS.escape(part || "form")} [name$="${CSS.escape(name)}"]`)].filter(
      (input) => !input.closest(".struck"),
    );

  const placeOf = (input) => {
    const part = input.closest(".part")?.id || "";
    const name = part ? `-${window.rows.nameOf(input)}` : input.name;
    return { part, name, row: alike(part, name).indexOf(input), top: window.scrollY };
  };

  const goTo = ({ part, name, row, top }) => {
    const input = alike(part, name)[row];
    if (input) {
      const folded = input.closest("details");
      if (folded) {
        folded.open = true;
      }
      window.scrollTo(0, top);
      input.focus({ preventScroll: true });
      input.scrollIntoView({ block: "nearest" });
    }
  };

  if (form) {
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    const attention = form.querySelector("[data-attention], .problems");
    if (attention) {
      attention.focus();
    } else if (kept) {
      goTo(kept);
    }
    let last = null; // a click on "save" takes the focus from where the work is
    form.addEventListener("focusin", (event) => {
      if (event.target.matches("input:not([type=submit], [type=file]), textarea, select")) {
        last = event.target;
      }
    });
    form.addEventListener("submit", () => {
      if (last?.isConnected && last.name) {
        sessionStorage.setItem(PLACE, JSON.stringify(placeOf(last)));
      }
    });
  }
}
