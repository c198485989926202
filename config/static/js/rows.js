"use strict";
/* Rows on the admin's big screens: add, delete, go on with Enter. Without this file the empty rows at the end of
   each part, the box "delete" and the field "order" do the same. */
{
  const form = document.querySelector("form[data-rows]");
  const say = (text) => {
    form.querySelector("[data-say]").textContent = text;
  };
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const rowsOf = (list) => [...list.children].filter((row) => row.matches(".row"));
  const nameOf = (input) => input.name.slice(input.name.lastIndexOf("-") + 1);
  const firstInput = (row) => row.querySelector(".cells :is(input:not([type=hidden], [name$='-order']), select, textarea)");

  /* A new row at the end of a list. `values`: what it says already, by the field's name. */
  const add = (list, values = {}) => {
    const rows = list.closest(".rows");
    const prefix = rows.dataset.prefix;
    const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const outer = rows.parentElement.closest(".rows");
    const template = outer ? outer.querySelector("template[data-nested]") : rows.querySelector(":scope > template");
    const blank = prefix.replace(/-\d+-/, "-__prefix__-");
    const html = template.innerHTML
      .split(`${blank}-__prefix__`)
      .join(`${prefix}-${total.value}`);
    const place = Math.max(0, ...rowsOf(list).map((row) => Number(field(row, "order")?.value) || 0)) + 1;
    list.insertAdjacentHTML("beforeend", html);
    const row = list.lastElementChild;
    total.value = Number(total.value) + 1;
    for (const [name, value] of Object.entries({ order: place, ...values })) {
      if (field(row, name)) {
        field(row, name).value = value;
      }
    }
    prepare(row);
    form.dispatchEvent(new CustomEvent("rows:added", { detail: row }));
    return row;
  };

  /* The empty rows for those without JavaScript; only the last ones, so that the numbering has no gaps. */
  const dropBlank = (within) => {
    for (const rows of within.querySelectorAll(".rows")) {
      const { prefix } = rows.dataset;
      const total = rows.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
      const last = () => rows.querySelector(`[name="${prefix}-${total.value - 1}-id"]`)?.closest("[data-blank]");
      for (let row = last(); row; row = last()) {
        row.remove();
        total.value -= 1;
      }
    }
  };

  const prepare = (within) => {
    dropBlank(within);
    within.querySelectorAll("[data-add]").forEach((button) => (button.hidden = false));
  };

  /* `name`: the field to go to; the first one without it. */
  const addAndGo = (list, name) => {
    const award = list.parentElement.querySelector(":scope > [data-add]").dataset.add;
    const row = add(list, award ? { category_name: award } : {});
    const more = row.querySelector(":scope > .cells > details");
    if (more && award !== undefined) {
      more.open = !award; // outside the groups a winner says which award it is
    }
    (field(row, name) || firstInput(row)).focus();
    say(form.dataset.added.replace("{n}", rowsOf(list).length));
  };

  /* Enter goes to the same field of the next row and, from the last one, adds a row; it never saves by accident.
     With Ctrl it adds a row from any field, long texts too. */
  const goOn = (event) => {
    const input = event.target;
    const list = event.ctrlKey && event.key === "Enter" && input.closest(".row")?.parentElement;
    if (list) {
      event.preventDefault();
      addAndGo(list);
      return;
    }
    if (event.key !== "Enter" || event.isComposing || !input.matches("input:not([type=submit], [type=file])")) {
      return;
    }
    event.preventDefault();
    const row = input.closest(".row");
    const next = row && row.nextElementSibling;
    if (next) {
      (field(next, nameOf(input)) || firstInput(next)).focus();
    } else if (row) {
      addAndGo(row.parentElement, nameOf(input));
    }
  };

  const strike = (box) => {
    box.closest(".row").classList.toggle("struck", box.checked);
    box.parentElement.querySelector("span").textContent = box.checked ? form.dataset.undo : form.dataset.delete;
    say(box.checked ? form.dataset.struck : "");
  };

  /* The department and post that the register has for a name: at once, though the server would fill them too. */
  const fill = (input) => {
    const row = input.closest(".row");
    const found = [...document.getElementById("people").options].filter((one) => one.value === input.value.trim());
    for (const name of ["department_name", "post"]) {
      const target = field(row, name);
      if (target && found.length === 1 && (!target.value || target.value === target.dataset.filled)) {
        target.value = target.dataset.filled = found[0].dataset[name === "post" ? "post" : "department"] || "";
      }
    }
  };

  if (form) {
    prepare(form);
    for (const keys of document.querySelectorAll("[data-keys]")) {
      keys.hidden = !form.querySelector("[data-add]");
    }
    form.querySelectorAll("[name$='-DELETE']:checked").forEach(strike);
    form.addEventListener("keydown", goOn);
    document.addEventListener("keydown", (event) => {
      const save = form.querySelector("[name=_continue]");
      if (save && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        save.click();
      }
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add]");
      if (button) {
        addAndGo(button.parentElement.querySelector(":scope > ol"));
      }
    });
    form.addEventListener("change", (event) => {
      if (event.target.matches("[name$='-DELETE']")) {
        strike(event.target);
      } else if (event.target.matches("[name$='-name'][list=people]")) {
        fill(event.target);
      }
    });

    let isDirty = form.matches("[data-dirty]") || Boolean(form.querySelector(".problems"));
    let isSent = false;
    form.addEventListener("input", () => (isDirty = true));
    form.addEventListener("rows:added", () => (isDirty = true));
    form.addEventListener("submit", (event) => {
      if (isSent) {
        event.preventDefault(); // a second click on "save"
      }
      isSent = true;
      isDirty = false;
    });
    window.addEventListener("pageshow", () => (isSent = false));
    window.addEventListener("beforeunload", (event) => {
      if (isDirty) {
        event.preventDefault();
        event.returnValue = "";
      }
    });
  }
  window.rows = { add, field, rowsOf, nameOf, say };
}
