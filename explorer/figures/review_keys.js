// A key presses the button of a verdict, unless the reader is typing or the last key is still being worked on.
const BUTTONS = { s: "same", d: "different", n: "unsure", j: "skip", k: "back" };

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest?.("input, textarea, select, [role='combobox'], [role='dialog']")) return;
  const name = BUTTONS[event.key.toLowerCase()];
  const busy = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState !== "notRunning";
  if (!name || busy) return;
  document.querySelector(`.st-key-verdict-${name} button`)?.click();
}

export default function () {
  if (window.caregraphReviewKeys) return;
  window.caregraphReviewKeys = true;
  document.addEventListener("keydown", press);
}
