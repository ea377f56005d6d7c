// Saves a form with data-draft as it is typed, five seconds after the last key. The server
// says what became of it and which hidden fields have another value now. Nothing is kept here.
import { each } from "./dom.js";

export function drafts(document) {
  each(document, "form[data-draft]", (form) => {
    const said = form.querySelector("[data-said]");
    let timer;
    let sending = null;
    const send = () => {
      if (sending) return later();
      const body = new URLSearchParams(new FormData(form));
      body.set("draft", "yes");
      sending = fetch(form.action, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "error",
        signal: AbortSignal.timeout(15000),
      })
        .then((answer) => answer.json())
        .then((told) => {
          for (const name of Object.keys(told.fields)) form.elements[name].value = told.fields[name];
          said.textContent = told.said;
        })
        .catch(() => {
          said.textContent = form.dataset.draft;
        })
        .then(() => {
          sending = null;
        });
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(send, 5000);
    };
    form.addEventListener("input", later);
    // What is under way is waited for: it changes the revision that is sent along.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!sending) return;
      event.preventDefault();
      sending.then(() => form.requestSubmit(event.submitter));
    });
  });
}
