
// Click a figure: its entry of the appendix opens in a panel, and every input in it likewise.
const panel = document.getElementById("panel");
const panelBody = document.getElementById("panel-body");
const panelBack = document.getElementById("panel-back");
const panelSearch = document.getElementById("panel-search");
const panelCitation = document.getElementById("panel-citation");
const trail = [];

function openPanel() {
  if (!panel.open) panel.showModal();
}

function showFact(id) {
  const fact = factById.get(id);
  const entry = document.getElementById(`fact-${id}`).cloneNode(true);
  entry.removeAttribute("id");
  entry.firstElementChild.id = "panel-title";
  panelBody.replaceChildren(entry);
  panelSearch.hidden = true;
  panelCitation.hidden = false;
  panelBack.hidden = trail.length < 2;
  document.getElementById("copied").textContent = "";
  const unit = fact.unit === "%" || !fact.value ? "" : fact.unit;
  document.getElementById("citation").value =
    `${fact.label} ${fact.display}${unit}（数据项 ${id}，《${document.title}》，报告指纹 SHA-256 ${document.getElementById("fingerprint").textContent}）`;
  openPanel();
  panel.scrollTop = 0;
}

function showSearch() {
  trail.length = 0;
  panelBody.replaceChildren();
  panelSearch.hidden = false;
  panelCitation.hidden = true;
  panelBack.hidden = true;
  listHits();
  openPanel();
  document.getElementById("panel-query").focus();
}

function listHits() {
  const words = document.getElementById("panel-query").value.trim().toLowerCase().split(/\s+/);
  const found = facts.filter((fact) => {
    const text = `${fact.label} ${fact.id} ${fact.display} ${fact.value}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  document.getElementById("panel-hits").replaceChildren(
    ...found.slice(0, 30).map((fact) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#fact-${fact.id}`;
      link.textContent = `${fact.label} ${fact.display}`;
      item.append(link);
      return item;
    }),
  );
}

async function copyCitation() {
  const citation = document.getElementById("citation");
  citation.select();
  try {
    await navigator.clipboard.writeText(citation.value);
  } catch {
    document.execCommand("copy");
  }
  document.getElementById("copied").textContent = "已复制";
}

if (panel.showModal) {
  document.querySelector(".tools").hidden = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const target = link.getAttribute("href");
    if (target.startsWith("#fact-")) {
      event.preventDefault();
      if (!panel.open) trail.length = 0;
      trail.push(target.slice("#fact-".length));
      showFact(trail[trail.length - 1]);
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
  document.getElementById("find").addEventListener("click", showSearch);
  document.getElementById("panel-query").addEventListener("input", listHits);
  document.getElementById("copy").addEventListener("click", copyCitation);
}
