// Passkeys: asks the browser, puts its answer into the form, sends the form.
// Without this script the page offers another way; the part stays hidden.
const decode = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const encode = (bytes) => {
  let plain = "";
  new Uint8Array(bytes).forEach((byte) => { plain += String.fromCharCode(byte); });
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
};

// The options come as JSON (WebAuthn Level 3); what must be bytes becomes bytes.
const prepare = (options) => {
  options.challenge = decode(options.challenge);
  if (options.user) options.user.id = decode(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    (list || []).forEach((one) => { one.id = decode(one.id); });
  }
  const prf = options.extensions && options.extensions.prf;
  if (prf && prf.eval) prf.eval.first = decode(prf.eval.first);
  return options;
};

const answer = (made) => {
  const sent = {
    id: made.id,
    rawId: encode(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment || undefined,
    response: { clientDataJSON: encode(made.response.clientDataJSON) },
    clientExtensionResults: {},
  };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) sent.response[part] = encode(made.response[part]);
  }
  if (made.response.getTransports) sent.response.transports = made.response.getTransports();
  const extensions = made.getClientExtensionResults();
  if (extensions.credProps) sent.clientExtensionResults.credProps = extensions.credProps;
  if (extensions.prf) {
    const results = extensions.prf.results;
    sent.clientExtensionResults.prf = { enabled: extensions.prf.enabled };
    if (results && results.first) sent.clientExtensionResults.prf.results = { first: encode(results.first) };
  }
  return JSON.stringify(sent);
};

export function passkeys(document) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const form = part.closest("form");
    const button = part.querySelector("button");
    const trouble = part.querySelector("[role=alert]");
    const said = form && form.querySelector("input[name=answer]");
    if (!button || !said) continue;
    part.hidden = false;
    button.type = "button";
    button.addEventListener("click", () => {
      trouble.hidden = true;
      button.disabled = true;
      const { publicKey } = JSON.parse(part.dataset.options);
      navigator.credentials[part.dataset.passkey]({ publicKey: prepare(publicKey) })
        .then((made) => {
          said.value = answer(made);
          form.submit();
        })
        .catch(() => {
          // Cancelled, too slow, or no fitting authenticator: the browser does not tell which.
          trouble.textContent = part.dataset.failed;
          trouble.hidden = false;
          button.disabled = false;
          button.focus();
        });
    });
  }
}
