"use strict";
/* Sends what is typed to the server, which keeps it until it is saved: soon after the first letter, then each minute,
   and on leaving the page. After the first time only what changed is sent: on leaving, browsers carry no more than
   64 KB. Nothing is kept in the browser itself, since court machines are shared. Without this file everything works,
   and nothing typed is kept. */
{
  const form = document.querySelector("form[data-typed]");
  const FIRST = 5000;
  const EACH = 60000;
  const MOST_ON_LEAVING = 20000; // characters of up to three bytes

  const state = () => {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") {
        fields[name] = value;
      }
    }
    return fields;
  };
  const differs = (one, other) =>
    Object.keys(one).length !== Object.keys(other).length || Object.keys(one).some((name) => one[name] !== other[name]);

  const run = () => {
    let known = form.matches("[data-dirty]") || form.querySelector(".problems") ? {} : state();
    let isWhole = true; // the server has nothing yet that changes could be added to
    let sending = null;
    let isSent = false;

    const message = (now) => {
      const sent = { user: form.dataset.user, page: now.typed_page, fields: now };
      if (!isWhole) {
        sent.fields = Object.fromEntries(Object.entries(now).filter(([name, value]) => known[name] !== value));
        sent.gone = Object.keys(known).filter((name) => !(name in now));
      }
      return JSON.stringify(sent);
    };

    const say = (text, isOut = false) => {
      document.querySelector("[data-kept-at]").textContent = text;
      document.querySelector("[data-signed-out]").hidden = !isOut;
    };

    const post = (body, keepalive) =>
      fetch(form.dataset.typed, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body,
        keepalive,
        redirect: "manual", // to the sign-in page
        signal: sending.signal,
      });

    /* After signing in again in another window the form has to carry a new token. */
    const renew = async () => {
      const answer = await fetch(form.dataset.typed, { redirect: "manual", signal: sending.signal });
      if (!answer.ok) {
        return false;
      }
      form.elements.csrfmiddlewaretoken.value = (await answer.json()).token;
      return true;
    };

    const send = async (now, isLeaving) => {
      let body = message(now);
      let answer = await post(body, isLeaving && body.length < MOST_ON_LEAVING);
      if (answer.status === 409) {
        isWhole = true;
        body = message(now);
        answer = await post(body, false);
      } else if (!isLeaving && (answer.status === 403 || answer.type === "opaqueredirect") && (await renew())) {
        answer = await post(body, false);
      }
      if (answer.ok) {
        known = now;
        isWhole = false;
        say(form.dataset.kept.replace("{time}", (await answer.json()).time));
      } else {
        const isOut = answer.status === 403 || answer.type === "opaqueredirect";
        say(isOut ? "" : form.dataset.notKept, isOut);
      }
    };

    const keep = async (isLeaving) => {
      const now = state();
      if (isSent || (sending && !isLeaving) || !differs(now, known)) {
        return;
      }
      sending = new AbortController();
      try {
        await send(now, isLeaving);
      } catch (error) {
        if (error.name !== "AbortError") {
          say(form.dataset.notKept);
        }
      }
      sending = null;
    };

    form.addEventListener("input", () => setTimeout(keep, FIRST, false), { once: true });
    setInterval(keep, EACH, false);
    document.addEventListener("visibilitychange", () => document.hidden && keep(true));
    window.addEventListener("pagehide", () => keep(true));
    window.addEventListener("focus", () => keep(false)); // perhaps back from signing in beside it
    form.addEventListener("submit", () => {
      isSent = true; // what is saved needs no draft, and one on its way would outlive it
      sending?.abort();
    });
    window.addEventListener("pageshow", () => (isSent = false));
  };

  if (form) {
    run();
  }
}
