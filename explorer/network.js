// Runs after vis-network, in one module. Python gives nodes and edges as data; a click comes back as the trigger
// "selected", a double-click as the trigger "expanded". Names are drawn on a canvas and never become markup.
const drawings = new WeakMap();

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

// Each node has a colour of its own; its border belongs to the theme.
function painted(rows, paper, ink) {
  return rows.map((row) => ({
    ...row, color: { background: row.color, border: paper, highlight: { background: row.color, border: ink }, hover: { background: row.color, border: ink } },
  }));
}

// Add what is new, change what changed, remove what is gone: the canvas, its zoom and dragged nodes stay.
function follow(kept, rows) {
  const ids = new Set(rows.map((row) => row.id));
  kept.remove(kept.getIds().filter((id) => !ids.has(id)));
  const added = rows.filter((row) => !kept.get(row.id));
  kept.update(rows.map((row) => {
    if (!kept.get(row.id)) return row;
    const { x, y, ...rest } = row;
    return rest;
  }));
  return added.length;
}

const READABLE = 0.55; // zoom at which labels can just be read

function frame(drawing, selected, animate) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const moving = animate && !calm ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  // fit() knows nodes but not how wide their labels are, and would shrink them on a phone until nobody can read them.
  const kept = { scale: drawing.network.getScale(), position: drawing.network.getViewPosition() };
  drawing.network.fit({ maxZoomLevel: 1.1, animation: false });
  const scale = Math.max(0.92 * drawing.network.getScale(), READABLE);
  const whole = 0.92 * drawing.network.getScale() >= READABLE;
  const position = whole || !selected ? drawing.network.getViewPosition() : drawing.network.getPosition(selected);
  if (moving) drawing.network.moveTo({ ...kept, animation: false });
  drawing.network.moveTo({ scale, position, animation: moving });
}

function draw(canvas, nodes, edges, look) {
  const drawing = { nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges), tell: () => {} };
  drawing.network = new vis.Network(canvas, { nodes: drawing.nodes, edges: drawing.edges }, look);
  let waiting = null;
  drawing.network.on("click", (event) => {
    clearTimeout(waiting);
    const selected = event.nodes[0];
    // A double-click begins with a click: wait, so that selecting does not redraw under the second one.
    if (selected) waiting = setTimeout(() => drawing.tell("selected", selected), 260);
  });
  drawing.network.on("doubleClick", (event) => {
    clearTimeout(waiting);
    if (event.nodes[0]) drawing.tell("expanded", event.nodes[0]);
  });
  // vis-network takes the focus with each click; a page that scrolled then would move the node from under the pointer.
  for (const element of [canvas, ...canvas.querySelectorAll("[tabindex]")]) {
    element.focus = () => HTMLElement.prototype.focus.call(element, { preventScroll: true });
  }
  canvas.addEventListener("mouseleave", () => {
    const tip = canvas.querySelector(".vis-tooltip");
    if (tip) tip.style.visibility = "hidden";
  });
  // What a test, or a user's own script, may ask of the picture.
  canvas.caregraph = {
    ids: () => drawing.nodes.getIds(),
    selected: () => drawing.network.getSelectedNodes(),
    place: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(id)),
  };
  return drawing;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const canvas = parentElement.querySelector(".network");
  const look = options(getComputedStyle(canvas));
  const nodes = painted(data.nodes, look.nodes.font.strokeColor, look.nodes.font.color);
  let drawing = drawings.get(canvas);
  if (!drawing) {
    drawing = draw(canvas, nodes, data.edges, look);
    drawings.set(canvas, drawing);
    frame(drawing, data.selected, false);
  } else {
    if (drawing.paper !== look.nodes.font.strokeColor) drawing.network.setOptions(look);
    const added = follow(drawing.nodes, nodes);
    follow(drawing.edges, data.edges);
    if (added) frame(drawing, data.selected, true);
  }
  drawing.paper = look.nodes.font.strokeColor;
  drawing.tell = setTriggerValue;
  drawing.network.selectNodes(data.selected && drawing.nodes.get(data.selected) ? [data.selected] : []);
}
