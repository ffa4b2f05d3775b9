// Card in the network's frame: the first evidence of an item or a line, at once after a click, while Python makes the panel
// of all of it. `first_evidence.js` brings the evidence after the drawing. Its texts become text nodes.
const IN_WORDS = {
  waiting: "Looking for what reports say …",
  noneOfItem: "No report mentions it. What is shown comes from published lists.",
  noneOfLine: "No sentence of a report says this. It comes from published lists, or from how reports are filed.",
};
const KEYS = { n: "next", p: "previous", l: "line", e: "expand", enter: "open", escape: "close" };

const isLine = (drawing, id) => Boolean(drawing.edges.get(id));

// A row; null if no report says it, undefined while that is not known. A finding or a grade says itself why it is tied.
function evidenceOf(drawing, id) {
  const { rows, whole } = window.caregraphEvidence?.[drawing.name] || { rows: {}, whole: false };
  if (!isLine(drawing, id)) return rows[id];
  const { from, to } = drawing.edges.get(id);
  const own = [from, to].map((end) => rows[end]).find((row) => row?.own);
  if (own || id in rows) return own || rows[id];
  return whole && from in rows && to in rows ? null : undefined;
}

// Name of an item, or the sentence of a line.
function titleOf(drawing, id) {
  const name = (item) => drawing.lastRows.get(item)?.title?.split("\n")[0] || "";
  if (!isLine(drawing, id)) return name(id);
  const { from, to } = drawing.edges.get(id), line = drawing.lastRows.get(id);
  return `${name(from)} ${line.label || line.title} ${name(to)}`;
}

function cardLines(drawing, id) {
  const row = evidenceOf(drawing, id), none = isLine(drawing, id) ? IN_WORDS.noneOfLine : IN_WORDS.noneOfItem;
  const title = row?.own && !isLine(drawing, id) ? "" : titleOf(drawing, id); // a finding's name is its sentence
  if (!row) return [["h3", title], ["p", row === null ? none : IN_WORDS.waiting]];
  const { fact, sentence, note, place, report } = row;
  return [["h3", title], ["p", fact], ["blockquote", sentence && `“${sentence}”`], ["p", note], ["footer", [place, report].filter(Boolean).join(" · ")]].filter(([, text]) => text);
}

// The card lies in the half of the frame in which the item is not, so that a second click meets the item.
function showCard(drawing, id, height) {
  const { card, said } = drawing;
  const lines = cardLines(drawing, id), [words, address] = evidenceOf(drawing, id)?.link || [];
  const elements = lines.map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text }));
  if (/^https?:/.test(address || "")) {
    const link = Object.assign(document.createElement("a"), { textContent: words, href: address, target: "_blank", rel: "noopener noreferrer" });
    elements.at(-1).append(" · ", link);
  }
  card.querySelector(".lines").replaceChildren(...elements);
  if (height !== undefined) card.classList.toggle("above", height > drawing.canvas.clientHeight / 2);
  card.hidden = false;
  for (const quotation of card.querySelectorAll("blockquote")) {
    if (quotation.scrollHeight > quotation.clientHeight) quotation.tabIndex = 0; // a longer one scrolls, by keys too
  }
  const text = lines.map(([, text]) => (/[.!?…”]$/.test(text) ? text : `${text}.`)).join(" ");
  if (said.textContent !== text) said.textContent = text;
}

function hideCard(drawing) {
  drawing.card.hidden = true;
  drawing.said.textContent = "";
}

function standsForMany(drawing, id) {
  const line = drawing.edges.get(id);
  return (line ? [line.from, line.to] : [id]).some((end) => end in drawing.groups);
}

// Show what stands at an item or a line; a group of items has no evidence of its own.
function look(drawing, id, height) {
  drawing.looked = id;
  if (standsForMany(drawing, id)) hideCard(drawing); else showCard(drawing, id, height);
}

function middleOf(drawing, id) {
  const places = (isLine(drawing, id) ? drawing.network.getConnectedNodes(id) : [id]).map((item) => drawing.network.getPosition(item));
  const middle = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  return { x: middle("x"), y: middle("y") };
}

// As after a click, for what was chosen in another way.
function lookAt(drawing, id) {
  look(drawing, id, drawing.network.canvasToDOM(middleOf(drawing, id)).y);
}

// Choose an item or a line by a key: it is marked, brought into view, and its evidence read out.
function choose(drawing, id) {
  const { network } = drawing, { clientWidth, clientHeight } = network.canvas.frame;
  if (isLine(drawing, id)) network.setSelection({ nodes: [], edges: [id] }); else network.setSelection({ nodes: [id] });
  const { x, y } = network.canvasToDOM(middleOf(drawing, id));
  if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) network.moveTo({ position: middleOf(drawing, id), animation: false });
  lookAt(drawing, id);
}

// After a run of Python: what was chosen in the list beside the network is looked at too, but not again what was looked at
// here, whose card the reader may have closed; what is drawn no longer has none.
function followSelection(drawing, { chosen, isNew }) {
  const isDrawn = (id) => drawing.nodes.get(id) || drawing.edges.get(id);
  if (drawing.looked && !isDrawn(drawing.looked)) hideCard(drawing);
  if (isNew && chosen && chosen !== drawing.looked && drawing.waiting === null && isDrawn(chosen)) lookAt(drawing, chosen);
}

const after = (ids, id, step) => ids[(ids.indexOf(id) + (step > 0 || ids.includes(id) ? step : 0) + ids.length) % ids.length];

function listenToKeys(drawing, canvas, items) {
  const act = {
    next: () => choose(drawing, (drawing.item = after(items(), drawing.item, 1))),
    previous: () => choose(drawing, (drawing.item = after(items(), drawing.item, -1))),
    line: () => {
      const lines = drawing.nodes.get(drawing.item) ? drawing.network.getConnectedEdges(drawing.item) : [];
      if (lines.length) choose(drawing, after(lines, drawing.looked, 1));
    },
    open: () => drawing.looked && sendChosen(drawing, drawing.looked),
    expand: () => drawing.nodes.get(drawing.item) && drawing.send("expanded", drawing.item),
    close: () => hideCard(drawing),
  };
  canvas.addEventListener("keydown", (event) => {
    const name = KEYS[event.key.toLowerCase()];
    if (!name || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    act[name]();
  });
}

function sendChosen(drawing, id) {
  if (!isLine(drawing, id)) return drawing.send("selected", id);
  const [start, end] = drawing.network.getConnectedNodes(id).sort();
  return drawing.send("linked", { start, end });
}

function connectCard(drawing, card, said) {
  Object.assign(drawing, { card, said, looked: null, item: null });
  const close = () => { hideCard(drawing); drawing.canvas.focus(); };
  card.querySelector("button").onclick = close;
  card.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  const evidenceCame = () => {
    if (!drawing.canvas.isConnected) window.removeEventListener("caregraph-evidence", evidenceCame);
    else if (!card.hidden) showCard(drawing, drawing.looked);
  };
  window.addEventListener("caregraph-evidence", evidenceCame);
}
