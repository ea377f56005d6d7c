// Opens and closes sections. Nothing is stored: which sections were open is nobody's business.
import { all, each, words } from "./dom.js";

export function accordions(document) {
  each(document, '[data-module="govuk-accordion"]', (box) => {
    const sections = all(box, ".govuk-accordion__section");
    const master = document.createElement("button");
    master.type = "button";
    master.className = "p-linkbutton govuk-!-margin-bottom-2";
    const set = (section, open) => {
      section.querySelector(".govuk-accordion__section-content").hidden = !open;
      section.querySelector(".p-acc").setAttribute("aria-expanded", open);
    };
    const open = (section) =>
      section.querySelector(".p-acc").getAttribute("aria-expanded") === "true";
    const name = () => {
      const rest = sections.some((section) => !open(section));
      master.textContent = words(box, rest ? "show-all-sections" : "hide-all-sections");
    };
    for (const section of sections) {
      const old = section.querySelector(".govuk-accordion__section-button");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "p-acc";
      button.id = old.id;
      button.setAttribute(
        "aria-controls",
        section.querySelector(".govuk-accordion__section-content").id,
      );
      button.append(...old.childNodes);
      old.replaceWith(button);
      set(section, section.classList.contains("govuk-accordion__section--expanded"));
      button.addEventListener("click", () => {
        set(section, !open(section));
        name();
      });
    }
    master.addEventListener("click", () => {
      const rest = sections.some((section) => !open(section));
      for (const section of sections) set(section, rest);
      name();
    });
    name();
    if (words(box, "show-all-sections")) box.prepend(master);
  });
}
