// Runs after vis-network, in one module. Python gives nodes and edges as data; a click comes back as the trigger
// "selected", a double-click as "expanded", a drag as "moved". Names are drawn on a canvas and never become markup.
const drawings = new WeakMap();
const HEADING = "heading ";

function options(style) {
  const colour = (name, other) => style.getPropertyValue(name).trim() || other;
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

// Each node has a colour of its own; its border belongs to the theme, and a pinned one's stands out.
function painted(data, look) {
  const { color: ink, strokeColor: paper } = look.nodes.font;
  const rows = data.nodes.map((row) => {
    const border = row.pinned ? ink : paper;
    return {
      ...row, borderWidth: row.pinned ? 4 : 2,
      color: { background: row.color, border, highlight: { background: row.color, border: ink }, hover: { background: row.color, border: ink } },
    };
  });
  const headings = (data.headings || []).map((row) => ({ ...row, shape: "text", font: { size: 20, bold: true }, chosen: false, fixed: true }));
  return [...rows, ...headings];
}

// Add what is new, change what changed, remove what is gone: the canvas and its zoom stay. A node is moved only where
// Python gives it another place than last time, so that one that was dragged stays where it was dropped.
function follow(kept, rows, given) {
  const ids = new Set(rows.map((row) => row.id));
  kept.remove(kept.getIds().filter((id) => !ids.has(id)));
  let changed = false;
  kept.update(rows.map((row) => {
    const last = given.get(row.id);
    const same = kept.get(row.id) && last && last.x === row.x && last.y === row.y;
    given.set(row.id, row);
    if (!same) { changed = changed || "x" in row; return row; }
    const { x, y, ...rest } = row;
    return rest;
  }));
  return changed;
}

const READABLE = 0.55; // zoom at which labels can just be read

// Columns are read from their first: where they do not fit, that is what is seen.
function corner(drawing, scale) {
  const headings = drawing.nodes.getIds().filter((id) => id.startsWith(HEADING));
  if (!headings.length) return null;
  const places = Object.values(drawing.network.getPositions(headings));
  const { clientWidth, clientHeight } = drawing.network.canvas.frame;
  const left = Math.min(...places.map((place) => place.x)), top = Math.min(...places.map((place) => place.y));
  return { x: left + (clientWidth / 2 - 90) / scale, y: top + (clientHeight / 2 - 40) / scale };
}

function frame(drawing, selected, animate) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = animate && !calm ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  // fit() knows nodes but not how wide their labels are, and would shrink them on a phone until nobody can read them.
  const kept = { scale: drawing.network.getScale(), position: drawing.network.getViewPosition() };
  drawing.network.fit({ maxZoomLevel: 1.1, animation: false });
  const scale = Math.max(0.92 * drawing.network.getScale(), READABLE);
  const whole = 0.92 * drawing.network.getScale() >= READABLE || !drawing.nodes.length;
  const position = whole ? drawing.network.getViewPosition() : corner(drawing, scale) || drawing.network.getPosition(selected || drawing.nodes.getIds()[0]);
  if (moving) drawing.network.moveTo({ ...kept, animation: false });
  drawing.network.moveTo({ scale, position, animation: moving });
}

function zoom(drawing, factor) {
  drawing.network.moveTo({ scale: drawing.network.getScale() * factor, animation: false });
}

// The canvas has no ground of its own: a picture needs one to be read on any page.
function picture(canvas, paper) {
  const drawn = canvas.querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = paper;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  const link = document.createElement("a");
  link.download = "caregraph.png";
  link.href = copy.toDataURL("image/png");
  link.click();
}

function listen(drawing, canvas) {
  const { network } = drawing;
  const node = (id) => id !== undefined && !String(id).startsWith(HEADING);
  let waiting = null;
  network.on("click", (event) => {
    clearTimeout(waiting);
    const selected = event.nodes[0];
    // A double-click begins with a click: wait, so that selecting does not redraw under the second one.
    if (node(selected)) waiting = setTimeout(() => drawing.tell("selected", selected), 260);
  });
  network.on("doubleClick", (event) => {
    clearTimeout(waiting);
    if (node(event.nodes[0])) drawing.tell("expanded", event.nodes[0]);
  });
  network.on("dragEnd", (event) => {
    const id = event.nodes[0];
    if (!node(id)) return;
    const { x, y } = network.getPosition(id);
    drawing.given.set(id, { ...drawing.given.get(id), x, y });
    drawing.tell("moved", { id, x, y });
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

function draw(canvas, nodes, edges, look) {
  const drawing = { nodes: new vis.DataSet(), edges: new vis.DataSet(), given: new Map(), drawn: 0, tell: () => {} };
  follow(drawing.nodes, nodes, drawing.given);
  follow(drawing.edges, edges, drawing.given);
  drawing.network = new vis.Network(canvas, { nodes: drawing.nodes, edges: drawing.edges }, look);
  listen(drawing, canvas);
  drawing.network.on("afterDrawing", () => { drawing.drawn = drawing.nodes.getIds().filter((id) => !id.startsWith(HEADING)).length; });
  // What a test, or a user's own script, may ask of the picture.
  canvas.caregraph = {
    ids: () => drawing.nodes.getIds().filter((id) => !id.startsWith(HEADING)),
    selected: () => drawing.network.getSelectedNodes(),
    drawn: () => drawing.drawn,
    place: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(id)),
    positions: () => drawing.network.getPositions(),
  };
  return drawing;
}

function connect(drawing, canvas, buttons) {
  const acts = {
    nearer: () => zoom(drawing, 1.3),
    farther: () => zoom(drawing, 1 / 1.3),
    whole: () => drawing.network.fit({ maxZoomLevel: 1.1, animation: false }),
    picture: () => picture(canvas, drawing.paper),
  };
  for (const button of buttons.querySelectorAll("button")) button.onclick = acts[button.dataset.do];
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const canvas = parentElement.querySelector(".network");
  const look = options(getComputedStyle(canvas));
  const nodes = painted(data, look);
  let drawing = drawings.get(canvas);
  if (!drawing) {
    drawing = draw(canvas, nodes, data.edges, look);
    drawings.set(canvas, drawing);
    connect(drawing, canvas, parentElement.querySelector(".buttons"));
    frame(drawing, data.selected, false);
  } else {
    if (drawing.paper !== look.nodes.font.strokeColor) drawing.network.setOptions(look);
    const changed = follow(drawing.nodes, nodes, drawing.given);
    follow(drawing.edges, data.edges, drawing.given);
    if (changed) frame(drawing, data.selected, true);
  }
  drawing.paper = look.nodes.font.strokeColor;
  drawing.tell = setTriggerValue;
  drawing.network.selectNodes(data.selected && drawing.nodes.get(data.selected) ? [data.selected] : []);
}
