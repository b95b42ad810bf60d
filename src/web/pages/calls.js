// Calls a member of staff who looks elsewhere: a notice of the system, where they agreed to it. They are asked once.
"use strict";
window.bangbanCalls = (() => {
  const KEY = "bangban_notify";
  const can = "Notification" in window && window.isSecureContext;
  function kept() {
    try { return localStorage.getItem(KEY); } catch { return null; }
  }
  function keep(wanted) {
    try { localStorage.setItem(KEY, wanted ? "1" : "0"); } catch { /* private mode: asked again next time */ }
  }
  const on = () => can && Notification.permission === "granted" && kept() === "1";

  // Nothing of what people wrote is shown where others may see the screen.
  function call(words) {
    if (!document.hidden || !on()) return;
    try {
      const notice = new Notification("帮办", { body: words, tag: "bangban" });
      notice.onclick = () => { window.focus(); notice.close(); };
    } catch { /* some phones show none for a page */ }
  }

  async function want(wanted) {
    const allowed = wanted && await Notification.requestPermission() === "granted";
    keep(allowed);
    begin();
  }

  // The line that asks, and the switch on one's own page.
  function begin() {
    const line = document.getElementById("calls"), box = document.getElementById("calls-on"), why = document.getElementById("calls-why");
    if (line) line.hidden = !can || kept() !== null || Notification.permission !== "default";
    if (!box) return;
    box.disabled = !can || Notification.permission === "denied";
    box.checked = on();
    why.textContent = !can ? "这个浏览器，或者不是 https 的网址，弹不了提醒。" : Notification.permission === "denied" ? "浏览器里把提醒关了，请在浏览器的网站设置里打开。" : "只说有几件在等，不显示内容。";
  }
  document.addEventListener("click", (event) => {
    if (event.target.id === "calls-yes") want(true);
    else if (event.target.id === "calls-no") { keep(false); begin(); }
  });
  document.addEventListener("change", (event) => { if (event.target.id === "calls-on") want(event.target.checked); });
  begin();
  return { call, begin };
})();
