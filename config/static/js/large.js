// Large type, where this browser was told so. Kept by the browser alone: no cookie, and nothing is sent.
"use strict";

try {
  document.documentElement.classList.toggle("large", localStorage.getItem("large") === "on");
} catch {
  // A browser that keeps nothing shows the usual size.
}
