"use strict";
// One box finds sections, figures, tables, single figures and sentences.
const search = document.getElementById("search");
const query = document.getElementById("query");
const MOST_HITS = 40;
const KINDS = [
  ["章节", "main h2, main h3, main h4"],
  ["图表", "main caption, main figcaption"],
  ["文字", "main p, main td, main th[scope=row], main dd"],
];
let index = null;
// The public page has no figures of its own to wait for.
const figuresKnown = typeof factsRead === "undefined" ? Promise.resolve() : factsRead.catch(() => {});

// Old engines forget what had the focus before a dialog had it.
function openDialog(dialog) {
  const before = document.activeElement;
  const giveBack = () => {
    const now = document.activeElement;
    if (now === document.body || dialog.contains(now)) before.focus({ preventScroll: true });
  };
  dialog.addEventListener("close", giveBack, { once: true });
  dialog.showModal();
}

function target(element) {
  const owner = element.id ? element : element.closest("table[id], figure[id]");
  return owner && !element.matches("p, td, th, dd") ? owner : element;
}

function makeIndex() {
  const items = [];
  for (const fact of typeof facts === "undefined" ? [] : facts) {
    const words = `${fact.label} ${fact.id} ${fact.display} ${fact.value}`;
    items.push({ kind: "数字", words, shown: `${fact.label} ${fact.display}`, fact: fact.id });
  }
  for (const [kind, selector] of KINDS) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.closest(".facts")) continue;
      const parts = Array.from(element.childNodes, (node) => node.textContent.trim());
      const words = (kind === "图表" ? parts.join(" ") : element.textContent.trim()).replace(/\s+/g, " ");
      if (words) items.push({ kind, words, shown: words, element: target(element) });
    }
  }
  const order = ["章节", "图表", "数字", "文字"];
  for (const item of items) item.words = item.words.toLowerCase();
  return items.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function show(element) {
  search.close();
  bringBack(element);
  for (let folded = element.closest("details"); folded; folded = folded.parentElement.closest("details")) {
    folded.open = true;
  }
  element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

function around(words, word) {
  const at = Math.max(0, words.toLowerCase().indexOf(word) - 16);
  return (at ? "…" : "") + words.slice(at, at + 60) + (words.length > at + 60 ? "…" : "");
}

function hit(item, word) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = item.fact ? `#fact-${item.fact}` : `#${item.element.id || "main"}`;
  link.textContent = around(item.shown, word);
  const kind = document.createElement("span");
  kind.className = "kind";
  kind.textContent = item.kind;
  if (item.fact) link.addEventListener("click", () => search.close());
  else
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      show(item.element);
    });
  line.append(kind, link);
  return line;
}

function listHits() {
  if (!index) index = whole(makeIndex);
  const words = query.value.trim().toLowerCase().split(/\s+/);
  const found = words[0]
    ? index.filter((item) => words.every((word) => item.words.includes(word)))
    : [];
  const hits = document.getElementById("hits");
  hits.textContent = "";
  for (const item of found.slice(0, MOST_HITS)) hits.append(hit(item, words[0]));
  const shown = found.length > MOST_HITS ? `，列出前${MOST_HITS}处` : "";
  document.getElementById("hit-count").textContent = words[0] ? `找到${found.length}处${shown}` : "";
}

addEventListener("DOMContentLoaded", () => {
  if (!search.showModal) return;
  const find = document.getElementById("find");
  find.hidden = false;
  find.addEventListener("click", async () => {
    await figuresKnown;
    listHits();
    openDialog(search);
    query.focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (event.key !== "/" || typing || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    find.click();
  });
  query.addEventListener("input", listHits);
  search.addEventListener("click", (event) => {
    if (event.target === search) search.close();
  });
});
