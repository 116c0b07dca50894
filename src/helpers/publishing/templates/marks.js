"use strict";
// The marks of a chart are figures: each leads to its panel, like a figure in the text. A chart is
// one stop of the keyboard, arrows go from mark to mark, and what is looked at tells its name.
const FORWARD = ["ArrowRight", "ArrowDown"];
const BACK = ["ArrowLeft", "ArrowUp"];
const tip = made("p");
let leaving = 0;

const marksIn = (chart) => Array.from(chart.querySelectorAll("[role=link]"));
const markAt = (event) => event.target.closest(".chart [role=link]");

function nameMarks() {
  for (const mark of document.querySelectorAll("#report .chart [data-fact]")) {
    const fact = factById.get(mark.getAttribute("data-fact"));
    if (!fact) continue;
    const chart = mark.closest("svg");
    mark.setAttribute("role", "link");
    mark.setAttribute("aria-label", nameOf(fact));
    mark.setAttribute("tabindex", chart.getAttribute("role") === "group" ? "-1" : "0");
    if (chart.getAttribute("role") === "group") continue;
    const [title, words] = chart.getAttribute("aria-labelledby").split(" ");
    chart.setAttribute("role", "group");
    chart.setAttribute("aria-labelledby", title);
    chart.setAttribute("aria-describedby", words);
  }
}

// Above the mark, or below it where there is no room, and never beyond the window.
function showTip(mark) {
  clearTimeout(leaving);
  tip.textContent = mark.getAttribute("aria-label");
  tip.hidden = false;
  const place = mark.getBoundingClientRect();
  const most = document.documentElement.clientWidth - tip.offsetWidth - 8;
  const left = Math.max(8, Math.min(most, (place.left + place.right - tip.offsetWidth) / 2));
  const above = place.top - tip.offsetHeight - 4;
  tip.style.left = `${left + pageXOffset}px`;
  tip.style.top = `${(above < 56 ? place.bottom + 4 : above) + pageYOffset}px`;
}

function hideTip() {
  tip.hidden = true;
}

// The pointer may go on to the tip, to read it or to copy it; then what has the focus has the tip.
function hideTipSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    const focused = document.activeElement.closest(".chart [role=link]");
    if (focused) showTip(focused);
    else hideTip();
  }, 200);
}

function markFor(key, mark) {
  const marks = marksIn(mark.closest("svg"));
  const at = marks.indexOf(mark);
  if (FORWARD.includes(key)) return marks[at + 1];
  if (BACK.includes(key)) return marks[at - 1];
  return { Home: marks[0], End: marks[marks.length - 1] }[key];
}

function onKey(event) {
  const mark = markAt(event);
  if (event.key === "Escape") hideTip();
  if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const to = markFor(event.key, mark);
  if (event.key === "Enter") leadTo(mark.getAttribute("data-fact"));
  else if (to) to.focus();
  else return;
  event.preventDefault();
}

function onFocus(event) {
  const mark = markAt(event);
  if (!mark) return hideTip();
  makeStop(mark, mark.closest("svg"));
  return showTip(mark);
}

addEventListener("DOMContentLoaded", () => {
  if (!panel.showModal) return;
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  factsRead.then(nameMarks);
  document.addEventListener("click", (event) => markAt(event) && leadTo(markAt(event).getAttribute("data-fact")));
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("focusout", hideTip);
  document.addEventListener("mouseover", (event) => {
    if (event.target === tip) clearTimeout(leaving);
    else if (markAt(event)) showTip(markAt(event));
    else if (!tip.hidden) hideTipSoon();
  });
});
