"use strict";
// On paper nothing can be opened, so the numbers of the charts are printed with them.
addEventListener("DOMContentLoaded", () => {
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("figure details:not([open])")) {
      details.open = true;
      details.dataset.openedForPrint = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-opened-for-print]")) {
      details.open = false;
      delete details.dataset.openedForPrint;
    }
  });
});
