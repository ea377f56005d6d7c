// Warns before a session ends. Typed text stays on the page until the reader chooses.
export function idle(document) {
  const box = document.querySelector(".p-idle[data-idle]");
  if (!box) return;
  const end = Number(box.dataset.idle) * 1000;
  const warn = end - Number(box.dataset.warn) * 1000;
  const button = box.querySelector("button");
  let since = Date.now();
  let before = null;
  const show = () => {
    if (!box.hidden) return;
    before = document.activeElement;
    box.hidden = false;
    button.focus();
  };
  // The clock is asked, not counted: a sleeping telephone stops timers.
  setInterval(() => {
    const idle = Date.now() - since;
    if (idle >= end) {
      // Where typed text makes the browser ask first, it is asked once, not every five seconds.
      since = Date.now();
      window.location.replace(box.dataset.ended);
    } else if (idle >= warn) show();
  }, 5000);
  button.addEventListener("click", () => {
    fetch(box.dataset.keep, { method: "POST", credentials: "same-origin" }).then((answer) => {
      if (!answer.ok) return;
      since = Date.now();
      box.hidden = true;
      if (before) before.focus();
    });
  });
}
