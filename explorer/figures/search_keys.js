// A search box as a combobox (ARIA): the focus stays in the box, the arrows choose a hit, Enter opens it or else the first,
// Escape lets go of it. Hits are links in a list, or on the network's page rows with a button that shows and one that adds.
const LISTS = ".hits, .st-key-network-hits", HITS = ".hits a[href], [class*='st-key-pick-'] button";
const ROWS = "[class*='st-key-hit-']", CELLS = ":scope .stElementContainer";
const BOXES = "input[type='search'], [class*='st-key-search'] input, [class*='st-key-network-search'] input";
const SEARCHED = ".st-key-searched-words"; // after the hits: the words that they are for
const LOOK_EVERY = 50, LONGEST_SEARCH = 60000; // milliseconds; a server that has just started takes its time

function installSearchKeys() {
  const hits = () => [...document.querySelectorAll(HITS)];
  const chosen = () => hits().find((hit) => hit.classList.contains("chosen"));
  const change = (element, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) element.removeAttribute(name);
      else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
    }
  };

  // Give the list and its hits the roles of a list box, or of a grid where a row has two buttons.
  const name = () => {
    const box = [...document.querySelectorAll(BOXES)].find((element) => element.closest("[class*='st-key-search-everywhere'], [class*='st-key-network-search']"));
    if (!box) return;
    const list = document.querySelector(LISTS), found = hits(), grid = list?.matches(".hits") === false;
    if (list) change(list, { id: "search-hits", role: grid ? "grid" : "listbox", "aria-label": "Search results" });
    found.forEach((hit, number) => {
      const row = hit.closest(grid ? ROWS : "li");
      if (grid) {
        change(row, { role: "row" });
        for (const cell of row.querySelectorAll(CELLS)) change(cell, { role: "gridcell" });
      } else change(row, { role: "presentation" });
      change(grid ? hit.closest(".stElementContainer") : hit, { id: `search-hit-${number}`, ...(grid ? {} : { role: "option" }), "aria-selected": hit === chosen() });
    });
    const at = found.indexOf(chosen());
    change(box, {
      role: "combobox", "aria-autocomplete": "list", "aria-haspopup": grid ? "grid" : "listbox", "aria-expanded": found.length > 0,
      "aria-controls": list ? "search-hits" : null, "aria-activedescendant": at < 0 ? null : `search-hit-${at}`,
    });
  };

  const choose = (hit) => {
    for (const other of hits()) other.classList.toggle("chosen", other === hit);
    hit?.scrollIntoView({ block: "nearest" });
    name();
  };

  const openFirst = (box) => {
    const words = box.value, end = performance.now() + LONGEST_SEARCH;
    const look = () => {
      if (box.value !== words || document.activeElement !== box || performance.now() > end) return;
      if (document.querySelector(SEARCHED)?.textContent.trim() === words.trim()) hits()[0]?.click();
      else setTimeout(look, LOOK_EVERY);
    };
    look();
  };

  document.addEventListener("keydown", (event) => {
    const box = event.target.matches?.(BOXES) ? event.target : null;
    if (!box || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const found = hits(), at = found.indexOf(chosen());
    if (event.key === "Enter" && box.value.trim()) { if (at < 0) openFirst(box); else found[at].click(); }
    else if (event.key === "ArrowDown" && found.length) choose(found[Math.min(at + 1, found.length - 1)]);
    else if (event.key === "ArrowUp" && found.length) choose(found[at - 1]);
    else if (event.key === "Escape" && at >= 0) choose(null);
    else return;
    if (event.key !== "Enter" || at >= 0) event.preventDefault();
  });
  let naming = false;
  new MutationObserver(() => {
    if (naming) return;
    naming = true;
    requestAnimationFrame(() => { naming = false; name(); });
  }).observe(document.body, { childList: true, subtree: true });
  name();
}
