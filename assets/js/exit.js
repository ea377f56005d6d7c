// Leaves at once: the page is blanked first, then replaced, so that Back does not return.
import { words } from "./dom.js";

export function exitThisPage(document) {
  const box = document.querySelector('[data-module="govuk-exit-this-page"]');
  if (!box) return;
  const button = box.querySelector("a");
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  box.appendChild(said);

  const leave = () => {
    said.textContent = words(box, "activated");
    document.title = "…";
    document.body.classList.add("p-blank");
    window.removeEventListener("beforeunload", window.palermoAsk);
    window.location.replace(button.href);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".govuk-js-exit-this-page-button");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leave();
  });

  let pressed = 0;
  let timer;
  let alone = false;
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat;
    if (event.key !== "Shift") pressed = 0;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    pressed += 1;
    clearTimeout(timer);
    if (pressed >= 3) {
      leave();
      return;
    }
    said.textContent = words(box, pressed === 1 ? "press-two-more-times" : "press-one-more-time");
    timer = setTimeout(() => {
      pressed = 0;
      said.textContent = words(box, "timed-out");
    }, 5000);
  });
  // A page kept in the browser's memory must not come back with its text.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.classList.contains("p-blank")) {
      window.location.replace(button.href);
    }
  });
}
