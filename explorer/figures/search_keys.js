// Keys of a search box: Enter opens the first hit, and the arrows go through the hits and back to the box.
const HITS = ".hits a[href], [class*='st-key-pick-'] button";
const QUIET = 6; // looks, 50 milliseconds apart, in which nothing may change: hits of the last letter are on their way
const LOOKS = 160;

function installSearchKeys() {
  let lastBox = null;
  const hits = () => [...document.querySelectorAll(HITS)];
  const isSearchBox = (element) => element.matches?.("input[type='search'], [class*='st-key-search'] input, [class*='st-key-network-search'] input");

  const openFirst = (box) => {
    const words = box.value;
    let quiet = 0, looks = 0;
    const look = () => {
      if (box.value !== words || document.activeElement !== box || ++looks > LOOKS) return;
      quiet = isIdle() && hits().length ? quiet + 1 : 0;
      if (quiet > QUIET) hits()[0].click();
      else setTimeout(look, 50);
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
