// The line on which a room's news comes, kept alive: a connection may die without a word.
"use strict";
(() => {
  // The server gives a sign of life every 15 s. Who hears nothing for so long, or is looked at again, opens the line
  // anew; what came meanwhile follows, because the stream goes on after the last it brought.
  const SILENCE = 40000, OPENING = 20000;

  function say(state, words, on) {
    state.textContent = words;
    state.classList.toggle("on", on);
  }
  window.bangban.say = say;

  // A browser keeps six connections to a server that speaks no newer HTTP, and each open page holds one: with the sixth
  // page nothing could be sent from any of them. The newest few hold on; others let go while nobody looks at them.
  const HOLD = 4, FRESH = 90000, PAGES = "bangban_pages";
  const page = String(Math.random()).slice(2);
  function pages(change) {
    try {
      const all = JSON.parse(localStorage.getItem(PAGES) || "{}");
      for (const id of Object.keys(all)) if (Date.now() - all[id].seen > FRESH) delete all[id];
      if (change) { change(all); localStorage.setItem(PAGES, JSON.stringify(all)); }
      return all;
    } catch { return {}; } // without a memory each holds on
  }
  const holds = (opened) => pages((all) => { all[page] = { opened, seen: Date.now() }; });
  const letsGo = () => pages((all) => { delete all[page]; });
  function crowded() {
    const all = pages();
    const newest = Object.keys(all).sort((one, other) => all[other].opened - all[one].opened);
    return document.hidden && newest.indexOf(page) >= HOLD;
  }

  const staff = document.body.dataset.staff === "true", IDLE = Number(document.body.dataset.idle);

  // `room`: where to say how it stands, after which revision to go on, and what to do with what comes.
  window.bangban.connect = (base, room) => {
    let source = null, pause = 1000, retry = 0, over = false;
    let met = false, alive = false, heard = 0, opened = 0, noted = 0, resting = false;
    let known = Date.now(), looked = 0; // when it was last sure that one may be here, and when that was asked

    function sayAway() {
      room.readers("");
      say(room.state, navigator.onLine === false ? "网络断了，恢复后自动重连" : met ? "正在重连…" : "连接中…", false);
    }

    function listen() {
      clearTimeout(retry);
      if (source) source.close();
      if (over) return;
      alive = resting = false;
      opened = heard = noted = Date.now();
      holds(opened);
      sayAway();
      const stream = new EventSource(`${base}/events?after=${room.after()}`);
      source = stream;
      stream.onerror = () => {
        // The browser's own retry gives up at the first refusal (a proxy's 502 while the server restarts); ours does not.
        stream.close();
        if (source !== stream) return;
        alive = false;
        sayAway();
        look();
        clearTimeout(retry);
        retry = setTimeout(listen, pause);
        pause = Math.min(pause * 2, 15000);
      };
      const on = (kind, then) => stream.addEventListener(kind, (event) => {
        heard = known = Date.now();
        if (!alive) { alive = met = true; pause = 1000; say(room.state, "已连接", true); }
        then(event);
      });
      on("life", () => {});
      on("message", (event) => room.message(JSON.parse(event.data), Number(event.lastEventId)));
      on("toast", (event) => room.toast(JSON.parse(event.data).text));
      on("anew", () => room.anew());
      on("idle", (event) => room.idle(JSON.parse(event.data).minutes));
      on("readers", (event) => room.readers(JSON.parse(event.data).text));
      on("mine", (event) => room.mine(JSON.parse(event.data).html));
      on("private", () => {
        for (const dot of document.querySelectorAll(".private .dot")) dot.hidden = false;
      });
      on("gone", (event) => end(JSON.parse(event.data).why));
    }

    function end(why) {
      over = true;
      if (source) source.close();
      clearTimeout(retry);
      say(room.state, "已断开", false);
      room.readers("");
      room.gone(why);
    }

    // A stream that is refused does not say why. Staff are signed out, too, where nobody answers for as long as they may
    // do nothing.
    async function look() {
      if (!staff || over) return;
      looked = Date.now();
      try {
        await window.bangban.get(`${base}/older?before=0`);
        known = Date.now();
      } catch (problem) {
        if (!over && (problem.status === 401 || Date.now() - known > IDLE)) end("session");
      }
    }
    const again = () => { if (source && !over) listen(); };
    function rest() {
      if (!source || over || resting || !crowded()) return;
      resting = true;
      alive = false;
      clearTimeout(retry);
      source.close();
      letsGo();
      say(room.state, "页面开得多，这一页先歇着，点开就接上", false);
      room.readers("");
    }
    window.addEventListener("storage", (event) => { if (event.key === PAGES) rest(); });
    window.addEventListener("pagehide", letsGo);
    // By the clock on the wall, which goes on while a phone sleeps.
    setInterval(() => {
      if (Date.now() - known > IDLE && Date.now() - looked > 20000) look();
      if (resting) return;
      if (Math.abs(Date.now() - heard) > (alive ? SILENCE : OPENING)) again();
      if (source && !over && Math.abs(Date.now() - noted) > 20000) { noted = Date.now(); holds(opened); rest(); }
    }, 1000);
    window.addEventListener("pageshow", (event) => { if (event.persisted) again(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else again(); });
    window.addEventListener("online", () => { if (!resting) again(); });
    window.addEventListener("offline", () => { if (source && !over && !resting) { source.close(); alive = false; sayAway(); } });
    return { listen, again };
  };
})();
