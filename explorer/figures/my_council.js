// The reader's own council, remembered in this browser alone. On a council's page a button remembers it or forgets it;
// elsewhere a link leads to it. Names are text nodes, and an address must be one of a council's page.
const KEY = "caregraph council";
const COUNCIL = /^authority\?council=authority\/[A-Za-z0-9]+$/;

function remembered() {
  try {
    const { name, address } = JSON.parse(localStorage.getItem(KEY)) || {};
    return typeof name === "string" && COUNCIL.test(address) ? { name, address } : null;
  } catch {
    return null; // the browser keeps nothing, or something else
  }
}

function store(council) {
  try {
    if (council) localStorage.setItem(KEY, JSON.stringify(council));
    else localStorage.removeItem(KEY);
  } catch { /* a browser that keeps nothing still shows the page */ }
}

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".my-council");
  const draw = () => {
    const own = remembered();
    if (!data.address) {
      if (!own) return box.replaceChildren();
      const link = document.createElement("a"), line = document.createElement("span");
      link.href = own.address;
      link.textContent = own.name;
      line.className = "figure"; // `navigation.js` follows the links of figures
      line.append("My council: ", link);
      return box.replaceChildren(line);
    }
    const isOwn = own?.address === data.address;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", String(isOwn));
    button.textContent = isOwn ? "★ My council" : "☆ Make this my council";
    button.onclick = () => {
      store(isOwn ? null : data);
      draw();
      box.querySelector("button").focus();
    };
    box.replaceChildren(button);
  };
  draw();
}
