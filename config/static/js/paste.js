"use strict";
/* Pasting from Word and from tables. A text field keeps the paragraphs and nothing else (the server sees to it too);
   several lines pasted into a row become several rows, the columns of a table their fields. */
{
  const { add, say } = window.rows;
  const form = document.querySelector("form[data-rows]");

  const paragraphs = (text) =>
    text
      .replace(/\r\n|[\r\v\f\u2028\u2029]/g, "\n")
      .split("\n")
      .map((line) => line.replace(/^[ \t\u00a0\u3000]+|[ \t\u00a0\u3000]+$/g, ""))
      .join("\n")
      .replace(/\n{3,}/g, "\n\n");

  /* Through the browser's own command, so that Ctrl+Z takes it back. */
  const insert = (input, text) => {
    input.focus();
    if (!document.execCommand("insertText", false, text)) {
      input.setRangeText(text, input.selectionStart, input.selectionEnd, "end");
    }
  };

  const inputsFrom = (input) => {
    const inputs = [...input.closest(".cells").querySelectorAll("input:not([type=hidden], [type=checkbox])")];
    return inputs.slice(inputs.indexOf(input));
  };

  const fillRow = (input, line) => {
    const inputs = inputsFrom(input);
    line.split("\t").forEach((value, index) => {
      if (inputs[index]) {
        inputs[index].value = value.trim();
        inputs[index].dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  };

  const spread = (input, lines) => {
    const list = input.closest("ol");
    const name = window.rows.nameOf(input);
    const award = input.closest(".row").querySelector("[name$='-category_name']")?.value;
    lines.forEach((line, index) => {
      const row = index ? add(list, award ? { category_name: award } : {}) : input.closest(".row");
      fillRow(window.rows.field(row, name), line);
    });
    say(form.dataset.pasted.replace("{n}", lines.length));
  };

  form?.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (event.target.matches("textarea")) {
      event.preventDefault();
      insert(event.target, paragraphs(text));
    } else if (event.target.matches(".row input:not([type=date], [type=time])")) {
      const lines = text.split(/\r\n|[\r\n]/).filter((line) => line.trim());
      if (lines.length > 1 || text.includes("\t")) {
        event.preventDefault();
        spread(event.target, lines);
      }
    }
  });
}
