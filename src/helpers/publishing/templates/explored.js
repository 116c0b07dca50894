"use strict";
// Long tables are explored: sorted, filtered, copied. The page has every row of them, for paper
// and for readers without scripts; with scripts a table holds a leaf of rows, the others are aside.
const LEAF = 50;
const explored = [];

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

// The columns by their heads; one of a group under the name of both.
function columnsOf(table) {
  const [above, below] = Array.from(table.tHead.rows, (row) => Array.from(row.cells));
  const under = (head) =>
    below.splice(0, head.colSpan).map((each) => ({ head: each, name: `${head.textContent} ${each.textContent}` }));
  if (!below) return above.map((head) => ({ head, name: head.textContent }));
  return [].concat(...above.map((head) => (head.colSpan > 1 ? under(head) : { head, name: head.textContent })));
}

// The text of a cell for a spreadsheet: digits it reads as a number, and nothing it would run.
function pasted(cell) {
  const text = cell.textContent.replace(/\s+/g, " ").trim();
  if (quantity(text) && !cell.querySelector("code")) return text.replace("\u2212", "-").replace(/,/g, "");
  return text.replace(/^(?=[=+@-])/, "'");
}

// By a selection, which works in every browser and from a file; the clipboard's own way is newer.
async function copy(text, beside) {
  const held = element("textarea", { value: text, className: "copied" });
  const reader = document.activeElement;
  beside.append(held);
  held.select();
  const done = document.execCommand("copy");
  held.remove();
  reader.focus();
  if (!done) await navigator.clipboard.writeText(text);
}

function wordsOf(text) {
  return text.toLowerCase().replace(/(\d),(?=\d)/g, "$1");
}

class ExploredTable {
  constructor(frame) {
    this.table = frame.querySelector("table");
    this.body = this.table.tBodies[0];
    this.rows = Array.from(this.body.rows);
    this.columns = columnsOf(this.table);
    this.order = this.found = this.rows;
    this.texts = null;
    this.first = 0;
    this.sortedBy = { column: -1, direction: 1 };
    const button = (words, act) => element("button", { type: "button", onclick: act }, words);
    this.filter = element("input", { type: "search", autocomplete: "off", oninput: () => this.find() });
    this.before = button("上一页", () => this.turn(-LEAF));
    this.after = button("下一页", () => this.turn(LEAF));
    this.status = element("p", {});
    this.status.setAttribute("role", "status");
    const tools = element("div", { className: "explore" });
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-labelledby", `${this.table.id}-caption`);
    tools.append(element("label", {}, "筛选 ", this.filter), button("复制", () => this.copy()));
    tools.append(this.before, this.after, this.status);
    frame.before(tools);
    this.columns.forEach(({ head }, at) => {
      const sort = element("button", { type: "button", className: "sort", tabIndex: at ? -1 : 0 });
      sort.append(...head.childNodes);
      sort.addEventListener("click", () => this.sort(at));
      head.append(sort);
    });
    this.table.tHead.addEventListener("keydown", (event) => this.walk(event));
    this.show();
  }

