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
const links = new Map(
  Array.from(document.querySelectorAll(".contents a"), (link) => [link.getAttribute("href").slice(1), link]),
);
const listed = Array.from(document.querySelectorAll("main h2[id], main h3[id]")).filter((heading) =>
  links.has(heading.id),
);
let here = null;

function follow() {
  const line = innerHeight / 3;
  const passed = listed.filter((heading) => heading.getBoundingClientRect().top <= line);
  const now = passed.length ? links.get(passed[passed.length - 1].id) : null;
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
