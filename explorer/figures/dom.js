// Builds elements from the data that Python sends, [tag, attributes, ...children], with listed tags and attributes only. A
// text becomes a text node. A link leads to a page of the explorer; `navigation.js` follows a plain click on it.
const TAGS = new Set(
  "div section nav h2 h3 h4 p span a i b small ul ol li dl dt dd table caption colgroup col thead tbody tr th td details summary time".split(" "),
);
const ATTRIBUTES = new Set(
  "class title role tabindex scope colspan rowspan datetime open id data-label aria-label aria-hidden aria-current".split(" "),
);
const ADDRESS = /^[a-z]*(\?[^#]*)?$/;
const drawnData = new WeakMap();

function build(part) {
  if (typeof part === "string") return document.createTextNode(part);
  const [tag, attributes, ...children] = part;
  if (!TAGS.has(tag)) throw new Error(`no element ${tag} in a figure`);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
    else if (name === "href" && ADDRESS.test(value)) element.setAttribute("href", value || "./");
    else if (name.startsWith("set-")) element.style.setProperty(`--${name.slice(4)}`, value);
  }
  element.append(...children.map(build));
  return element;
}

export default function ({ data, parentElement }) {
  const container = parentElement.querySelector(".figure");
  const text = JSON.stringify(data);
  if (drawnData.get(container) !== text) {
    container.replaceChildren(build(data));
    drawnData.set(container, text);
  }
}
