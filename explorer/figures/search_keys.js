// Keys of a search box: Enter opens the first hit, and the arrows go through the hits and back to the box.
const HITS = ".hits a[href], [class*='st-key-pick-'] button";
const SEARCHED = ".st-key-searched-words"; // after the hits: the words that they are for
const LOOK_EVERY = 50, LONGEST_SEARCH = 60000; // milliseconds; a server that has just started takes its time

function installSearchKeys() {
  let lastBox = null;
  const hits = () => [...document.querySelectorAll(HITS)];
  const isSearchBox = (element) => element.matches?.("input[type='search'], [class*='st-key-search'] input, [class*='st-key-network-search'] input");

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
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const found = hits(), at = found.indexOf(event.target), box = isSearchBox(event.target) ? event.target : null;
    if (!box && at < 0) return;
    if (box) lastBox = box;
    if (event.key === "Enter" && box?.value.trim()) openFirst(box);
    const next = event.key === "ArrowDown" ? found[at + 1] : event.key === "ArrowUp" ? found[at - 1] || (at === 0 && lastBox) : null;
    if (!next) return;
    next.focus();
    event.preventDefault();
  });
}
