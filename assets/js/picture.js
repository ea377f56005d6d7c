// A figure as PNG beside its SVG, for documents that take no SVG: drawn here, from the
// same file, once somebody asks for it.
import { all } from "./dom.js";

const SHARP = 2;

const drawn = (text) =>
  new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth * SHARP;
      canvas.height = image.naturalHeight * SHARP;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      resolve(canvas.toDataURL("image/png"));
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

function keep(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

export function pictures(document) {
  if (!window.fetch || !window.Promise) return;
  const files = all(document, "a[download]");
  for (const svg of files.filter((link) => /[?&]format=svg(&|$)/.test(link.href))) {
    const png = svg.cloneNode();
    png.textContent = "PNG";
    svg.after(" ", png);
    png.addEventListener("click", (event) => {
      event.preventDefault();
      fetch(svg.href, { credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
        .then(drawn)
        .then((address) => keep(address, "figure.png"))
        .catch(() => keep(svg.href, ""));
    });
  }
}
