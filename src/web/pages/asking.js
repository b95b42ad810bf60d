// While somebody writes a question, what the list says about it is shown before anything is sent.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const text = $("text"), near = $("near");
  if (!near) return;
  const { post } = window.bangban;
  const PAUSE = 500, LEAST = 4; // ms after the last key; characters

  let clock = 0, asked = "";
  function hide() {
    near.hidden = true;
    near.querySelector("ul").textContent = "";
  }
  function line(entry) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = `/faq/${entry.no}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.dataset.testid = "near-entry";
    link.textContent = entry.question;
    item.append(link);
    return item;
  }
  async function look() {
    const words = text.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < LEAST || words.startsWith("/")) { hide(); return; }
    try {
      const { entries } = await post("/faq/near", { q: words.slice(0, 100) });
      if (text.value.trim() !== words) return;
      hide();
      for (const entry of entries) near.querySelector("ul").append(line(entry));
      near.hidden = !entries.length;
    } catch { hide(); } // the question can be asked all the same
  }
  text.addEventListener("input", () => {
    clearTimeout(clock);
    if (!text.value.trim()) { asked = ""; hide(); return; }
    clock = setTimeout(look, PAUSE);
  });
  text.addEventListener("cleared", () => { clearTimeout(clock); asked = ""; hide(); });
})();
