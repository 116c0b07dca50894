"use strict";
// Review mode: mark every figure of the body that is no fact. Exempt, and only these: titles
// in 《》, document numbers, years, months, list numbers in brackets, the × 100% of a formula, and 95%区间;
// dates, account codes, headings, links (the page numbers what they lead to), drawings and code are
// not read.
const EXEMPT = /《[^》]*》|〔\d{4}〕\d+号|(?:\d{4}—)?\d{4}年|(?:\d{1,2}—)?\d{1,2}月|（\d+）|\*100%|95%区间/g;
const NOT_READ = "a, time, code, h2, h3, h4, svg, .number, .code, .explore, script";

function markPlainFigures() {
  const walker = document.createTreeWalker(document.getElementById("report"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(NOT_READ) && !parent.closest(".appendix")) texts.push(walker.currentNode);
  }
  let count = 0;
  for (const node of texts) {
    const masked = node.data.replace(EXEMPT, (hit) => "\u00a0".repeat(hit.length));
    const hits = [];
    masked.replace(/\d[\d,.]*%?/g, (hit, at) => hits.push([at, at + hit.length]));
    for (const [start, end] of hits.reverse()) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      const mark = document.createElement("mark");
      mark.className = "not-a-fact";
      range.surroundContents(mark);
      count += 1;
    }
  }
  return count;
}

function unmarkPlainFigures() {
  for (const mark of document.querySelectorAll("mark.not-a-fact")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
}

addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("review");
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    document.documentElement.classList.toggle("review", on);
    if (!on) whole(unmarkPlainFigures);
    document.getElementById("review-count").textContent = on
      ? `正文中非数据项的数字${whole(markPlainFigures)}处（文号、年度、序号除外）`
      : "";
  });
});
