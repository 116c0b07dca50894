"use strict";
// The fonts stand in the page: read now, before a text needs them, they are there when it is first
// laid out, which else is done twice.
for (const face of document.fonts) face.load().catch(() => {}); // a reader's own font does as well
