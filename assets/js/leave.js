// Asks before typed text is lost. Forms with data-keep are asked about; sending is not leaving.
import { each } from "./dom.js";

export function confirmLeave(document) {
  let typed = false;
  window.palermoAsk = (event) => {
    if (!typed) return;
    event.preventDefault();
    event.returnValue = "";
  };
  each(document, "form[data-keep]", (form) => {
    form.addEventListener("input", () => {
      if (!typed) window.addEventListener("beforeunload", window.palermoAsk);
      typed = true;
    });
    form.addEventListener("submit", () => {
      typed = false;
    });
  });
}
