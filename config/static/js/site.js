// Enhancement only: the print button, the reader's choices, and the section bar that says where the reader is.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What a reader chose, kept by this browser alone; for this page only, where it keeps nothing.
const chosen = {};
function choice(name, usual) {
  try {
    return chosen[name] ?? localStorage.getItem(name) ?? usual;
  } catch {
    return chosen[name] ?? usual;
  }
}

function choose(name, value) {
  chosen[name] = value;
  try {
    localStorage.setItem(name, value);
  } catch {
    // It holds until the next page.
  }
}

function offer(button, name, usual, apply) {
  const show = () => {
    button.setAttribute("aria-pressed", String(choice(name, usual) === "on"));
    apply(choice(name, usual) === "on");
  };
  button.addEventListener("click", () => {
    choose(name, choice(name, usual) === "on" ? "off" : "on");
    show();
  });
  show();
}

for (const choices of document.querySelectorAll("[data-choices]")) {
  choices.hidden = false;
  offer(choices.querySelector("[data-large]"), "large", "off", (on) => {
    document.documentElement.classList.toggle("large", on);
  });
  offer(choices.querySelector("[data-slash]"), "slash", "on", () => {});
}

// "/" leads to the search, unless something is being typed. A single key has to be one that can be switched off
// (WCAG 2.1.4): the foot of each page does.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  const field = document.querySelector('[role="search"] input[type="search"], input[name="q"]');
  if (event.key !== "/" || typing || held || !field || choice("slash", "on") !== "on") return;
  event.preventDefault();
  field.focus();
  field.select();
});

const links = new Map();
for (const link of document.querySelectorAll("[data-sections] a")) {
  const section = document.getElementById(link.hash.slice(1));
  if (section) links.set(section, link);
}

if (links.size) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) links.get(target).setAttribute("aria-current", "location");
        else links.get(target).removeAttribute("aria-current");
      }
    },
    { rootMargin: "-30% 0px -69% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
}
