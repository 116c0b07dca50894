"use strict";
// The fingerprint of the page as it was written: SHA-256 over all that was read of it, taken
// before any script changes a thing. `page_fingerprint.py` says what stands in the text and
// writes the same. No BigInt, no crypto: what stops the recomputation does not stop this.

// A form or a picture can be named like a property of the document; the prototype's stays itself.
const first = (selector) => Document.prototype.querySelector.call(document, selector);

function escaped(text) {
  return /[&<]/.test(text) ? text.replace(/&/g, "&amp;").replace(/</g, "&lt;") : text;
}

function openingTag(element) {
  const name = element.localName.toLowerCase();
  const { attributes } = element;
  const written = [];
  for (let at = 0; at < attributes.length; at += 1) {
    const each = attributes[at];
    const key = each.name.toLowerCase();
    if (name === "details" && key === "open") continue;
    written.push(` ${key}="${escaped(each.value).replace(/"/g, "&quot;")}"`);
  }
  return `<${name}${written.length > 1 ? written.sort().join("") : written}>`;
}

function canonicalText(text) {
  const parent = text.parentNode;
  const between = !/[^ \t\n\f\r]/.test(text.data) && ["HTML", "HEAD", "BODY"].includes(parent.nodeName);
  return between || parent.id === "page-fingerprint" ? "" : escaped(text.data);
}

function opening(node, type) {
  if (type === Node.ELEMENT_NODE) return openingTag(node);
  if (type === Node.TEXT_NODE) return canonicalText(node);
  if (type === Node.COMMENT_NODE || type === Node.DOCUMENT_NODE) return "";
  return `<!${node.nodeName}${node.publicId || ""}${node.systemId || ""}>`;
}

function canonical() {
  const walker = Document.prototype.createTreeWalker.call(document, document);
  const parts = [];
  for (;;) {
    const type = walker.currentNode.nodeType;
    parts.push(opening(walker.currentNode, type));
    if (type !== Node.TEXT_NODE && walker.firstChild()) continue;
    if (type === Node.ELEMENT_NODE) parts.push("</>");
    while (!walker.nextSibling()) {
      if (walker.parentNode() === document) return parts.join("");
      parts.push("</>");
    }
  }
}

// A shadow root shows something else in place of what an element holds, and stands in no walk.
// A closed one cannot be seen; but no element takes a second one.
function shadowed() {
  if (!("shadowRootMode" in HTMLTemplateElement.prototype)) return false;
  const hosts = "article, aside, blockquote, body, div, footer, h1, h2, h3, h4, h5, h6, header, main, nav, p, section, span";
  try {
    for (const host of Document.prototype.querySelectorAll.call(document, hosts)) {
      if (host.shadowRoot) return true;
      host.attachShadow({ mode: "open" }).append(document.createElement("slot"));
    }
  } catch (error) {
    return true;
  }
  return false;
}

// What is wrong is told where no style of the page can hide it, above everything else; in the
// face that has what scripts may say.
const ABOVE_ALL = {
  all: "initial",
  display: "flex",
  position: "fixed",
  "z-index": "2147483647",
  bottom: "0",
  left: "0",
  right: "0",
  "max-height": "40vh",
  overflow: "auto",
  padding: ".5rem 1rem",
  color: "#fff",
  background: "#a11d1d",
  font: '400 .9rem/1.6 "Report Sans SC", var(--given, "Report Sans SC"), sans-serif',
};

// `state` is "ok" where all was checked and agrees, "part" where some was not checked, or "bad".
function tell(state, words) {
  const line = first("#recheck") || document.createElement("p");
  line.id = "recheck";
  line.textContent = words;
  first("html").dataset.recheck = state;
  if (state !== "bad") return;
  first("html").append(line);
  for (const name of Object.keys(ABOVE_ALL)) line.style.setProperty(name, ABOVE_ALL[name], "important");
  // Styles of the page can still draw before and after it; then all but the faces goes.
  if (["::before", "::after"].every((part) => getComputedStyle(line, part).content === "none")) return;
  for (const sheet of Array.from(document.styleSheets)) {
    for (let at = sheet.cssRules.length - 1; at >= 0; at -= 1) {
      if (sheet.cssRules[at].type !== CSSRule.FONT_FACE_RULE) sheet.deleteRule(at);
    }
  }
}

// What is known of the page as a whole: "same", "altered", or "unchecked" where the browser cannot.
const wholePage = { state: "unchecked", words: "整页未核对（浏览器不支持，或程序被改动），封面、文字、图和样式有无改动不知。" };

function takeFingerprint() {
  const now = sha256(canonical()).slice(0, 24).toUpperCase().replace(/.{4}(?=.)/g, "$& ");
  const told = first("#page-fingerprint");
  const recorded = told ? told.textContent : "无";
  if (now === recorded && !shadowed()) {
    wholePage.state = "same";
    wholePage.words = `整页与网页指纹 ${now} 相符，请与存档的核对：程序被改动的网页，自己说的不作数。`;
  } else {
    wholePage.state = "altered";
    wholePage.words = `整页与生成时不符（现指纹 ${now}，所记 ${recorded}；浏览器插件和另存也会改动页面）`;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  try {
    takeFingerprint();
  } catch (error) {
    wholePage.state = "unchecked";
  }
  // Until the figures are recomputed, and where they cannot be.
  const whole = wholePage.words + (wholePage.state === "altered" ? "。" : "");
  tell(wholePage.state === "altered" ? "bad" : "part", `数字未复算（浏览器不支持，或数据不完整）。${whole}`);
});
