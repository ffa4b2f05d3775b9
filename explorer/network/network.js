// Python gives nodes and edges as data; a click on a node comes back as the trigger "selected", one on a line as "linked", a
// double-click as "expanded", a drag as "moved"; it shows the first evidence at once (`evidence_card.js`). Names are drawn on a
// canvas and never become markup.
while (!window.vis) await new Promise((next) => setTimeout(next, 10)); // vis-network comes in a component of its own

const drawings = new WeakMap();
const HEADING = "heading ";

function options(style) {
  const colour = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  const ink = colour("--st-text-color", "#1f2328");
  const paper = colour("--st-background-color", "#ffffff");
  const line = colour("--st-border-color", "#d9d5cb");
  const accent = colour("--st-primary-color", "#0b5d7a");
  const face = colour("--st-font", "sans-serif");
  return {
    physics: { enabled: false },
    interaction: { hover: true, tooltipDelay: 250, keyboard: { enabled: true, bindToWindow: false }, zoomView: true },
    nodes: {
      borderWidth: 2, borderWidthSelected: 3, color: { border: paper, highlight: { border: ink }, hover: { border: ink } },
      font: { color: ink, size: 17, face, strokeWidth: 4, strokeColor: paper },
    },
    edges: {
      arrows: { to: { enabled: true, scaleFactor: 0.5 } }, smooth: false, selectionWidth: 1, hoverWidth: 0.5,
      color: { color: line, highlight: accent, hover: accent },
      font: { color: "rgba(0,0,0,0)", size: 13, face, align: "horizontal", strokeWidth: 0 },
      chosen: { label: (values) => { values.color = ink; values.strokeWidth = 4; values.strokeColor = paper; } },
    },
  };
}

// A frame that is higher than wide shows the network higher and narrower than it was laid out, so that names have room. The
// address and Python know the positions as they were laid out. Columns stay as they are.
const AS_LAID_OUT = { x: 1, y: 1 }, TALL = { x: 0.7, y: 1.4 };

function stretchFor(canvas, data) {
  return canvas.clientHeight > canvas.clientWidth && !(data.headings || []).length ? TALL : AS_LAID_OUT;
}

// Rows of nodes and headings with their places and colours. The border is the theme's; that of a pinned node stands out, and
// a hollow node is nothing but a border.
function drawnRows(data, look, stretch) {
  const { color: ink, strokeColor: paper } = look.nodes.font;
  const rows = data.nodes.map((row) => {
    const background = row.hollow ? paper : row.color, border = row.hollow ? row.color : row.pinned ? ink : paper;
    return {
      ...row, name: row.label, label: "", x: row.x * stretch.x, y: row.y * stretch.y, borderWidth: row.hollow ? 5 : row.pinned ? 4 : 2,
      shapeProperties: { borderDashes: row.hollow ? [8, 4] : false },
      color: { background, border, highlight: { background, border: ink }, hover: { background, border: ink } },
    };
  });
  const headings = (data.headings || []).map((row) => ({ ...row, name: row.label, label: "", shape: "text", chosen: false, fixed: true }));
  return [...rows, ...headings];
}

// Add new rows, change changed ones, remove those that are gone: the canvas and its zoom stay. A node is moved only where
// Python sends another position than last time, so that a dragged node stays where it was dropped. Returns true if a node
// was added, moved or named otherwise.
function updateRows(dataSet, rows, lastRows) {
  const ids = new Set(rows.map((row) => row.id));
  dataSet.remove(dataSet.getIds().filter((id) => !ids.has(id)));
  let changed = false;
  dataSet.update(rows.map((row) => {
    const last = lastRows.get(row.id);
    const same = dataSet.get(row.id) && last && last.x === row.x && last.y === row.y;
    lastRows.set(row.id, row);
    if (!same) { changed = changed || "x" in row; return row; }
    changed = changed || ("x" in row && last.name !== row.name);
    const { x, y, ...rest } = row;
    return rest;
  }));
  return changed;
}

