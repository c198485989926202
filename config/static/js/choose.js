// Twenty boxes are ticked by one button, and cleared by it when all of them were ticked.
"use strict";

for (const button of document.querySelectorAll("button[data-choose]")) {
  const boxes = [...document.getElementById(button.dataset.choose).querySelectorAll("input[name=chosen]")];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
