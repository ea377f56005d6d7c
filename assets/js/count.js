// Counts the room left under a text box. The count is said at most once a second.
import { each, words } from "./dom.js";

export function counts(document) {
  each(document, '[data-module="govuk-character-count"]', (box) => {
    const area = box.querySelector(".govuk-js-character-count");
    const limit = Number(box.getAttribute("data-maxlength"));
    const left = words(box, "characters-under-limit.other");
    const over = words(box, "characters-over-limit.other");
    const message = box.querySelector(".govuk-character-count__message");
    if (!area || !limit || !left || !message) return;
    const from = (Number(box.getAttribute("data-threshold") || 0) / 100) * limit;
    const digits = new Intl.NumberFormat(document.documentElement.lang || "en");
    const shown = message.cloneNode();
    shown.removeAttribute("id");
    shown.setAttribute("aria-hidden", "true");
    const said = message.cloneNode();
    said.removeAttribute("id");
    said.classList.add("govuk-visually-hidden");
    said.setAttribute("aria-live", "polite");
    message.classList.add("govuk-visually-hidden");
    message.after(shown, said);
    let timer;
    const show = () => {
      const rest = limit - area.value.length;
      const text = (rest < 0 && over ? over : left).replace(
        "%{count}",
        digits.format(Math.abs(rest)),
      );
      shown.textContent = text;
      shown.classList.toggle("govuk-error-message", rest < 0);
      shown.hidden = area.value.length < from;
      clearTimeout(timer);
      timer = setTimeout(() => {
        said.textContent = shown.hidden ? "" : text;
      }, 1000);
    };
    area.addEventListener("input", show);
    window.addEventListener("pageshow", show);
    show();
  });
}
