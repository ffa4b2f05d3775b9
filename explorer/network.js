// Runs after vis-network, in one module. Python gives nodes and edges as data; a click comes back as the state
// "selected", a double-click as the trigger "expanded". Labels are drawn on a canvas and never become markup.
const drawings = new WeakMap();

function options(dark) {
  const ink = dark ? "#e8e6e1" : "#23211d";
  return {
    physics: { enabled: false },
    interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, navigationButtons: false },
    nodes: { borderWidth: 1, size: 16, font: { color: ink, size: 13, face: "Source Sans, sans-serif", strokeWidth: 3, strokeColor: dark ? "#14161a" : "#ffffff" } },
    edges: { arrows: { to: { enabled: true, scaleFactor: 0.5 } }, smooth: { type: "continuous" }, color: { color: dark ? "#70757d" : "#a9a49a", highlight: ink },
             font: { color: dark ? "#b5b2ab" : "#6d675d", size: 9, align: "middle", strokeWidth: 2, strokeColor: dark ? "#14161a" : "#ffffff" } },
  };
}

// Add what is new, change what changed, remove what is gone: the canvas, its zoom and dragged nodes stay.
function follow(kept, rows) {
  const ids = new Set(rows.map((row) => row.id));
  kept.remove(kept.getIds().filter((id) => !ids.has(id)));
  const fresh = rows.map((row) => {
    if (!kept.get(row.id)) return row;
    const { x, y, ...rest } = row;
    return rest;
  });
  kept.update(fresh);
}

function draw(canvas, data) {
  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(canvas, { nodes, edges }, options(data.dark));
  return { network, nodes, edges, tell: () => {} };
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const canvas = parentElement.querySelector(".network");
  let drawing = drawings.get(canvas);
  if (!drawing) {
    drawing = draw(canvas, data);
    drawings.set(canvas, drawing);
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
    // What a test, or a user's own script, may ask of the picture.
    canvas.caregraph = {
      ids: () => drawing.nodes.getIds(),
      place: (id) => drawing.network.canvasToDOM(drawing.network.getPosition(id)),
    };
  } else {
    follow(drawing.nodes, data.nodes);
    follow(drawing.edges, data.edges);
  }
  drawing.tell = (what, id) => (what === "selected" ? setStateValue("selected", id) : setTriggerValue("expanded", id));
  drawing.network.selectNodes(data.selected && drawing.nodes.get(data.selected) ? [data.selected] : []);
  if (drawing.frame !== data.frame) {
    drawing.frame = data.frame;
    drawing.network.fit({ animation: false });
  }
}
