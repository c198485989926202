// Enhancement only: the print button, and the section bar that says where the reader is.
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

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
