import { all, each, words } from "./dom.js";

// Folds the navigation on small screens.
export function menus(document) {
  each(document, ".govuk-js-service-navigation-toggle", (button) => {
    const list = document.getElementById(button.getAttribute("aria-controls"));
    if (!list || !window.matchMedia) return;
    const wide = window.matchMedia("(min-width: 40.0625em)");
    const show = (open) => {
      list.hidden = !open;
      button.setAttribute("aria-expanded", open);
    };
    const fit = () => {
      button.hidden = wide.matches;
      if (wide.matches) {
        list.hidden = false;
        button.setAttribute("aria-hidden", "true");
      } else {
        button.removeAttribute("aria-hidden");
        show(button.getAttribute("aria-expanded") === "true");
      }
    };
    button.addEventListener("click", () => show(list.hidden));
    wide.addEventListener("change", fit);
    fit();
  });
}

// Folds the filters away on small screens, so that the list comes first.
export function filters(document) {
  if (!window.matchMedia || window.matchMedia("(min-width: 50em)").matches) return;
  each(document, ".p-filters", (box) => {
    const title = box.querySelector("h2");
    const form = box.querySelector("form");
    if (!title || !form) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title.textContent;
    const show = (open) => {
      form.hidden = !open;
      button.setAttribute("aria-expanded", open);
    };
    button.addEventListener("click", () => show(form.hidden));
    title.replaceChildren(button);
    show(false);
  });
}

const focus = (element) => {
  element.tabIndex = -1;
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus();
};

// Puts the reader where the trouble is, and from the summary into the answer.
export function focusOnErrors(document) {
  const box =
    document.querySelector('[data-module="govuk-error-summary"]') ||
    document.querySelector('[data-module="govuk-notification-banner"][role="alert"]');
  if (box && box.getAttribute("data-disable-auto-focus") !== "true") focus(box);
  each(document, ".govuk-error-summary a", (link) =>
    link.addEventListener("click", (event) => {
      const input = document.getElementById(link.hash.slice(1));
      if (!input) return;
      event.preventDefault();
      const group = input.closest("fieldset");
      const label =
        (group && group.querySelector("legend")) ||
        document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
      (label || input).scrollIntoView();
      input.focus({ preventScroll: true });
    }),
  );
}

export function skipLinks(document) {
  each(document, ".govuk-skip-link", (link) =>
    link.addEventListener("click", () => {
      const main = document.getElementById(link.hash.slice(1));
      if (main) focus(main);
    }),
  );
}

// What a choice reveals, and the choice that excludes the others.
export function choices(document) {
  for (const kind of ["radios", "checkboxes"]) {
    each(document, `[data-module="govuk-${kind}"]`, (box) => {
      const inputs = all(box, `.govuk-${kind}__input`);
      const fit = () => {
        for (const input of inputs) {
          const target = input.getAttribute("data-aria-controls");
          const part = target && document.getElementById(target);
          if (!part) continue;
          // ARIA knows this state for checkboxes only.
          if (kind === "checkboxes") input.setAttribute("aria-expanded", input.checked);
          part.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked);
        }
      };
      box.addEventListener("change", (event) => {
        const chosen = event.target;
        if (kind === "checkboxes" && inputs.includes(chosen) && chosen.checked) {
          const alone = chosen.getAttribute("data-behaviour") === "exclusive";
          for (const other of inputs) {
            const others = other.getAttribute("data-behaviour") === "exclusive";
            if (other !== chosen && (alone || others)) other.checked = false;
          }
        }
        fit();
      });
      window.addEventListener("pageshow", fit);
      fit();
    });
  }
}

export function passwords(document) {
  each(document, '[data-module="govuk-password-input"]', (box) => {
    const input = box.querySelector(".govuk-js-password-input-input");
    const button = box.querySelector(".govuk-js-password-input-toggle");
    if (!input || !button) return;
    const said = document.createElement("div");
    said.className = "govuk-password-input__sr-status govuk-visually-hidden";
    said.setAttribute("aria-live", "polite");
    input.after(said);
    const set = (shown) => {
      input.type = shown ? "text" : "password";
      const key = shown ? "hide-password" : "show-password";
      button.textContent = words(box, key) || button.textContent;
      button.setAttribute("aria-label", words(box, `${key}-aria-label`));
      said.textContent = words(box, `password-${shown ? "shown" : "hidden"}-announcement`);
    };
    button.hidden = false;
    button.addEventListener("click", () => set(input.type === "password"));
    // Never sent as plain text, which a browser would keep among its suggestions.
    const hide = () => input.type === "text" && set(false);
    if (input.form) input.form.addEventListener("submit", hide);
    window.addEventListener("pageshow", hide);
  });
}

export function doubleClicks(document) {
  let last = 0;
  let button = null;
  document.addEventListener("click", (event) => {
    const now = event.target.closest && event.target.closest("[data-prevent-double-click=true]");
    if (!now) return;
    if (now === button && Date.now() - last < 1000) event.preventDefault();
    button = now;
    last = Date.now();
  });
  // Buttons that are links answer the space bar too.
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.getAttribute("role") === "button") {
      event.preventDefault();
      event.target.click();
    }
  });
}
