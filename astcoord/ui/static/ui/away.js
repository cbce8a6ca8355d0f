// What is typed where there may be no signal: kept on this device, locked with a key that only the open page has, sent once
// when there is a signal, and gone when it has arrived (docs/decisions/0029). Without this every form works as it always did.
const PREFIX = "astcoord-kept:";
const DAYS = 7;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "form_of", "submit", "draft"]);
const AGAIN = 15000;
const { keptFor: mark, keptSent: sentAt } = document.body.dataset;
const mine = `${PREFIX}${mark}:`;

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

function write(name, entry) {
  try {
    localStorage.setItem(name, JSON.stringify(entry));
    return true;
  } catch {
    return false; // the device keeps nothing for us, or is full
  }
}

const drop = (name) => localStorage.removeItem(name);
const names = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));

function dropOld() {
  for (const name of names()) if (!(Date.now() - read(name)?.at < DAYS * 86400000)) drop(name);
}

const time = (at) => new Date(at).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const toText = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));

async function lock(key, values) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  return { iv: toText(iv), text: toText(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes)) };
}

async function unlock(key, entry) {
  try {
    const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: toBytes(entry.iv) }, key, toBytes(entry.text));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

// true or false as the server says; undefined without a signal; null from a server that says nothing of it (signed out).
async function hasArrived(formKey) {
  if (!navigator.onLine) return undefined;
  try {
    const signal = AbortSignal.timeout(8000);
    const answer = await fetch(sentAt.replace("KEY", formKey), { redirect: "manual", cache: "no-store", signal });
    return answer.ok ? (await answer.json()).sent : null;
  } catch {
    return undefined;
  }
}

function note(before, words, ...links) {
  const box = document.createElement("div");
  box.className = "govuk-inset-text";
  box.append(words, ...links.flatMap((link) => [" ", link]));
  before.prepend(box);
  return box;
}

function button(words, press) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "app-link-button", textContent: words });
  made.addEventListener("click", press);
  return made;
}

function fill(form, values) {
  const by = new Map();
  for (const [name, value] of values) by.set(name, [...(by.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.has(field.name)) continue;
    const found = by.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = found.includes(field.value);
    else if (found.length) field.value = found[0];
  }
  for (const field of form.querySelectorAll("input[type=radio]:checked")) field.dispatchEvent(new Event("change", { bubbles: true }));
  window.dispatchEvent(new Event("pageshow")); // what lies under a tick is shown
  for (const field of form.querySelectorAll("[aria-expanded=false]:checked")) field.closest("details")?.setAttribute("open", "");
}

function tell(box) {
  const status = document.createElement("div");
  status.setAttribute("role", "status");
  box.append(status);
  return (words) => {
    const line = document.createElement("p");
    line.className = "govuk-inset-text";
    line.textContent = words;
    status.replaceChildren(...(words ? [line] : []));
  };
}

async function keepForm(box, form, key) {
  const name = mine + location.pathname;
  const say = tell(box);
  const formKey = () => form.elements.form_key.value;
  let waiting = null;
  let going = false;

  async function keep(more = {}) {
    if (!key) return false;
    const values = [...new FormData(form)].filter(([field, value]) => !NOT_KEPT.has(field) && typeof value === "string");
    const title = document.querySelector("h1").textContent.trim();
    const locked = await lock(key, values);
    return write(name, { at: Date.now(), path: location.pathname, title, key: formKey(), ...locked, ...more });
  }

  async function send(submitter) {
    const arrived = await hasArrived(formKey());
    if (arrived === undefined) {
      const kept = await keep({ waiting: true });
      waiting = submitter;
      const where = kept ? "kept on this device" : "on this page: leave it open";
      return say(`No signal. What you wrote is ${where}, and is sent when there is a signal.`);
    }
    waiting = null;
    await keep({ waiting: true });
    say("");
    going = true;
    form.requestSubmit(submitter);
    going = false;
  }

  let soon;
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => keep(waiting ? { waiting: true } : {}), 300);
  });
  form.addEventListener("submit", (event) => {
    if (going) return;
    event.preventDefault();
    clearTimeout(soon);
    send(event.submitter);
  });
  const again = () => waiting && send(waiting);
  window.addEventListener("online", again);
  setInterval(again, AGAIN);

  const entry = read(name);
  const drawn = "keptDrawn" in box.dataset; // what came back from the server stands on the form already
  if (!entry || drawn) return void (drawn && keep());
  const values = (await hasArrived(entry.key)) === true ? null : key && (await unlock(key, entry));
  if (!values) return drop(name);
  fill(form, values);
  const told = note(box, `This is what you typed on ${time(entry.at)}. It was kept on this device and has not been sent yet.`);
  told.append(
    " ",
    button("Throw it away", () => {
      clearTimeout(soon);
      drop(name);
      location.reload();
    }),
  );
}

// The form is gone, as where a placement has ended: the words are there to be copied.
async function showWords(box, key) {
  const name = mine + location.pathname;
  const entry = read(name);
  const values = entry && key && (await unlock(key, entry));
  if (!values) return;
  const words = document.createElement("textarea");
  words.className = "govuk-textarea";
  words.rows = 8;
  words.readOnly = true;
  words.setAttribute("aria-label", "What you typed");
  words.value = values.filter(([field, value]) => !field.startsWith("form_") && value).map(([, value]) => value).join("\n");
  note(box, `This is what you typed on ${time(entry.at)}. It has not been sent. Copy what you need.`, words);
}

// On any other page: what was to be sent and has not arrived is not forgotten.
async function remind() {
  for (const name of names().filter((each) => each.startsWith(mine))) {
    const entry = read(name);
    if (!entry.waiting || entry.path === location.pathname) continue;
    const arrived = await hasArrived(entry.key);
    if (arrived) drop(name);
    if (arrived !== false) continue;
    const link = document.createElement("a");
    Object.assign(link, { className: "govuk-link", href: entry.path, textContent: "Open it and send it" });
    note(document.getElementById("main-content"), `“${entry.title}”, typed on ${time(entry.at)}, has not been sent yet.`, link);
  }
}

function forgetAtSignOut(form) {
  const unsent = names().filter((name) => name.startsWith(mine));
  if (unsent.length) note(form, "What you typed on this device and have not sent yet is deleted when you sign out.");
  form.addEventListener("submit", () => unsent.forEach(drop));
}

async function start() {
  const box = document.querySelector("[data-kept-key]");
  const secret = box && window.crypto?.subtle && toBytes(box.dataset.keptKey);
  const key = secret ? await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]) : null;
  const form = box?.querySelector("form");
  if (form) await keepForm(box, form, key);
  else if (box) await showWords(box, key);
  for (const out of document.querySelectorAll("[data-kept-forget]")) forgetAtSignOut(out);
  await remind();
}

try {
  dropOld();
  if (mark) start();
} catch {
  // The device keeps nothing for us: then nothing is kept.
}
