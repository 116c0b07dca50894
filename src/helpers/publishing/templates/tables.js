"use strict";
// Figures are named by what they are. A table with figures is one stop of the keyboard; inside it
// arrows go from cell to cell, Home and End to the ends of a row, with Ctrl to those of the table.
// Rows may come and go: what is added is named as well, and no table is known beforehand.
const GRID_CELLS = "[role=grid] td, [role=grid] th";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const ENDS = { Home: -1, End: 1 };

// Of several elements the one that Tab leads to.
function makeStop(element, within) {
  for (const stop of within.querySelectorAll("[tabindex='0']")) stop.setAttribute("tabindex", "-1");
  element.setAttribute("tabindex", "0");
}

function nameFigures(within) {
  for (const link of within.querySelectorAll("a.fact")) {
    const fact = factById.get(figureOf(link));
    if (fact) link.setAttribute("aria-label", nameOf(fact));
  }
}

function makeGrid(table) {
  const links = table.querySelectorAll("td a, th a");
  if (!links.length) return;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  const frame = table.closest(".grid");
  if (frame) frame.removeAttribute("tabindex");
  for (const link of links) {
    if (!link.hasAttribute("tabindex")) link.setAttribute("tabindex", "-1");
  }
  if (!table.querySelector("[tabindex='0']")) makeStop(links[0], table);
}

// The cells of a table by row and column, a merged one in every place that it covers.
function placesIn(table) {
  const rows = Array.from(table.rows).filter((row) => !row.hidden);
  const places = rows.map(() => []);
  rows.forEach((row, down) => {
    let across = 0;
    for (const cell of row.cells) {
      while (places[down][across]) across += 1;
      for (const covered of places.slice(down, down + cell.rowSpan)) {
        for (let at = 0; at < cell.colSpan; at += 1) covered[across + at] = cell;
      }
    }
  });
  return places;
}

// What in a cell takes the focus: its links, or what else can, or the cell itself.
function stopsIn(cell) {
  const inside = cell.querySelectorAll("a[href], button, input, select");
  return inside.length ? Array.from(inside) : [cell];
}

function neighbour(cell, [down, across]) {
  const places = placesIn(cell.closest("table"));
  let row = places.findIndex((each) => each.includes(cell));
  let column = places[row].indexOf(cell);
  do {
    row += down;
    column += across;
  } while (places[row] && places[row][column] === cell);
  return places[row] && places[row][column];
}

function endOf(cell, direction, ofTable) {
  const places = placesIn(cell.closest("table"));
  const row = ofTable ? places[direction < 0 ? 0 : places.length - 1] : places.find((each) => each.includes(cell));
  return row[direction < 0 ? 0 : row.length - 1];
}

// Where a key leads from an element in a cell; a cell of several links is gone through.
function ledTo(from, cell, event) {
  if (event.key in ENDS) return stopsIn(endOf(cell, ENDS[event.key], event.ctrlKey))[0];
  const step = STEPS[event.key];
  if (!step || event.ctrlKey) return null;
  const own = stopsIn(cell);
  const inside = step[1] && own[own.indexOf(from) + step[1]];
  if (inside) return inside;
  const next = neighbour(cell, step);
  if (!next) return null;
  const stops = stopsIn(next);
  return stops[step[1] < 0 ? stops.length - 1 : 0];
}

function stepInTable(event) {
  const cell = event.target.closest(GRID_CELLS);
  if (!cell || event.defaultPrevented || event.altKey || event.shiftKey || event.metaKey) return;
  if (event.target.matches("input, select, textarea")) return;
  const to = ledTo(event.target, cell, event);
  if (!to) return;
  event.preventDefault();
  if (!to.matches("button, input, select")) makeStop(to, cell.closest("table"));
  to.focus();
}

// Who is led into a table by a click or a link goes on from there.
function keepStop(event) {
  const cell = event.target.closest(GRID_CELLS);
  if (cell && event.target.matches("a, td, th")) makeStop(event.target, cell.closest("table"));
}

function lookAt(changes) {
  const tables = new Set();
  for (const { target, addedNodes } of changes) {
    for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) nameFigures(node);
    if (target.closest("table")) tables.add(target.closest("table"));
  }
  tables.forEach(makeGrid);
}

addEventListener("DOMContentLoaded", () => {
  factsRead.then(() => {
    const report = document.getElementById("report");
    nameFigures(report);
    report.querySelectorAll("table").forEach(makeGrid);
    report.addEventListener("keydown", stepInTable);
    report.addEventListener("focusin", keepStop);
    new MutationObserver(lookAt).observe(report, { childList: true, subtree: true });
  });
});
