"use strict";
/* The order of rows: by buttons, by Alt and an arrow, by dragging. Without this file a number field does it. */
{
  const { field, rowsOf, say } = window.rows;
  const form = document.querySelector("form[data-rows]");

  const renumber = (list) => {
    rowsOf(list).forEach((row, index) => {
      field(row, "order").value = index + 1;
    });
    form.dispatchEvent(new Event("input"));
  };

  const move = (row, step) => {
    const list = row.parentElement;
    const rows = rowsOf(list);
    const other = rows[rows.indexOf(row) + step];
    if (!other) {
      return;
    }
    const focused = document.activeElement;
    list.insertBefore(row, step < 0 ? other : other.nextElementSibling);
    renumber(list);
    focused.focus();
    say(form.dataset.moved.replace("{n}", rowsOf(list).indexOf(row) + 1));
  };

  const button = (label, sign, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", act);
    return made;
  };

  const dress = (row) => {
    const order = field(row, "order");
    if (!order || order.closest(".row") !== row) {
      return;
    }
    order.type = "hidden";
    const tools = document.createElement("div");
    tools.className = "tools";
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.draggable = true;
    handle.textContent = "⠿";
    handle.setAttribute("aria-hidden", "true");
    tools.append(
      handle,
      button(form.dataset.up, "↑", () => move(row, -1)),
      button(form.dataset.down, "↓", () => move(row, 1)),
    );
    order.closest("label").replaceWith(order, tools);
  };

  if (form) {
    form.querySelectorAll(".row").forEach(dress);
    form.addEventListener("rows:added", (event) => {
      dress(event.detail);
      event.detail.querySelectorAll(".row").forEach(dress);
    });
    form.addEventListener("keydown", (event) => {
      const row = event.target.closest(".row");
      if (row && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
        event.preventDefault();
        move(row, event.key === "ArrowUp" ? -1 : 1);
      }
    });

    let dragged = null;
    form.addEventListener("dragstart", (event) => {
      dragged = event.target.matches(".handle") ? event.target.closest(".row") : null;
      if (dragged) {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setDragImage(dragged, 0, 0);
        dragged.classList.add("dragged");
      }
    });
    form.addEventListener("dragover", (event) => {
      const over = dragged && event.target.closest(".row");
      if (!over || over.parentElement !== dragged.parentElement) {
        return;
      }
      event.preventDefault();
      const box = over.getBoundingClientRect();
      const isBelow = event.clientY > box.top + box.height / 2;
      over.parentElement.insertBefore(dragged, isBelow ? over.nextElementSibling : over);
    });
    form.addEventListener("dragend", () => {
      if (dragged) {
        dragged.classList.remove("dragged");
        renumber(dragged.parentElement);
      }
      dragged = null;
    });
  }
}
