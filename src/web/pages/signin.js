// Signing in with a one-time link. What stands behind the # is told to no server and no log on the way; it is taken out of
// the address at once, and brought in a header.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const paste = $("paste"), enter = $("enter"), error = $("error");
  let link = "";
  if (enter.elements.link) return; // a form has brought it already

  async function post(address) {
    let response, answer = null;
    try {
      response = await fetch(address, { method: "POST", headers: { Accept: "application/json", "X-Link": link } });
      answer = await response.json();
    } catch { /* said below */ }
    if (answer && response.ok) return answer;
    $("ways").hidden = !response || response.status !== 410;
    throw new Error(answer && answer.error || "没有连上，请再试一次。");
  }

  async function ask(brought) {
    link = brought.replace(/[^\x21-\x7e]/g, " ").trim();
    error.textContent = "";
    try {
      const who = await post("/in/who");
      $("as").textContent = who.name;
      $("place").textContent = who.place;
      paste.hidden = true;
      enter.hidden = false;
    } catch (problem) {
      error.textContent = problem.message;
      paste.hidden = false;
      enter.hidden = true;
    }
  }

  function begin() {
    const brought = location.hash.slice(1);
    if (!brought) return;
    history.replaceState(null, "", location.pathname);
    paste.hidden = true;
    ask(brought);
  }

  paste.addEventListener("submit", (event) => { event.preventDefault(); ask($("link").value); });
  enter.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = enter.querySelector("button");
    button.disabled = true;
    try {
      location.replace((await post("/in")).to);
    } catch (problem) {
      error.textContent = problem.message;
      button.disabled = false;
    }
  });
  window.addEventListener("hashchange", begin);
  begin();
})();
