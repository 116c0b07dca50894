"use strict";
// The entry of a figure: all that stands behind it, made when somebody asks for it.
const ROUNDINGS = { half_up: "四舍五入", down: "向下舍入", up: "向上舍入" };
const MOST_SOURCES = 12;

function made(name, ...inside) {
  const element = document.createElement(name);
  element.append(...inside);
  return element;
}

function linkTo(id, words) {
  const link = made("a", words);
  link.href = `#${id}`;
  return link;
}

// Several things on one line, or each on its own.
function separated(things, between) {
  return [].concat(...things.map((thing, at) => (at ? [between(), thing] : [thing])));
}

const unitAfter = (fact) => (fact.unit === "%" || !fact.value ? "" : fact.unit);

// A figure by what it is: its name, and its value in its unit.
const nameOf = (fact) => `${fact.label} ${fact.display}${unitAfter(fact)}`;

function roundingOf(fact) {
  const how = ROUNDINGS[fact.rounding];
  return fact.decimals ? `${how}，保留${fact.decimals}位小数` : how;
}

function inputsOf(fact) {
  return fact.tree ? Array.from(new Set(idsIn(fact.tree))) : fact.rests_on;
}

function idsIn(tree) {
  if (typeof tree === "string") return [tree];
  return [].concat(...(tree.args || []).map(idsIn));
}

// Every cell a figure rests on, once; those its own formula names come first.
function cellsBelow(fact, found = new Set(), seen = new Set()) {
  seen.add(fact);
  for (const cell of fact.cells) found.add(cell);
  for (const input of inputsOf(fact).map((id) => factById.get(id))) {
    if (!seen.has(input)) cellsBelow(input, found, seen);
  }
  return Array.from(found);
}

// The first cells for a reader; those of one column and text once, by their lines.
function sourcesOf(fact) {
  const below = cellsBelow(fact);
  const alike = new Map();
  for (const cell of below) {
    const [file, sheet, line, column, text] = origins[cell];
    const key = JSON.stringify([file, sheet, column, text]);
    if (!alike.has(key)) alike.set(key, { file, sheet, column, text, lines: [] });
    if (line) alike.get(key).lines.push(line);
  }
  const said = Array.from(alike.values(), ({ file, sheet, column, text, lines }) =>
    [
      file + (sheet ? ` “${sheet}”表` : ""),
      lines.length ? ` 第${lines.join("、")}行` : "",
      column ? `“${column}”列` : "",
      `：${text || "（空）"}`,
    ].join(""),
  );
  const rest = said.length > MOST_SOURCES ? [`等共${below.length}个单元格，逐个列在 facts.json`] : [];
  return said.slice(0, MOST_SOURCES).concat(rest);
}

// Where a figure stands in the report: links to it, named by the heading above and the table.
function placesOf(fact) {
  const heads = Array.from(document.querySelectorAll("#report h2, #report h3, #report h4"));
  const links = `#report a.fact[href="#fact-${fact.id}"], #report a.fact[data-fact="${fact.id}"]`;
  const shown = Array.from(document.querySelectorAll(links));
  return shown.map((link, at) => {
    link.id = `at-${fact.id}-${at + 1}`;
    const above = heads.filter((head) => head.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
    const block = link.closest("figure") || link.closest("table");
    const name = block && (block.querySelector(".number") || block.querySelector(".title"));
    return linkTo(link.id, above[above.length - 1].textContent + (name ? `，${name.textContent}` : ""));
  });
}

function entryOf(fact) {
  const lines = made("dl");
  const line = (name, ...said) => lines.append(made("div", made("dt", name), made("dd", ...said)));
  const comma = () => "、";
  line("名称", made("code", fact.id));
  if (fact.value) {
    line("精确值", fact.value + fact.unit);
    line("舍入", roundingOf(fact));
  } else line("原因", fact.reason);
  if (fact.formula) line("算式", fact.formula);
  if (fact.substituted) line("代入", fact.substituted);
  if (fact.denominator) line("分母", fact.denominator);
  if (fact.tree) {
    const inputs = inputsOf(fact).map((id) => factById.get(id));
    line("输入", ...separated(inputs.map((input) => linkTo(`fact-${input.id}`, `${input.label} ${input.display}`)), comma));
  }
  line("来源", ...separated(sourcesOf(fact), () => made("br")));
  const places = whole(() => placesOf(fact));
  line("所在", ...(places.length ? separated(places, () => "；") : ["正文未用，供计算或核对"]));
  lines.lastChild.className = "places";
  const title = made("h2", `${fact.label}　${fact.display}${unitAfter(fact)}`);
  title.id = "panel-title";
  return [title, lines];
}
