// Labels of the network: at least 12 pixels high on the screen, and none over another one or over an item. Of two that
// would meet under their items, one stands above; if it has no room there, the one of the item that matters less is left
// out, and a pointer that rests on the item shows it.
const LEAST_PIXELS = 12;
const USUAL = { node: 17, heading: 20, line: 13 }; // pixels at a zoom of 100 %
const LINE_HEIGHT = 1.2;
const AIR = 2; // pixels between two labels

const NO_NAME = " "; // vis-network keeps the name of a line that is given an empty one

const NARROW = 480; // pixels of width up to which labels have shorter lines
const NARROW_LINE = 16; // characters of such a line
const GAP = 3; // pixels between an item and its label

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function labelBox(pen, text, size, face, bold, x, top) {
  pen.font = `${bold ? "bold " : ""}${size}px ${face}`;
  const lines = text.split("\n"), width = Math.max(...lines.map((line) => pen.measureText(line).width));
  return { left: x - width / 2 - AIR, right: x + width / 2 + AIR, top, bottom: top + lines.length * size * LINE_HEIGHT + AIR };
}

const isHeading = (row) => row.shape === "text";

// Text of a label as it fits the frame: on a phone its lines are broken again.
function labelText(drawing, row) {
  if (drawing.network.canvas.frame.clientWidth > NARROW || isHeading(row)) return row.name;
  return row.name.split("\n").map((line) => line.split(" ").reduce((lines, word) => {
    const longer = `${lines.at(-1)} ${word}`.trim();
    return longer.length <= NARROW_LINE || !lines.at(-1) ? [...lines.slice(0, -1), longer] : [...lines, word];
  }, [""]).join("\n")).join("\n");
}

// For each item a function of the zoom: the box of the item with its label under it, in pixels of the screen.
function namedBoxes(drawing) {
  const pen = drawing.canvas.querySelector("canvas").getContext("2d");
  const positions = drawing.network.getPositions();
  pen.save();
  const boxes = drawing.nodes.getIds().map((id) => drawing.lastRows.get(id)).filter((row) => row && positions[row.id]).map((row) => {
    const usual = USUAL[isHeading(row) ? "heading" : "node"], { x, y } = positions[row.id], radius = row.size || 0;
    pen.font = `${isHeading(row) ? "bold " : ""}${usual}px ${drawing.face}`;
    const lines = labelText(drawing, row).split("\n"), wide = Math.max(...lines.map((line) => pen.measureText(line).width));
    return (scale) => {
      const zoom = Math.max(scale, LEAST_PIXELS / usual), half = Math.max((wide * zoom) / 2, radius * scale) + AIR;
      const bottom = (y + radius + GAP) * scale + lines.length * usual * zoom * LINE_HEIGHT;
      return { left: x * scale - half, right: x * scale + half, top: (y - radius) * scale, bottom };
    };
  });
  pen.restore();
  return boxes;
}

// Choose the labels that are shown; returns their boxes, in the network's pixels.
function placeLabels(drawing, selected) {
  const { network, nodes, edges, face } = drawing;
  const pen = drawing.canvas.querySelector("canvas").getContext("2d");
  const scale = network.getScale(), positions = network.getPositions();
  const sizeOf = (kind) => Math.max(USUAL[kind], LEAST_PIXELS / scale);
  const rows = nodes.getIds().map((id) => drawing.lastRows.get(id)).filter(Boolean);
  const near = new Set(selected ? network.getConnectedNodes(selected) : []);
  const { x: middle, y: centre } = network.getViewPosition(), { clientWidth, clientHeight } = network.canvas.frame;
  const half = { x: clientWidth / 2 / scale, y: clientHeight / 2 / scale };
  const seen = { left: middle - half.x, right: middle + half.x, top: centre - half.y, bottom: centre + half.y };
  const isWhole = (box) => !meet(box, seen) || (box.left >= seen.left - 1 && box.right <= seen.right + 1 && box.top >= seen.top && box.bottom <= seen.bottom);
  // A name beside the edge moves inwards, as long as its item is seen; one that the edge would still cut is left out.
  const inwards = (box, x) => {
    const isSeen = x > seen.left && x < seen.right;
    const by = !isSeen ? 0 : Math.max(0, seen.left - box.left) || Math.min(0, seen.right - box.right);
    return { ...box, left: box.left + by, right: box.right + by };
  };
  const rank = (row) => (row.id === selected ? 0 : isHeading(row) ? 1 : near.has(row.id) ? 2 : 3);
  const shapes = rows.filter((row) => !isHeading(row)).map(({ id, size }) => {
    const { x, y } = positions[id];
    return { id, left: x - size, right: x + size, top: y - size, bottom: y + size };
  });
  const placed = [];
  const isFree = (box, id) => !placed.some((other) => meet(box, other)) && !shapes.some((shape) => shape.id !== id && meet(box, shape));

  pen.save();
  for (const row of [...rows].sort((a, b) => rank(a) - rank(b))) {
    const kind = isHeading(row) ? "heading" : "node", size = sizeOf(kind), { x, y } = positions[row.id];
    const text = labelText(drawing, row), bold = kind === "heading" || row.id === selected;
    const height = text.split("\n").length * size * LINE_HEIGHT, under = y + row.size + GAP;
    const tops = kind === "heading" ? [y - size / 2] : [under, y - row.size - GAP - height];
    const boxes = tops.map((top) => {
      const box = inwards(labelBox(pen, text, size, face, bold, x, top), x);
      return { ...box, id: row.id, pixels: size * scale, text, size, bold, beside: (box.left + box.right) / 2 - x, below: top - y };
    });
    const box = boxes.find((box) => isWhole(box) && isFree(box, row.id)) || (row.id === selected ? boxes[0] : null);
    if (box) placed.push(box);
  }

  // Lines have their names only where the reader looks: at the selected item or line.
  const size = sizeOf("line"), names = [];
  const looked = new Set(drawing.link ? [drawing.link] : selected ? network.getConnectedEdges(selected) : []);
  for (const id of edges.getIds()) {
    const row = drawing.lastRows.get(id);
    if (!row?.label) continue;
    const [a, b] = [positions[row.from], positions[row.to]];
    let label = row.label;
    if (looked.has(id) && a && b) {
      const top = (a.y + b.y) / 2 - (size * LINE_HEIGHT) / 2;
      const box = { id, pixels: size * scale, ...labelBox(pen, label, size, face, false, (a.x + b.x) / 2, top) };
      if (isFree(box)) placed.push(box); else label = NO_NAME;
    }
    const now = edges.get(id);
    if (now.label !== label || now.font?.size !== size) names.push({ id, label, font: { size } });
  }
  pen.restore();
  if (names.length) edges.update(names);
  return placed;
}

// Draw the chosen labels of items; vis-network would put each right under its item. A label follows an item that is dragged.
function drawLabels(drawing, pen) {
  pen.save();
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4, strokeStyle: drawing.paper, fillStyle: drawing.ink });
  for (const { id, text, size, bold, beside, below } of drawing.labels) {
    if (!text || !drawing.nodes.get(id)) continue;
    const { x, y } = drawing.network.getPosition(id);
    pen.font = `${bold ? "bold " : ""}${size}px ${drawing.face}`;
    text.split("\n").forEach((line, number) => {
      const at = [line, x + beside, y + below + (number + 0.5) * size * LINE_HEIGHT];
      pen.strokeText(...at);
      pen.fillText(...at);
    });
  }
  pen.restore();
}
