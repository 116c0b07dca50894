"use strict";
// Recompute the report: every fact from its formula and the cells below it, every figure on the
// page from its fact, in exact arithmetic on whole numbers. What has no value is null and
// travels like the report's own.

// A browser without BigInt reads this script as well: nothing here is computed before it is asked.
const big = (whole) => BigInt(whole);
const ten = (power) => big("1" + "0".repeat(power));

const Exact = {
  of(top, bottom) {
    if (!bottom) return null;
    if (bottom < 0) [top, bottom] = [-top, -bottom];
    let [a, b] = [top < 0 ? -top : top, bottom];
    while (b) [a, b] = [b, a % b];
    return { top: top / a, bottom: bottom / a };
  },
  // Reads "12", "-0.5", "23,187.02" or "p/q"; null where there is no value.
  parse(text) {
    const found = /^([-+]?)(\d[\d,]*)(?:\.(\d+))?(?:\/(\d+))?$/.exec(text);
    if (!found) return null;
    const [, sign, whole, part = "", bottom = "1"] = found;
    const top = big(whole.replace(/,/g, "") + part);
    return Exact.of(sign === "-" ? -top : top, big(bottom) * ten(part.length));
  },
  less: (a, b) => a.top * b.bottom < b.top * a.bottom,
  same: (a, b) => (a && b ? a.top === b.top && a.bottom === b.bottom : a === b),
};

const ARITHMETIC = {
  "+": (a, b) => Exact.of(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  "-": (a, b) => Exact.of(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  "*": (a, b) => Exact.of(a.top * b.top, a.bottom * b.bottom),
  "/": (a, b) => Exact.of(a.top * b.bottom, a.bottom * b.top),
  sum: (...all) => all.reduce(ARITHMETIC["+"]),
  min: (...all) => all.reduce((a, b) => (Exact.less(b, a) ? b : a)),
  max: (...all) => all.reduce((a, b) => (Exact.less(a, b) ? b : a)),
  mean: (...all) => ARITHMETIC["/"](ARITHMETIC.sum(...all), integer(all.length)),
  round: (a, digits) => Exact.of(rounded(a, Number(digits.top)), ten(Number(digits.top))),
  floor: (a) => Exact.of(floor(a.top, a.bottom), big(1)),
  ceil: (a) => Exact.of(-floor(-a.top, a.bottom), big(1)),
  ">=": (a, b) => integer(Exact.less(a, b) ? 0 : 1),
  ">": (a, b) => integer(Exact.less(b, a) ? 1 : 0),
  "<=": (a, b) => integer(Exact.less(b, a) ? 0 : 1),
  "<": (a, b) => integer(Exact.less(a, b) ? 1 : 0),
};

// Questions take what is blank as well; a text is a text here, a number is exact or null.
const QUESTIONS = {
  is: (text, ...wanted) => (text ? integer(wanted.includes(text) ? 1 : 0) : null),
  filled: (text) => integer(text ? 1 : 0),
  given: (a) => integer(a ? 1 : 0),
  "=": (a, b) => integer(Exact.same(a, b) ? 1 : 0),
  and: (...all) => integer(all.every(holds) ? 1 : 0),
  not: (a) => integer(holds(a) ? 0 : 1),
  count: (...all) => integer(all.filter(holds).length),
  rows: (...all) => integer(all.length),
  // The number after the first answer that holds; answers and numbers take turns.
  first: (...all) => {
    const at = all.findIndex((each, index) => index % 2 === 0 && holds(each));
    return at < 0 ? null : all[at + 1];
  },
};

const integer = (number) => ({ top: big(number), bottom: big(1) });
const holds = (answer) => Boolean(answer && answer.top);
const ASKS_TEXT = ["is", "filled", "rows"];

function evaluate(tree, own) {
  if (typeof tree === "string") return recomputed(tree).value;
  if ("number" in tree) return Exact.parse(tree.number);
  if ("cell" in tree) return Exact.parse(cells[own[tree.cell]].replace(/%$/, ""));
  if (ASKS_TEXT.includes(tree.op)) return QUESTIONS[tree.op](...tree.args.map((arg) => textOf(arg, own)));
  const inputs = tree.args.map((arg) => evaluate(arg, own));
  if (tree.op in QUESTIONS) return QUESTIONS[tree.op](...inputs);
  return inputs.includes(null) ? null : ARITHMETIC[tree.op](...inputs);
}

function textOf(tree, own) {
  return "cell" in tree ? cells[own[tree.cell]] : tree.text;
}

const worked = new Map();

// The value and the digest of a fact, from the cells alone.
function recomputed(id) {
  if (worked.has(id)) return worked.get(id);
  const fact = factById.get(id);
  const read = fact.read ? cells[fact.cells[0]].replace(/%$/, "") : fact.value;
  const value = fact.tree ? evaluate(fact.tree, fact.cells) : Exact.parse(read);
  const below = [...inputsOf(fact).map((id) => recomputed(id).digest), ...(fact.tree ? [] : [fact.value])];
  const digest = crc32([...fact.cells.map((at) => cells[at]), ...below].join("\n"));
  worked.set(id, { value, digest });
  return worked.get(id);
}

// What CRC-32 makes of each byte.
const REMAINDERS = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  return sum;
});

