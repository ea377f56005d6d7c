// Shows one section at a time; without a script all are there, under one another.
import { all, each } from "./dom.js";

export function tabs(document) {
  each(document, '[data-module="govuk-tabs"]', (box) => {
    const links = all(box, ".govuk-tabs__tab");
    const panel = (link) => document.getElementById(link.hash.slice(1));
    const list = box.querySelector(".govuk-tabs__list");
    if (!list || links.some((link) => !panel(link))) return;
    list.setAttribute("role", "tablist");
    const show = (chosen) => {
      for (const link of links) {
        const on = link === chosen;
        link.parentNode.classList.toggle("govuk-tabs__list-item--selected", on);
        link.setAttribute("aria-selected", on);
        link.tabIndex = on ? 0 : -1;
        panel(link).classList.toggle("govuk-tabs__panel--hidden", !on);
      }
    };
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const forward = document.dir === "rtl" ? -1 : 1;
    links.forEach((link, i) => {
      link.parentNode.setAttribute("role", "presentation");
      link.setAttribute("role", "tab");
      link.id = link.id || `tab_${link.hash.slice(1)}`;
      link.setAttribute("aria-controls", panel(link).id);
      panel(link).setAttribute("role", "tabpanel");
      panel(link).setAttribute("aria-labelledby", link.id);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        show(link);
        history.replaceState(null, "", link.hash);
      });
      link.addEventListener("keydown", (event) => {
        let step = steps[event.key];
        if (!step) return;
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") step *= forward;
        const next = links[i + step];
        if (!next) return;
        event.preventDefault();
        show(next);
        next.focus();
      });
    });
    show(links.find((link) => link.hash === location.hash) || links[0]);
  });
}
