// While a list is made the page says so and can stop it. Without scripts the browser itself does both.
"use strict";
{
  const making = document.querySelector(".making");
  const form = document.querySelector("#download")?.form;
  const bar = making?.querySelector("progress");
  let stop = null;

  const nameOf = (answer) => {
    const said = answer.headers.get("Content-Disposition") || "";
    const [, name] = /filename\*=utf-8''([^;]+)/i.exec(said) || /filename="([^"]+)"/.exec(said) || [];
    return said.startsWith("attachment") && name ? decodeURIComponent(name) : "";
  };

  const take = async () => {
    const data = new FormData(form);
    data.append("download", "1");
    const answer = await fetch(form.action, { method: "POST", body: data, signal: stop.signal });
    const name = nameOf(answer);
    if (!name) return false;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    return true;
  };

  const sendAsEver = () => {
    const button = Object.assign(document.createElement("input"), { type: "hidden", name: "download", value: "1" });
    form.append(button);
    form.submit();
  };

  form?.addEventListener("submit", async (event) => {
    if (event.submitter?.name !== "download") return;
    event.preventDefault();
    stop?.abort();
    const mine = (stop = new AbortController());
    making.hidden = false;
    bar.removeAttribute("value"); // it moves until the file is there
    try {
      // What is no file is a page that says what is wrong: the browser shows it.
      if (!(await take())) sendAsEver();
    } catch (error) {
      if (error.name !== "AbortError") sendAsEver();
    } finally {
      if (stop === mine) making.hidden = true;
    }
  });
  making?.querySelector("button").addEventListener("click", () => stop?.abort());
}
