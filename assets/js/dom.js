export const all = (root, selector) => Array.from(root.querySelectorAll(selector));
export const each = (root, selector, act) => all(root, selector).forEach(act);
export const words = (element, key) => element.getAttribute(`data-i18n.${key}`) || "";
