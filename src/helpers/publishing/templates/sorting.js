"use strict";
// The order of a table's rows by one of its columns: by exact numbers, or by texts as Chinese has them.
let inChinese = null; // made when a column of texts is sorted: it takes a browser longer than the rest

// A number as a fraction, of whole numbers where the browser has them; null where there is none.
function quantity(text) {
  const plain = text.trim().replace("\u2212", "-").replace(/%$/, "");
  if (typeof Exact !== "undefined" && typeof BigInt !== "undefined") return Exact.parse(plain);
  const found = /^([-+]?\d[\d,]*(?:\.\d+)?)(?:\/(\d+))?$/.exec(plain);
  return found && { top: Number(found[1].replace(/,/g, "")), bottom: Number(found[2] || 1) };
}

// What a cell is sorted by as a number: the exact value of the figure it begins with, or what it says.
function quantityOf(cell) {
  if (cell.querySelector("code, time")) return null;
  const [link, ...more] = cell.querySelectorAll("a.fact");
  const alone = link && !more.length && cell.textContent.startsWith(link.textContent);
  const fact = alone && factById ? factById.get(figureOf(link)) : null;
  return quantity(fact ? fact.value : cell.textContent);
}

function byQuantity(a, b) {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom];
  return left < right ? -1 : left > right ? 1 : 0;
}

function saidIn(cell) {
  const text = cell.textContent.trim();
  return /^[—-]?$/.test(text) ? null : text;
}

// Rows in the order of a column, up or down. What has no value is last both ways; equals stay in order.
function sorted(rows, column, direction) {
  const keysBy = (keyOf) => new Map(rows.map((row, at) => [row, { key: keyOf(row.cells[column]), at }]));
  const known = (keys) => rows.filter((row) => keys.get(row).key !== null).length;
  const [quantities, texts] = [keysBy(quantityOf), keysBy(saidIn)];
  const numbers = known(quantities) > known(texts) / 2;
  if (!numbers && !inChinese) inChinese = new Intl.Collator("zh", { numeric: true });
  const [keys, compare] = numbers ? [quantities, byQuantity] : [texts, inChinese.compare];
  return rows.slice().sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.at - b.at;
    return direction * compare(a.key, b.key) || a.at - b.at;
  });
}
