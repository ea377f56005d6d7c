// Takes out of the compiled sheet what Palermo never uses, so that it reaches a slow
// telephone sooner. Everything removed is named here.
const unused = [
  // our own accordion script and look
  /\.govuk-frontend-supported \.govuk-accordion/,
  // light-on-dark variants we do not show
  /govuk-(service-navigation|breadcrumbs|back-link|language-navigation)--inverse/,
  /govuk-tag--(turquoise|pink|teal|magenta)/,
  /-from-desktop/,
  /govuk-link-image/,
  /govuk-section-break--xl/,
  /govuk-main-wrapper--(l|auto-spacing)/,
  /govuk-input--extra-letter-spacing/,
  /govuk-button--start/,
  /--full-width/,
];
const dropped = new Set(["-webkit-font-smoothing", "-moz-osx-font-smoothing"]);

export const slim = {
  postcssPlugin: "slim",
  Once(root) {
    root.walkRules((rule) => {
      const kept = rule.selectors.filter((s) => !unused.some((u) => u.test(s)));
      // printed addresses of links help nobody and may tell where a page was
      const address = rule.some((d) => d.type === "decl" && d.value.includes("attr(href)"));
      if (kept.length === 0 || address) rule.remove();
      else if (kept.length < rule.selectors.length) rule.selectors = kept;
    });
    root.walkDecls((decl) => {
      if (dropped.has(decl.prop) && decl.parent.selector !== ".govuk-template__body") decl.remove();
      // every custom property is set on :root, so no fallback is needed
      else decl.value = decl.value.replace(/var\((--govuk-[a-z-]+), [^()]*\)/g, "var($1)");
    });
    // the design system's old ways round Internet Explorer
    root.walkAtRules("supports", (rule) => {
      if (/not \(-ms-ime-align/.test(rule.params)) rule.replaceWith(rule.nodes);
      else if (/not \(text-wrap/.test(rule.params)) rule.remove();
    });
    root.walkComments((c) => c.remove());
    for (let again = true; again; ) {
      again = false;
      root.walk((n) => {
        if ((n.type === "rule" || n.type === "atrule") && n.nodes && n.nodes.length === 0) {
          n.remove();
          again = true;
        }
      });
    }
  },
};