const LEAST_ZOOM = 0.45; // at which a network is opened; one that does not fit then begins at what is selected
const AIR_AROUND = { side: 6, top: 8, bottom: 48 }; // pixels from names to the frame, and room for the buttons

// Centre of the view that shows the first column, for columns that do not fit; null without columns.
function firstColumn(drawing, scale) {
  const headings = drawing.nodes.getIds().filter((id) => id.startsWith(HEADING));
  if (!headings.length) return null;
  const positions = Object.values(drawing.network.getPositions(headings));
  const { clientWidth, clientHeight } = drawing.network.canvas.frame;
  const left = Math.min(...positions.map(({ x }) => x)), top = Math.min(...positions.map(({ y }) => y));
  return { x: left + (clientWidth / 2 - 90) / scale, y: top + (clientHeight / 2 - 40) / scale };
}

// The largest zoom, between two, at which all items and their names lie in the frame, and the middle of the view then; null
// if there is none.
function viewOfAll(drawing, least, most) {
  const { clientWidth, clientHeight } = drawing.network.canvas.frame;
  const width = clientWidth - 2 * AIR_AROUND.side, height = clientHeight - AIR_AROUND.top - AIR_AROUND.bottom;
  const boxes = namedBoxes(drawing);
  if (!boxes.length) return null;
  const extent = (scale) => {
    const at = boxes.map((box) => box(scale)), edge = (name, choose) => choose(...at.map((box) => box[name]));
    return { left: edge("left", Math.min), right: edge("right", Math.max), top: edge("top", Math.min), bottom: edge("bottom", Math.max) };
  };
  const fits = (scale) => { const { left, right, top, bottom } = extent(scale); return right - left <= width && bottom - top <= height; };
  let [low, high] = [least, most];
  if (!fits(low)) return null;
  for (let step = 0; step < 12 && !fits(high); step++) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle; else high = middle;
  }
  const scale = fits(high) ? high : low, { left, right, top, bottom } = extent(scale);
  const lower = (AIR_AROUND.bottom - AIR_AROUND.top) / 2;
  return { scale, position: { x: (left + right) / 2 / scale, y: ((top + bottom) / 2 + lower) / scale } };
}

function fitView(drawing, selected, animate) {
  const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = animate && !reducedMotion ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  const scale = LEAST_ZOOM, begin = selected || drawing.nodes.getIds()[0];
  const view = viewOfAll(drawing, LEAST_ZOOM, 1.1) || { scale, position: firstColumn(drawing, scale) || (begin && drawing.network.getPosition(begin)) };
  drawing.network.moveTo({ ...view, animation });
}

function showAll(drawing) {
  const view = viewOfAll(drawing, 0.05, 1.1);
  if (view) drawing.network.moveTo({ ...view, animation: false }); else drawing.network.fit({ maxZoomLevel: 1.1, animation: false });
}

// The part of the network that is seen, as the address writes it: the middle, in pixels of the network, and the zoom in percent.
function frameOf(drawing) {
  const { x, y } = asLaidOut(drawing, drawing.network.getViewPosition());
  return [x, y, 100 * drawing.network.getScale()].map(Math.round).join(",");
}

function frameInAddress() {
  const parts = (new URLSearchParams(location.search).get("frame") || "").split(",").map(Number);
  return parts.length === 3 && parts.every(Number.isFinite) && parts[2] >= 1 ? parts.join(",") : null;
}

function showFrame(drawing, frame) {
  const [x, y, percent] = frame.split(",").map(Number);
  drawing.network.moveTo({ position: { x: x * drawing.stretch.x, y: y * drawing.stretch.y }, scale: percent / 100, animation: false });
}

function asLaidOut(drawing, { x, y }) {
  return { x: Math.round(x / drawing.stretch.x), y: Math.round(y / drawing.stretch.y) };
}

