// A click on a link of a figure is one entry of the browser's history, which Streamlit then follows as it follows Back
// and Forward. Each entry keeps how far its page was scrolled; Back restores it, and a new page begins at its heading.
const SAVE_EVERY = 250; // milliseconds; browsers refuse more than some hundred changes of the history in half a minute
const PATIENCE = 8000; // milliseconds that Back waits for a page to be as long as it was
const PHONE = 768; // pixels of width up to which the menu lies over the page
const GESTURES = ["wheel", "touchstart", "keydown", "pointerdown"]; // of a reader who scrolls: we let go

const scroller = () => document.querySelector('[data-testid="stMain"]');
const heading = () => document.querySelector('[data-testid="stMain"] h1');
const isIdle = () => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";

function install() {
  let pushing = false, restoring = null, timer = null, current = null;

  const savePlace = () => {
    clearTimeout(timer);
    timer = null;
    if (restoring === null) history.replaceState({ ...history.state, place: scroller()?.scrollTop || 0 }, "");
  };

  const follow = (address) => {
    savePlace();
    history[address === location.href ? "replaceState" : "pushState"]({}, "", address);
    pushing = true;
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    pushing = false;
  };

  // Content arrives bit by bit: scroll again and again, until the page is whole or the reader scrolls.
  const restore = (place) => {
    const token = (restoring = {}), end = performance.now() + PATIENCE;
    let quiet = 0;
    const release = () => { if (restoring === token) restoring = null; };
    for (const gesture of GESTURES) addEventListener(gesture, release, { once: true, capture: true, passive: true });
    const step = () => {
      if (restoring !== token) return;
      const box = scroller();
      if (box && Math.abs(box.scrollTop - place) > 1) box.scrollTop = place;
      quiet = isIdle() ? quiet + 1 : 0;
      if (quiet > 10 || performance.now() > end) { release(); savePlace(); } else setTimeout(step, 50);
    };
    step();
  };

  // A page is another one when its heading is: a filter or a tab leaves the reader where they are.
  const noticePage = () => {
    const title = heading();
    if (!title || title.textContent === current) return;
    const first = current === null;
    current = title.textContent;
    if (first) return;
    if (restoring === null) scroller().scrollTop = 0;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".figure a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(link.href);
  });
  // On a phone Streamlit's menu lies over the page, and stays open when one is chosen.
  document.addEventListener("click", (event) => {
    if (innerWidth > PHONE || !event.target.closest?.('[data-testid="stSidebarNavLink"]')) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });
  // Before anything else hears of a click, as Streamlit's menu changes the history too.
  for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, () => timer && savePlace(), { capture: true });
  document.addEventListener("scroll", (event) => {
    if (event.target === scroller() && restoring === null) timer ??= setTimeout(savePlace, SAVE_EVERY);
  }, { capture: true, passive: true });
  window.addEventListener("popstate", (event) => {
    clearTimeout(timer);
    timer = null;
    if (!pushing) restore(event.state?.place || 0);
  });
  let noticing = false;
  new MutationObserver(() => {
    if (noticing) return;
    noticing = true;
    requestAnimationFrame(() => { noticing = false; noticePage(); });
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  noticePage();
  return { follow };
}

const corrected = new WeakMap(); // element -> the address that it has corrected

export default function ({ data, parentElement }) {
  if (!window.caregraphNavigation) {
    window.caregraphNavigation = install();
    installSearchKeys();
  }
  const mark = parentElement.querySelector("i");
  if (!data?.address || corrected.get(mark) === data.address) return;
  corrected.set(mark, data.address);
  const address = new URL(data.address, document.baseURI).href;
  history.replaceState(history.state, "", address);
  if (data.open) window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
