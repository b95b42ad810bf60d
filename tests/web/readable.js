// What of a page somebody cannot read or press by name: words with too little contrast, and links, buttons and fields
// without a name. Runs in the page; gives a line for each.
const faults = new Set();
const shown = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility === "visible" && !one.closest("[aria-hidden=true], [inert]");
const name = (one) => {
  const by = (one.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  const label = by.map((other) => other.textContent).join("") || one.getAttribute("aria-label") || "";
  if (label.trim()) return label;
  const labels = Array.from(one.labels || []).map((other) => other.textContent).join("");
  if (labels.trim()) return labels;
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.textContent;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true" || getComputedStyle(node).display === "none") return "";
    return node.getAttribute("aria-label") || node.getAttribute("alt") || Array.from(node.childNodes).map(read).join("");
  };
  return read(one).trim() || one.getAttribute("title") || "";
};
const what = (one) => `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""}.${one.getAttribute("class") || ""} ${one.textContent.trim().slice(0, 20)}`;
for (const one of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), textarea, select, [role=button]"))
  if ((shown(one) || one.type === "file") && !name(one).trim()) faults.add(`no name: ${what(one)}`);
for (const one of document.querySelectorAll("img")) if (shown(one) && !one.hasAttribute("alt")) faults.add(`no alt: ${what(one)}`);
const ids = new Set();
for (const one of document.querySelectorAll("[id]")) { if (ids.has(one.id)) faults.add(`twice: #${one.id}`); ids.add(one.id); }

const parts = (colour) => { const all = colour.match(/[\d.]+/g).map(Number); return all.length < 4 ? [...all.slice(0, 3), 1] : all; };
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const light = (colour) => {
  const [r, g, b] = colour.slice(0, 3).map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
// Not known where a picture lies behind.
const behind = (one) => {
  const layers = [];
  for (let at = one; at; at = at.parentElement) {
    const style = getComputedStyle(at), colour = parts(style.backgroundColor);
    if (style.backgroundImage !== "none") return null;
    if (colour[3] > 0) layers.push(colour);
    if (colour[3] === 1) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), parts(matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18,18,18)" : "rgb(255,255,255)"));
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const one = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || /^(SCRIPT|STYLE|NOSCRIPT|OPTION)$/.test(one.tagName) || !shown(one) || one.closest(":disabled")) continue;
  const style = getComputedStyle(one), below = behind(one);
  if (!below) continue;
  const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const [a, b] = [light(over(parts(style.color), below)), light(below)].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  if (contrast < (large ? 3 : 4.5)) faults.add(`contrast ${contrast.toFixed(2)}: ${what(one)}`);
}
if (document.documentElement.scrollWidth > innerWidth) faults.add(`wider than the screen: ${document.documentElement.scrollWidth}`);
if (!document.documentElement.lang) faults.add("no language");
if (!document.querySelector("h1")) faults.add("no heading");
return Array.from(faults);
