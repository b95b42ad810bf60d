// What a room's page shows: messages in order, where one reads, what was said before, who reads. Words come from the server
// already escaped; nothing that people wrote is ever put together into HTML here.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  const base = body.dataset.base;
  const staff = body.dataset.staff === "true";
  const list = $("messages"), scroller = list.parentElement, down = $("down"), older = $("older");
  const { get, sound, fold, unfolded } = window.bangban;
  const title = document.title;
  let unread = 0;

  // ---- messages in order

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; down.hidden = true; };
  // The newest answer to one's own question stays in sight from its beginning, whatever comes after it, until one scrolls
  // or says something oneself.
  let held = null, asked = 0;
  const top = (item) => scroller.scrollTop + item.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 12;
  function settle() {
    const end = scroller.scrollHeight - scroller.clientHeight;
    const to = held && held.isConnected ? Math.min(end, top(held)) : end;
    scroller.scrollTop = to;
    down.hidden = to > end - 120 || list.lastElementChild === held;
  }
  // Anything else that is long is read from its beginning too.
  function reveal(item) {
    if (!held && item.offsetHeight > scroller.clientHeight - 60) scroller.scrollTop = top(item); else settle();
  }
  const letGo = () => { held = null; };
  for (const kind of ["wheel", "touchmove", "pointerdown"]) scroller.addEventListener(kind, letGo, { passive: true });

  function days() {
    let last = "";
    for (const item of Array.from(list.children)) {
      if (item.classList.contains("day")) {
        item.remove();
      } else if (!item.classList.contains("gone") && item.dataset.day !== last) {
        last = item.dataset.day;
        const line = document.createElement("li");
        line.className = "day";
        line.textContent = last;
        item.before(line);
      }
    }
    $("empty").hidden = last !== "";
  }

  function made(piece) {
    const holder = document.createElement("template");
    holder.innerHTML = piece.html.trim();
    return holder.content.firstElementChild;
  }

  function show(piece) {
    const item = made(piece);
    const end = atEnd();
    const old = $("m" + piece.id);
    if (old && Number(old.dataset.revision) > piece.revision) return old;
    if (old) {
      // Other buttons or words: one stays where one reads.
      const from = scroller.scrollTop, opened = unfolded(old);
      old.replaceWith(item);
      fold(item, opened);
      if (old === held) held = item.classList.contains("gone") ? null : item;
      days();
      if (held) settle(); else if (end) toEnd(); else scroller.scrollTop = from;
      return item;
    }
    const later = Array.from(list.children).find((other) => Number(other.dataset.id) > piece.id);
    const day = later && later.previousElementSibling;
    const first = list.querySelector(".message");
    // Changed far above what is shown: there when one goes up to it.
    if (later && later === first && !older.hidden) return item;
    list.insertBefore(item, day && day.className === "day" ? day : later || null);
    // Between others, for somebody else.
    if (item.classList.contains("gone")) return item;
    fold(item, false);
    if (piece.mine) { letGo(); asked = Date.now(); }
    else if (piece.to_me && (end || held || Date.now() - asked < 120000)) held = item;
    const stay = end || piece.mine || held !== null;
    for (const picture of item.querySelectorAll("img")) picture.addEventListener("load", () => { if (stay) settle(); });
    if (!piece.mine) alertFor(piece);
    days();
    if (stay) reveal(item); else down.hidden = false;
    return item;
  }

  function toast(words) {
    const line = document.createElement("p");
    line.className = "toast";
    line.dataset.testid = "toast";
    line.textContent = words;
    $("toasts").textContent = "";
    $("toasts").append(line);
    setTimeout(() => line.remove(), 6000);
  }

  // ---- alerts

  function alertFor(piece) {
    if (staff && (document.hidden || piece.calls)) sound();
    if (staff) window.bangbanCalls.call("群里有新消息");
    if (document.hidden) {
      unread += 1;
      document.title = `(${unread}) ${title}`;
    }
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) { unread = 0; document.title = title; }
  });

  // ---- what was said before

  async function goBack() {
    const first = list.querySelector(".message");
    older.disabled = true;
    try {
      const pieces = await get(`${base}/older?before=${first ? first.dataset.id : 0}`);
      letGo();
      const end = scroller.scrollHeight - scroller.scrollTop;
      for (const piece of pieces.messages.filter((one) => !$("m" + one.id))) {
        const item = made(piece);
        list.insertBefore(item, first);
        fold(item, false);
      }
      days();
      older.hidden = !pieces.more;
      scroller.scrollTop = scroller.scrollHeight - end;
      return pieces.messages.length > 0;
    } catch {
      toast("没有取到更早的消息，请再试一次。");
      return false;
    } finally {
      older.disabled = false;
    }
  }
  older.addEventListener("click", goBack);

  // To a message, however far up it stands.
  async function goTo(id) {
    for (let more = true; more && !$("m" + id) && !older.hidden;) more = await goBack();
    const target = $("m" + id);
    if (!target || target.classList.contains("gone")) { toast("原消息已不在这里。"); return; }
    letGo();
    const far = Math.abs(top(target) - scroller.scrollTop) > 3 * scroller.clientHeight;
    const calm = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    target.classList.remove("flash");
    void target.offsetWidth;
    target.classList.add("flash");
  }

  down.addEventListener("click", () => { letGo(); toEnd(); });
  scroller.addEventListener("scroll", () => {
    if (atEnd()) down.hidden = true;
    if (scroller.scrollTop < 80 && !older.hidden && !older.disabled) goBack();
  });

  // ---- who reads

  function readers(words) {
    const line = $("readers");
    line.textContent = words;
    line.title = words;
  }

  // What the page begins with.
  function begin() {
    days();
    for (const item of list.querySelectorAll(".message.bot")) fold(item, false);
    if (list.lastElementChild) reveal(list.lastElementChild);
    const wanted = /^#m(\d+)$/.exec(location.hash);
    if (wanted) goTo(wanted[1]);
  }

  Object.assign(window.bangban, { show, toast, atEnd, toEnd, letGo, goTo, readers, begin });
})();