  // One stop for the heads; the arrows lead from one to the next.
  walk(event) {
    const sorts = this.columns.map(({ head }) => head.querySelector(".sort"));
    const at = sorts.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: sorts.length - 1 }[event.key];
    if (!sorts[to]) return;
    event.preventDefault();
    sorts[at].tabIndex = -1;
    sorts[to].tabIndex = 0;
    sorts[to].focus();
  }

  // Up, down, and as the report has them.
  sort(column) {
    const was = this.sortedBy;
    const direction = was.column === column ? -was.direction : 1;
    this.sortedBy = direction === 1 && was.column === column ? { column: -1, direction } : { column, direction };
    this.columns.forEach(({ head }, at) => {
      if (at !== this.sortedBy.column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    });
    this.order = this.sortedBy.column < 0 ? this.rows : sorted(this.rows, column, direction);
    this.find();
  }

  find() {
    if (!this.texts) {
      const said = (row) => wordsOf(Array.from(row.cells, (cell) => cell.textContent).join("\t"));
      this.texts = new Map(this.rows.map((row) => [row, said(row)]));
    }
    const words = wordsOf(this.filter.value).split(/\s+/);
    this.found = this.order.filter((row) => words.every((word) => this.texts.get(row).includes(word)));
    this.first = 0;
    this.show();
  }

  turn(rows) {
    this.first += rows;
    this.show();
  }

  show() {
    const leaf = this.found.slice(this.first, this.first + LEAF);
    const kept = new Set(leaf);
    for (const row of Array.from(this.body.rows)) if (!kept.has(row)) row.remove();
    if (leaf.some((row, at) => this.body.rows[at] !== row)) this.body.append(...leaf);
    const above = this.table.tHead.rows.length + 1;
    this.table.setAttribute("aria-rowcount", above - 1 + this.found.length);
    leaf.forEach((row, at) => row.setAttribute("aria-rowindex", above + this.first + at));
    this.before.disabled = !this.first;
    this.after.disabled = this.first + LEAF >= this.found.length;
    this.before.hidden = this.after.hidden = this.found.length <= LEAF;
    this.tell(leaf.length);
  }

  tell(shown) {
    const { column, direction } = this.sortedBy;
    const by = column < 0 ? "" : `按“${this.columns[column].name}”${direction === 1 ? "升" : "降"}序，`;
    const all = `共${this.rows.length}行`;
    const some = this.found.length < this.rows.length ? `找到${this.found.length}行，${all}` : all;
    const total = this.table.tFoot && some !== all ? "，末行仍按全部" : "";
    const leaf = shown < this.found.length ? `，这是第${this.first + 1}—${this.first + shown}行` : "";
    this.status.textContent = by + some + leaf + total;
  }

  // What was found, in its order; with the line of all where it was not filtered.
  async copy() {
    const foot = this.table.tFoot && this.found.length === this.rows.length ? Array.from(this.table.tFoot.rows) : [];
    const caption = Array.from(this.table.caption.children, (part) => part.textContent).join(" ");
    const lines = this.found.concat(foot).map((row) => Array.from(row.cells, pasted).join("\t"));
    const text = [caption, this.columns.map(({ name }) => name).join("\t"), ...lines].join("\n");
    try {
      await copy(text, this.status);
      this.status.textContent = `已复制${lines.length}行，可粘贴到 Excel`;
    } catch (error) {
      this.status.textContent = "浏览器不允许复制";
    }
  }

  bringBack(element) {
    const row = this.rows.find((each) => each.contains(element));
    if (!row || row.isConnected) return;
    if (!this.found.includes(row)) {
      this.filter.value = "";
      this.find();
    }
    this.first = Math.floor(this.found.indexOf(row) / LEAF) * LEAF;
    this.show();
  }
}

// Do what looks through the whole report while every row is in its table.
function whole(work) {
  const aside = [];
  for (const { body, rows } of explored) {
    const its = rows.filter((row) => !row.isConnected);
    body.append(...its);
    aside.push(...its);
  }
  const done = work();
  for (const row of aside) row.remove();
  return done;
}

// Bring the row of an element to where a reader sees it.
function bringBack(element) {
  for (const each of explored) each.bringBack(element);
}

addEventListener("DOMContentLoaded", () => {
  for (const frame of document.querySelectorAll(".grid.long")) explored.push(new ExploredTable(frame));
  // A link into a row that is aside: it comes back before anybody goes there.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href^='#']");
      if (!link) return;
      const id = link.getAttribute("href").slice(1);
      if (document.getElementById(id)) return;
      const found = whole(() => document.getElementById(id));
      if (found) bringBack(found);
    },
    true,
  );
  // Paper has every row in the order of the report.
  addEventListener("beforeprint", () => explored.forEach((each) => each.body.append(...each.rows)));
  addEventListener("afterprint", () => explored.forEach((each) => each.show()));
});