// Keep what is seen in the address, so that whoever opens it sees the same. It is no step to go back to.
function writePlaces(drawing) {
  if (drawing.places === null || !drawing.canvas.isConnected) return;
  drawing.frame = frameOf(drawing);
  window.caregraphLastSeen = { places: drawing.places, frame: drawing.frame };
  const address = new URL(location.href);
  for (const [name, value] of Object.entries({ at: drawing.places, frame: drawing.frame })) {
    if (value) address.searchParams.set(name, value); else address.searchParams.delete(name);
  }
  address.search = address.search.replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%7E", "~");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

// What follows each change of what is seen.
function settle(drawing) {
  drawing.labels = placeLabels(drawing, drawing.selected);
  drawing.network.redraw();
  writePlacesSoon(drawing);
}

function writePlacesSoon(drawing) {
  const view = addressOfView();
  clearTimeout(drawing.writing);
  drawing.writing = setTimeout(() => {
    drawing.writing = null;
    if (addressOfView() === view) writePlaces(drawing);
  }, 400);
}

// Address of the page without what is written here: with another one the reader has gone on.
function addressOfView() {
  const address = new URL(location.href);
  address.searchParams.delete("at");
  address.searchParams.delete("frame");
  return address.href;
}

function zoom(drawing, factor) {
  drawing.network.moveTo({ scale: drawing.network.getScale() * factor, animation: false });
}

function listenToMouse(drawing, canvas) {
  const { network } = drawing;
  const isNode = (id) => id !== undefined && !String(id).startsWith(HEADING);
  const stopWaiting = () => { clearTimeout(drawing.waiting); drawing.waiting = null; };
  // A double-click begins with a click: wait, so that selecting does not redraw under the second one.
  const sendSoon = (id) => { drawing.waiting = setTimeout(() => { drawing.waiting = null; sendChosen(drawing, id); }, 260); };
  network.on("click", (event) => {
    stopWaiting();
    const clicked = event.nodes[0] === undefined ? event.edges[0] : event.nodes[0];
    if (!isNode(clicked)) { hideCard(drawing); return; }
    if (!isLine(drawing, clicked)) drawing.item = clicked;
    look(drawing, clicked, event.pointer.DOM.y);
    sendSoon(clicked);
  });
  network.on("doubleClick", (event) => {
    stopWaiting();
    if (!isNode(event.nodes[0])) return;
    hideCard(drawing);
    drawing.send("expanded", event.nodes[0]);
  });
  let settling = false;
  for (const event of ["zoom", "dragEnd", "animationFinished"]) network.on(event, () => {
    if (settling) return;
    settling = true;
    requestAnimationFrame(() => { settling = false; settle(drawing); });
  });
  network.on("dragEnd", (event) => {
    const id = event.nodes[0];
    if (!isNode(id)) return;
    const { x, y } = network.getPosition(id);
    drawing.lastRows.set(id, { ...drawing.lastRows.get(id), x, y });
    drawing.send("moved", { id, ...asLaidOut(drawing, { x, y }) });
  });
  // vis-network takes the focus with each click; a page that scrolled then would move the node from under the pointer.
  for (const element of [canvas, ...canvas.querySelectorAll("[tabindex]")]) {
    element.focus = () => HTMLElement.prototype.focus.call(element, { preventScroll: true });
  }
  canvas.addEventListener("mouseleave", () => {
    const tip = canvas.querySelector(".vis-tooltip");
    if (tip) tip.style.visibility = "hidden";
  });
}

function draw(canvas, nodes, edges, groups, look, stretch) {
  const drawing = { canvas, nodes: new vis.DataSet(), edges: new vis.DataSet(), lastRows: new Map(), drawn: 0, places: null, waiting: null, writing: null, labels: [], groups, stretch, face: look.nodes.font.face, send: () => {} };
  updateRows(drawing.nodes, nodes, drawing.lastRows);
  updateRows(drawing.edges, edges, drawing.lastRows);
  drawing.network = new vis.Network(canvas, { nodes: drawing.nodes, edges: drawing.edges }, look);
  listenToMouse(drawing, canvas);
  listenToKeys(drawing, canvas, () => drawing.nodes.getIds().filter((id) => !id.startsWith(HEADING)));
  // A group stands for its members.
  const ids = () => drawing.nodes.getIds().filter((id) => !id.startsWith(HEADING)).flatMap((id) => drawing.groups[id] || [id]);
  const drawnId = (id) => Object.keys(drawing.groups).find((group) => drawing.groups[group].includes(id)) || id;
  drawing.network.on("afterDrawing", (pen) => { drawLabels(drawing, pen); drawing.drawn = ids().length; });
  // For tests and for users' own scripts.
  canvas.caregraph = {
    ids,
    groups: () => drawing.groups,
    selected: () => drawing.network.getSelectedNodes(),
    drawn: () => drawing.drawn,
    isSettled: () => drawing.waiting === null && drawing.writing === null,
    screenPosition: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(drawnId(id))),
    positions: () => Object.fromEntries(Object.entries(drawing.network.getPositions()).map(([id, at]) => [id, asLaidOut(drawing, at)])),
    frame: () => frameOf(drawing),
    labels: () => drawing.labels.map(({ left, top, right, bottom, ...label }) => {
      const start = drawing.network.canvasToDOM({ x: left, y: top }), end = drawing.network.canvasToDOM({ x: right, y: bottom });
      return { ...label, left: start.x, top: start.y, right: end.x, bottom: end.y };
    }),
    lineNames: () => Object.fromEntries(drawing.network.body.edgeIndices.map((id) => [id, (drawing.network.body.edges[id].options.label || "").trim()])),
    lines: () => drawing.edges.getIds(),
    middle: (line) => {
      const [a, b] = drawing.network.getConnectedNodes(line).map((id) => drawing.network.getPosition(id));
      return drawing.network.canvasToDOM({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
    },
  };
  return drawing;
}

function connectButtons(drawing, canvas, buttons) {
  const then = (action) => () => { action(); settle(drawing); };
  const actions = {
    zoomIn: then(() => zoom(drawing, 1.3)),
    zoomOut: then(() => zoom(drawing, 1 / 1.3)),
    fit: then(() => showAll(drawing)),
  };
  for (const button of buttons.querySelectorAll("button")) button.onclick = actions[button.dataset.action];
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const canvas = parentElement.querySelector(".network");
  const look = options(getComputedStyle(canvas));
  const stretch = stretchFor(canvas, data), nodes = drawnRows(data, look, stretch);
  let drawing = drawings.get(canvas);
  const places = data.places ?? null, frame = places === null ? null : frameInAddress();
  if (!drawing) {
    drawing = draw(canvas, nodes, data.edges, data.groups || {}, look, stretch);
    drawings.set(canvas, drawing);
    connectCard(drawing, parentElement.querySelector(".card"), parentElement.querySelector(".said"));
    connectButtons(drawing, canvas, parentElement.querySelector(".buttons"));
    const last = window.caregraphLastSeen; // before the reader went to another page
    const kept = places && last?.places === places ? last.frame : null;
    if (frame || kept) showFrame(drawing, frame || kept); else fitView(drawing, data.selected, false);
  } else {
    if (drawing.paper !== look.nodes.font.strokeColor) drawing.network.setOptions(look);
    Object.assign(drawing, { groups: data.groups || {}, stretch });
    const changed = updateRows(drawing.nodes, nodes, drawing.lastRows);
    updateRows(drawing.edges, data.edges, drawing.lastRows);
    if (frame && frame !== drawing.frame) showFrame(drawing, frame); // Back, or an address that was typed
    else if (changed) fitView(drawing, data.selected, true);
  }
  Object.assign(drawing, { paper: look.nodes.font.strokeColor, ink: look.nodes.font.color });
  drawing.send = setTriggerValue;
  drawing.name = data.name;
  const chosen = data.link || data.selected, before = drawing.link || drawing.selected;
  drawing.network.setSelection({
    nodes: data.selected && drawing.nodes.get(data.selected) ? [data.selected] : [],
    edges: data.link && drawing.edges.get(data.link) ? [data.link] : [],
  }, { highlightEdges: !data.link });
  const isFirst = drawing.selected === undefined;
  Object.assign(drawing, { places, selected: data.selected, link: data.link });
  followSelection(drawing, { chosen, isNew: !isFirst && chosen !== before });
  settle(drawing);
}
