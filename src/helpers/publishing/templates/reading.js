"use strict";
// The contents follow the reader; light and dark at a key. Nothing here is needed to read, and
// like every script it begins when the page is read: its fingerprint is taken before.
const dark = document.getElementById("dark");
const theme = document.getElementById("theme");

function isDark() {
  return matchMedia(dark.media).matches;
}

function nameTheme() {
  theme.textContent = isDark() ? "浅色" : "深色";
}

// Beside the text the contents are always open; above it they would be in the way.
const wide = matchMedia("(min-width: 70rem) and (min-height: 24rem)");
const contents = document.getElementById("contents");

function unfold() {
  contents.open = wide.matches;
}

// A heading is where the reader is from when it passes the upper third until the next one does.
// Only those of the section there are measured: the others need not be laid out for it.
const links = new Map(
  Array.from(document.querySelectorAll(".contents a"), (link) => [link.getAttribute("href").slice(1), link]),
);
const sections = Array.from(document.querySelectorAll("#report > section"));
let here = null;

function lastAbove(line, elements) {
  const passed = Array.from(elements).filter((element) => element.getBoundingClientRect().top <= line);
  return passed[passed.length - 1];
}

function placeOfReader() {
  const section = lastAbove(innerHeight / 3, sections);
  if (!section) return null;
  const listed = Array.from(section.querySelectorAll("h2, h3")).filter((heading) => links.has(heading.id));
  const heading = lastAbove(innerHeight / 3, listed) || listed[0];
  return heading ? links.get(heading.id) : null;
}

function follow() {
  const now = placeOfReader();
  if (now === here) return;
  if (here) here.removeAttribute("aria-current");
  here = now;
  if (!here) return;
  here.setAttribute("aria-current", "location");
  const box = document.querySelector(".contents");
  if (wide.matches) {
    box.scrollTop = here.offsetTop - box.clientHeight / 2;
  }
}

let waiting = false;
function followSoon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
  });
}

addEventListener("DOMContentLoaded", () => {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    dark.media = isDark() ? "not all" : "screen";
    nameTheme();
  });
  nameTheme();
  unfold();
  wide.addListener(unfold);
  document.querySelector(".to-contents").addEventListener("click", () => {
    contents.open = true;
  });
  addEventListener("scroll", followSoon, { passive: true });
  follow();
});
