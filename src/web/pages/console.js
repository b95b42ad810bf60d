// The console: does what is pressed without leaving the page, keeps what is written, hears of what others do.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const $ = (id) => document.getElementById(id);
  const body = document.body;
  const shown = () => body.dataset.question || "";

  // ---- short words

  function toast(words) {
    const line = document.createElement("p");
    line.className = "toast";
    line.dataset.testid = "toast";
    line.textContent = words;
    $("toasts").appendChild(line);
    setTimeout(() => line.remove(), 8000);
  }
  function news(words) {
    const line = $("news");
    line.textContent = words;
    line.hidden = !words;
  }

  // ---- pages

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // Takes a page in the place of this one; what was asked for before it is no longer wanted.
  let turn = 0;
  function take(page, address) {
    turn += 1;
    if (!page.body.classList.contains("console")) { location.assign(address); return; }
    for (const id of ["rail", "main"]) $(id).innerHTML = page.getElementById(id).innerHTML;
    document.title = page.title;
    if (page.body.dataset.question) body.dataset.question = page.body.dataset.question; else delete body.dataset.question;
    if (address !== location.href) history.pushState({}, "", address);
    listen();
    begin();
    window.bangbanCalls.begin();
    window.scrollTo(0, 0);
  }

  // How much waits, as the frame counts it.
  function waits(page) {
    const count = page.querySelector("[href=\"/staff/work\"] [data-testid=waits]");
    return count ? parseInt(count.textContent, 10) || 0 : 0;
  }

  // An address that is being written stays until it is sent.
  const writesIn = (part) => Array.from(part.querySelectorAll("input[type=url]")).some((field) => field.value !== field.defaultValue);

  // Shows what changed since, and leaves alone what is being written.
  // A city in which much happens is looked at every second, not at each step.
  const EVERY = 1000;
  let looking = false, again = false;
  async function refresh() {
    if (looking) { again = true; return; }
    looking = true;
    const writes = $("words") && $("words").value.trim() !== "", begun = turn;
    try {
      const response = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" } });
      if (response.ok) {
        const page = parse(await response.text());
        if (turn !== begun) return;
        let moved = false;
        const now = waits(page);
        if (now > waits(document)) window.bangbanCalls.call(`工作台有 ${now} 件在等`);
        document.title = (now && document.hidden ? `(${now}) ` : "") + page.title;
        for (const fresh of page.querySelectorAll("[data-live]")) {
          const old = $(fresh.id);
          if (!old || fresh.id === "said" || old.innerHTML === fresh.innerHTML || writesIn(old)) continue;
          moved = moved || fresh.id === "talk" || fresh.id === "asked";
          old.innerHTML = fresh.innerHTML;
        }
        for (const fresh of page.querySelectorAll("[data-live]"))
          if ($(fresh.id)) $(fresh.id).toggleAttribute("data-poll", fresh.hasAttribute("data-poll"));
        // Who may write an answer now, and could not before: the page is another one.
        if (!!page.getElementById("reply") !== !!$("reply") && !writes) { take(page, location.href); return; }
        const version = page.querySelector("[data-version]");
        if (version) for (const field of document.querySelectorAll("[data-version]")) field.value = version.value;
        if (moved && writes) news("来了新消息，已经显示在上面。请看一眼再发。");
      }
    } catch { /* heard again with the next line */ } finally {
      setTimeout(() => {
        looking = false;
        if (again) { again = false; refresh(); } else poll();
      }, EVERY);
    }
  }

  // ---- acts

  const ANSWER = 15000; // ms
  async function send(form, button) {
    if (form.dataset.ask && !window.confirm(form.dataset.ask)) return;
    turn += 1;
    clearTimeout(keeping);
    // What is on its way to be kept is kept first: else it would be the older one of two.
    await keepingNow;
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    for (const each of form.querySelectorAll("button")) each.disabled = true;
    clearTimeout(saving);
    const cut = new AbortController();
    const clock = setTimeout(() => cut.abort(), ANSWER);
    try {
      const response = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body: fields, signal: cut.signal });
      const page = parse(await response.text());
      if (response.status === 429) { toast("太快了，请过一会儿再按一次。"); return; }
      if (response.status === 401) { toast("登录已失效，请用新的登录链接重新进入。写好的内容还在。"); return; }
      // A notice, and no page of the console: what is written stays.
      const notice = page.querySelector("[data-testid=notice] p");
      if (!response.ok && notice) { toast(`${notice.textContent} 写好的内容还在。`); return; }
      take(page, response.url || form.action);
    } catch {
      toast("没有收到回音，网络可能断了。写好的内容还在：请看一眼有没有做成，没有就再按一次。");
    } finally {
      clearTimeout(clock);
      for (const each of form.querySelectorAll("button")) each.disabled = false;
    }
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sent]")) return;
    event.preventDefault();
    send(event.target, event.submitter || pressed);
  });
  // Browsers as old as Chromium 80 do not name the button.
  let pressed = null;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) pressed = button;
    const link = event.target.closest("[data-adopt]");
    if (!link || !$("words")) return;
    event.preventDefault();
    const place = link.closest("details, li").querySelector(".words");
    $("words").value = place.textContent;
    $("adopting").value = link.dataset.adopt;
    grow($("words"));
    $("words").focus();
    $("words").scrollIntoView({ block: "center" });
    save();
  });

  // ---- what is being written

  let saving = 0;
  function grow(field) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, window.innerHeight * 0.6)}px`;
  }
  async function save() {
    const field = document.querySelector("[data-draft]");
    if (!field || field.value === field.dataset.kept) return;
    const words = field.value;
    try {
      const response = await fetch(field.dataset.draft, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ words }) });
      if (response.ok) { field.dataset.kept = words; $("kept").textContent = words.trim() ? "草稿已存" : ""; }
    } catch { $("kept").textContent = "草稿还没存上，网络可能断了"; }
  }
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-draft]")) return;
    grow(event.target);
    $("kept").textContent = "";
    clearTimeout(saving);
    saving = setTimeout(save, 2500);
  });
  document.addEventListener("focusout", (event) => { if (event.target.matches("[data-draft]")) save(); });

  // ---- a form that keeps itself

  let keeping = 0, keepingNow = Promise.resolve();
  const written = (form) => JSON.stringify(Array.from(new FormData(form)).filter(([name]) => name !== "version"));
  async function keep(form) {
    const now = written(form);
    if (!form.isConnected || now === form.dataset.written) return;
    try {
      const response = await fetch(form.dataset.keep, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
      const told = await response.json();
      if (!form.isConnected) return;
      if (!response.ok) { $("kept").textContent = told.said || told.error || "还没存上。"; return; }
      form.dataset.written = now;
      for (const field of document.querySelectorAll("[name=version]")) field.value = told.version;
      const lacks = told.missing.split("、");
      for (const label of form.querySelectorAll("[data-field]")) label.classList.toggle("lacks", lacks.includes(label.dataset.field));
      refresh();
      $("kept").textContent = told.said + (told.missing ? `还要写：${told.missing}` : "可以送审了。");
      if ($("answer")) {
        $("answer").textContent = "";
        for (const said of told.answer) {
          const line = document.createElement("p");
          line.textContent = said;
          $("answer").append(line);
        }
      }
      test(form);
    } catch { $("kept").textContent = "还没存上，网络可能断了。写好的还在这里。"; }
  }
  async function test(form) {
    $("tests").textContent = "正在跑自测……";
    try {
      const response = await fetch(form.dataset.tests, { headers: { Accept: "text/html" } });
      if (response.ok && form.isConnected) $("tests").innerHTML = await response.text();
    } catch { $("tests").textContent = "自测没有跑成，网络可能断了。"; }
  }
  function keepSoon(form, wait) {
    clearTimeout(keeping);
    keeping = setTimeout(() => { keepingNow = keepingNow.then(() => keep(form)); }, wait);
  }
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-keep]");
    if (form) { $("kept").textContent = ""; keepSoon(form, 2500); }
  });
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest("[data-keep]");
    if (form) keepSoon(form, 200);
  });

  // ---- what takes a while

  let polling = 0;
  function poll() {
    clearTimeout(polling);
    if (document.querySelector("[data-poll]")) polling = setTimeout(refresh, 1000);
  }

  // ---- what others do

  let source = null, heard = Date.now(), drowsy = false, moved = 0;
  function listen() {
    if (source) source.close();
    source = new EventSource("/staff/live" + (shown() ? `?q=${shown()}` : ""));
    heard = Date.now();
    const on = (name, act) => source.addEventListener(name, (event) => { heard = Date.now(); act(JSON.parse(event.data)); });
    on("life", () => {});
    on("moved", ({ question }) => {
      if (!shown() || question === null || String(question) === shown()) refresh();
    });
    on("published", () => { if ($("publications")) refresh(); });
    on("private", () => { if (!shown()) refresh(); });
    on("looking", ({ text }) => { if ($("looking")) $("looking").textContent = text ? `${text} 也在看这个问题` : ""; });
    on("idle", ({ minutes }) => { drowsy = true; news(`您有一会儿没动了，${minutes} 分钟后自动退出。点一下这个页面就继续。`); });
    on("gone", () => {
      source.close();
      $("main").innerHTML = "<h1>登录已失效</h1><p>请用新的登录链接重新进入。写好的答复草稿还在。</p>";
    });
  }
  setInterval(() => { if (Date.now() - heard > 40000) { listen(); refresh(); } }, 5000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > 20000) { listen(); refresh(); } });
  window.addEventListener("popstate", () => location.reload());
  function awake() {
    if (!drowsy && Date.now() - moved < 60000) return;
    moved = Date.now();
    if (drowsy) news("");
    drowsy = false;
    fetch("/staff/me/awake", { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: "{}" }).catch(() => { moved = 0; });
  }
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, awake);

  // ---- keys

  const KEYS = "bangban_keys";
  let keys = true;
  try { keys = localStorage.getItem(KEYS) !== "0"; } catch { /* as long as the page */ }
  $("keys-on").checked = keys;
  $("keys-on").addEventListener("change", () => {
    keys = $("keys-on").checked;
    try { localStorage.setItem(KEYS, keys ? "1" : "0"); } catch { /* as above */ }
  });
  const jobs = () => Array.from(document.querySelectorAll("[data-testid=job] .what, .lines a"));
  function step(by) {
    const all = jobs();
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))].focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog[open]")) return;
    if (event.key === "?") { $("keys").showModal(); return; }
    if (!keys) return;
    const job = document.activeElement.closest("[data-testid=job]") || document;
    const take = job.querySelector("[name=act][value=claim]");
    if (event.key === "j" || event.key === "J") step(1);
    else if (event.key === "k" || event.key === "K") step(-1);
    else if ((event.key === "c" || event.key === "C") && take) take.click();
    else if ((event.key === "r" || event.key === "R") && $("words")) { event.preventDefault(); $("words").focus(); }
  });

  function begin() {
    const field = document.querySelector("[data-draft]");
    if (field) {
      field.dataset.kept = field.value;
      if (field.value) grow(field);
      if (field.autofocus) { field.focus(); field.scrollIntoView({ block: "center" }); }
    }
    const form = document.querySelector("[data-keep]");
    if (form) form.dataset.written = written(form);
    poll();
    const undo = document.querySelector("[data-undo]");
    if (undo) setTimeout(() => undo.remove(), Number(undo.dataset.undo));
  }
  listen();
  begin();
})();
