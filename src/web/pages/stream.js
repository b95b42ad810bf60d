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

  // `room`: where to say how it stands, after which revision to go on, and what to do with what comes.
  window.bangban.connect = (base, room) => {
    let source = null, pause = 1000, retry = 0, over = false;
    let met = false, alive = false, heard = 0;

    function sayAway() {
      say(room.state, navigator.onLine === false ? "网络断了，恢复后自动重连" : met ? "正在重连…" : "连接中…", false);
    }

    function listen() {
      clearTimeout(retry);
      if (source) source.close();
      if (over) return;
      alive = false;
      heard = Date.now();
      sayAway();
      const stream = new EventSource(`${base}/events?after=${room.after()}`);
      source = stream;
      stream.onerror = () => {
        // The browser's own retry gives up at the first refusal (a proxy's 502 while the server restarts); ours does not.
        stream.close();
        if (source !== stream) return;
        alive = false;
        sayAway();
        clearTimeout(retry);
        retry = setTimeout(listen, pause);
        pause = Math.min(pause * 2, 15000);
      };
      const on = (kind, then) => stream.addEventListener(kind, (event) => {
        heard = Date.now();
        if (!alive) { alive = met = true; pause = 1000; say(room.state, "已连接", true); }
        then(event);
      });
      on("life", () => {});
      on("message", (event) => room.message(JSON.parse(event.data), Number(event.lastEventId)));
      on("toast", (event) => room.toast(JSON.parse(event.data).text));
      on("anew", () => room.anew());
      on("idle", (event) => room.idle(JSON.parse(event.data).minutes));
      on("private", () => {
        for (const dot of document.querySelectorAll(".private .dot")) dot.hidden = false;
      });
      on("gone", () => {
        over = true;
        stream.close();
        say(room.state, "已断开", false);
        room.gone();
      });
    }
    const again = () => { if (source && !over) listen(); };
    // By the clock on the wall, which goes on while a phone sleeps.
    setInterval(() => { if (Math.abs(Date.now() - heard) > (alive ? SILENCE : OPENING)) again(); }, 1000);
    window.addEventListener("pageshow", (event) => { if (event.persisted) again(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
    window.addEventListener("online", again);
    window.addEventListener("offline", () => { if (source && !over) { source.close(); alive = false; sayAway(); } });
    return { listen, again };
  };
})();
