"use strict";
// Click a figure: its entry opens in a panel, and every input in it likewise.
const panel = document.getElementById("panel");
const panelBody = document.getElementById("panel-body");
const panelBack = document.getElementById("panel-back");
const trail = [];

function showFact(id) {
  const fact = factById.get(id);
  panelBody.textContent = "";
  panelBody.append(...entryOf(fact));
  panelBack.hidden = trail.length < 2;
  document.getElementById("copied").textContent = "";
  document.getElementById("citation").value =
    `${nameOf(fact)}（数据项 ${id}，《${document.title}》，报告指纹 SHA-256 ${document.getElementById("fingerprint").textContent}）`;
  if (!panel.open) openDialog(panel);
  panel.scrollTop = 0;
}

function lead(id) {
  if (!panel.open) trail.length = 0;
  trail.push(id);
  showFact(id);
}

// Where the figures of the page cannot be read, to its line in the list of all.
function leadTo(id, place = `#fact-${id}`) {
  factsRead.then(
    () => lead(id),
    () => (location.hash = place),
  );
}

async function copyCitation() {
  const citation = document.getElementById("citation");
  citation.select();
  try {
    await navigator.clipboard.writeText(citation.value);
  } catch (error) {
    document.execCommand("copy");
  }
  document.getElementById("copied").textContent = "已复制";
}

addEventListener("DOMContentLoaded", () => {
  if (!panel.showModal) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const target = link.getAttribute("href");
    if (link.dataset.fact || target.startsWith("#fact-")) {
      event.preventDefault();
      leadTo(figureOf(link), target);
    } else if (panel.open) {
      panel.close();
      const place = document.getElementById(target.slice(1));
      const folded = place && place.closest("details");
      if (folded) folded.open = true;
    }
  });
  panelBack.addEventListener("click", () => {
    trail.pop();
    showFact(trail[trail.length - 1]);
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
  document.getElementById("copy").addEventListener("click", copyCitation);
});
