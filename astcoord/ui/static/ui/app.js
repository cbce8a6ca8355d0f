// Nothing here is needed: every page works without it.
import { CharacterCount, initAll } from "govuk-frontend";

// As the server counts: without blanks at the ends, a line break as the two characters that a browser sends, and
// a character beyond the first plane as one.
const updateCount = CharacterCount.prototype.updateCount;
CharacterCount.prototype.updateCount = function () {
  updateCount.call(this);
  if (!this.config.maxwords) this.count = [...this.$textarea.value.trim().replace(/\r?\n/g, "\r\n")].length;
};

// A browser that cannot be told in its style sheet that the menu lies open on a desk is told here.
const desk = window.matchMedia("(min-width: 40.0625em)");
for (const menu of document.querySelectorAll('[data-module="app-menu"]')) {
  const unfold = () => desk.matches && menu.setAttribute("open", "");
  desk.addEventListener("change", unfold);
  unfold();
}

// As the server's name_key: case, accents, apostrophes, hyphens and "Saint" for "St" do not matter.
function plain(text) {
  const bare = text.replace(/['\u2018\u2019\u201B\u2032\u02B9\u02BB\u02BC`\u00B4]/g, "").normalize("NFKD");
  const words = bare.replace(/\p{M}/gu, "").replace(/&/g, " and ").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  return words.map((word) => (word === "saint" ? "st" : word));
}

// Each word that was typed starts a word of the option, or one of the other words by which it is found.
function suggestions(select) {
  const options = [...select.options].filter((option) => option.value);
  const known = options.map((option) => [option.text, plain(`${option.text} ${option.dataset.also || ""}`)]);
  return (typed, show) => {
    const wanted = plain(typed);
    const fits = ([, words]) => wanted.every((start) => words.some((word) => word.startsWith(start)));
    show(known.filter(fits).map(([text]) => text));
  };
}

// What stands in the box is what is sent: the option with just these words, or none.
function sendWhatStands(select, text) {
  const typed = plain(text).join(" ");
  const found = typed && [...select.options].find((option) => option.value && plain(option.text).join(" ") === typed);
  select.value = found ? found.value : "";
}

function enhanceLists(root) {
  if (!window.accessibleAutocomplete) return;
  for (const select of root.querySelectorAll('select[data-module="app-autocomplete"]')) {
    if (select.dataset.enhanced) continue;
    select.dataset.enhanced = "yes";
    const id = select.id;
    window.accessibleAutocomplete.enhanceSelectElement({
      selectElement: select,
      source: suggestions(select),
      defaultValue: select.value ? undefined : "",
      showAllValues: true,
      autoselect: false,
      showNoOptionsFound: true,
      // Laid over the page: a list that pushed the page down would take its buttons away from under a click.
      displayMenu: "overlay",
      onConfirm: (chosen) => chosen && sendWhatStands(select, chosen),
    });
    const box = document.getElementById(id);
    for (const moment of ["input", "change", "blur"]) box.addEventListener(moment, () => sendWhatStands(select, box.value));
    if (select.form) select.form.addEventListener("submit", () => sendWhatStands(select, box.value));
  }
}

// GOV.UK Frontend marks a radio button as "expanded", which ARIA does not allow: so what lies under a choice is shown
// and hidden here, and its module never learns of it.
function revealUnderRadios(root) {
  for (const group of root.querySelectorAll(".govuk-radios")) {
    const inputs = [...group.querySelectorAll(".govuk-radios__input")];
    const under = new Map();
    for (const input of inputs) {
      const id = input.getAttribute("data-aria-controls");
      if (id) under.set(input, document.getElementById(id));
      input.removeAttribute("data-aria-controls");
    }
    if (!under.size) continue;
    const show = () => {
      for (const [input, part] of under) part.classList.toggle("govuk-radios__conditional--hidden", !input.checked);
    };
    group.addEventListener("change", show);
    show();
  }
}

function enhance(root) {
  revealUnderRadios(root);
  initAll(root === document ? {} : { scope: root });
}

enhance(document);
if (document.readyState === "complete") enhanceLists(document);
else window.addEventListener("load", () => enhanceLists(document));

document.body.addEventListener("htmx:afterSwap", (event) => {
  enhance(event.detail.target);
  enhanceLists(event.detail.target);
});

// Two minutes before the session ends for want of use, with a way to go on. Without this, what is sent too late is kept.
const BEFORE = 2;

function warnBeforeTheEnd({ idleMinutes, stay }) {
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "idle-title");
  box.innerHTML = `<h2 class="govuk-heading-m" id="idle-title">You are about to be signed out</h2>
    <p class="govuk-body">Nothing has been opened or sent here for a while, so you are signed out in ${BEFORE} minutes.</p>
    <button type="button" class="govuk-button govuk-!-margin-bottom-0">Stay signed in</button>`;
  document.body.append(box);
  const [title, words, button] = box.children;
  const wait = () => setTimeout(() => box.showModal(), (idleMinutes - BEFORE) * 60000);
  let over = false;
  button.addEventListener("click", () => box.close());
  box.addEventListener("close", async () => {
    if (over) return;
    const answer = await fetch(stay, { redirect: "manual" }).catch(() => ({ ok: true }));
    if (answer.ok) return void wait();
    over = true;
    title.textContent = "You have been signed out";
    words.textContent = "What you have typed is not lost: send it, sign in again, and it is there.";
    button.textContent = "Go back to the page";
    box.showModal();
  });
  wait();
}

if (document.body.dataset.idleMinutes > BEFORE) warnBeforeTheEnd(document.body.dataset);

// A page of a list is printed with all rows of all pages: the key leads to the page that has them, which is then printed.
document.addEventListener("keydown", (event) => {
  const all = document.querySelector("[data-print-all]");
  if (!all || event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
  event.preventDefault();
  window.location = all.href;
});

if (document.querySelector("[data-print]")) window.addEventListener("load", () => window.print());
