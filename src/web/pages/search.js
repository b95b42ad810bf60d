// Looks in a room for what was said, however long ago; a press leads there.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const panel = $("finder"), button = $("find"), words = $("find-words"), found = $("found");
  if (!panel) return;
  const base = document.body.dataset.base;
  const { get } = window.bangban;
  let asked = 0;

  function show(on) {
    panel.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    if (on) words.focus(); else button.focus();
  }
  button.addEventListener("click", () => show(panel.hidden));
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  $("find-close").addEventListener("click", () => show(false));

  function line(hit) {
    const item = document.createElement("li"), link = document.createElement("a");
    const head = document.createElement("small"), text = document.createElement("span");
    link.href = `#m${hit.id}`;
    link.dataset.testid = "hit";
    head.textContent = `${hit.name}　${hit.at}`;
    text.textContent = hit.words;
    text.dir = "auto";
    link.append(head, text);
    item.append(link);
    return item;
  }

  $("find-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = words.value.trim(), mine = asked += 1;
    if (!said) return;
    try {
      const answer = await get(`${base}/search?q=${encodeURIComponent(said)}`);
      if (mine !== asked) return;
      $("find-count").textContent = answer.hits.length ? `找到 ${answer.hits.length}${answer.more ? " 条以上" : " 条"}` : `没有找到“${said}”。`;
      found.textContent = "";
      for (const hit of answer.hits) found.append(line(hit));
    } catch {
      $("find-count").textContent = "没有找成，请再试一次。";
    }
  });
  found.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    window.bangban.goTo(link.getAttribute("href").slice(2));
  });
})();