function crc32(text) {
  let sum = -1;
  const bytes = unescape(encodeURIComponent(text));
  for (let at = 0; at < bytes.length; at += 1) sum = (sum >>> 8) ^ REMAINDERS[(sum ^ bytes.charCodeAt(at)) & 255];
  return (~sum >>> 0).toString(16);
}

function floor(top, bottom) {
  const whole = top / bottom;
  return top < 0 && whole * bottom !== top ? whole - big(1) : whole;
}

// Half-up away from zero, or outward for the ends of an interval.
function rounded(value, decimals, rounding) {
  const top = value.top * ten(decimals);
  const size = top < 0 ? -top : top;
  if (rounding === "down") return floor(top, value.bottom);
  if (rounding === "up") return -floor(-top, value.bottom);
  const half = (size + size + value.bottom) / (value.bottom + value.bottom);
  return top < 0 ? -half : half;
}

function display(fact) {
  const value = Exact.parse(fact.value);
  const digits = rounded(value, fact.decimals, fact.rounding);
  const text = (digits < 0 ? -digits : digits).toString().padStart(fact.decimals + 1, "0");
  const whole = text.slice(0, text.length - fact.decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = fact.decimals ? "." + text.slice(-fact.decimals) : "";
  return (digits < 0 ? "\u2212" : "") + whole + part + (fact.unit === "%" ? "%" : "");
}

// What is wrong with a fact, or nothing.
function fault(fact) {
  const value = Exact.parse(fact.value);
  const now = recomputed(fact.id);
  if (!Exact.same(now.value, value)) return fact.tree ? "算式与数值不符" : "数值与来源不符";
  if (now.digest !== fact.digest) return "所依据的单元格有改动";
  if (value && display(fact) !== fact.display) return "显示数与精确值不符";
  return "";
}

// What is wrong with a figure as it stands on the page, in the text or in the list of all.
function shownFault(shown) {
  const id = figureOf(shown);
  const fact = factById.get(id);
  if (!fact) return `${id}（页面上的数与数据项不符）`;
  const said = shown.localName === "a" ? fact.display : nameOf(fact);
  return shown.textContent === said ? "" : `${fact.label}（页面上的数与数据项不符）`;
}

// All that is wrong with things, looked at in slices of 30 ms: reading never stalls.
async function faultsOf(things, faultOf) {
  const wrong = [];
  let until = performance.now() + 30;
  for (const thing of things) {
    const problem = faultOf(thing);
    if (problem) wrong.push(problem);
    if (performance.now() < until) continue;
    await new Promise((go) => setTimeout(go));
    until = performance.now() + 30;
  }
  return wrong;
}

function faultNamed(fact) {
  const problem = fault(fact);
  return problem && `${fact.label}（${problem}）`;
}

async function recheck() {
  await factsRead;
  const altered = wholePage.state === "altered";
  const shown = whole(() => document.querySelectorAll("#report a.fact, #report .facts dt[id^=fact-]"));
  const found = [...(await faultsOf(facts, faultNamed)), ...(await faultsOf(shown, shownFault))];
  const wrong = Array.from(new Set(found)).concat(altered ? wholePage.words : []);
  const computed = facts.filter((fact) => fact.tree).length;
  const agree = wholePage.state === "same" ? "经复核全部一致" : "算式和数字一致";
  const outcome = wrong.length ? `${wrong.length}项不一致：${wrong.join("、")}` : agree;
  const state = wrong.length ? "bad" : wholePage.state === "same" ? "ok" : "part";
  const told = `复算${computed}项，${outcome}；${facts.length - computed}项为读数。`;
  tell(state, altered ? told : told + wholePage.words);
}

// The page has no state while that is worked out. Where it cannot be, what was told of the page
// as a whole is told again: that no figure was recomputed.
addEventListener("DOMContentLoaded", () => {
  if (typeof BigInt === "undefined") return;
  const root = document.documentElement;
  const line = document.getElementById("recheck");
  const before = [root.dataset.recheck, line.textContent];
  delete root.dataset.recheck;
  if (wholePage.state !== "altered") line.textContent = "正在复算。";
  recheck().catch(() => tell(...before));
});
