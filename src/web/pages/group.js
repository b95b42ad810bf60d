// A room's page: sends what is written, does what is pressed, hears what comes.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const body = document.body;
  const base = body.dataset.base;
  const staff = body.dataset.staff === "true";
  const $ = (id) => document.getElementById(id);
  const list = $("messages"), text = $("text"), composer = $("composer");
  const error = $("error"), nickname = $("nickname"), name = $("name"), nameError = nickname.querySelector(".error");
  const context = $("context"), state = $("state"), older = $("older"), send = composer.querySelector(".send");
  const { newNumber, post, smaller, PICTURE_LIMIT, connect, say } = window.bangban;
  const { show, toast, atEnd, toEnd, letGo, goTo, readers, begin } = window.bangban;
  let named = body.dataset.named === "true";
  let after = Number(body.dataset.after) || 0;
  let mode = null; // {kind: "reply" | "change", id}
  let waiting = null; // what to do once a name is chosen

  // ---- what happens meanwhile

  const { listen, again } = connect(base, {
    state,
    after: () => after,
    message: (piece, id) => {
      seen(piece, show(piece));
      after = Math.max(after, id);
      hasRead();
    },
    toast,
    // More was missed than is sent: the newest follows, and what is older comes by scrolling.
    anew: () => { letGo(); list.textContent = ""; older.hidden = false; },
    idle: (minutes) => {
      drowsy = true;
      fail(`您有一会儿没动了，${minutes} 分钟后自动退出。点一下这个页面就继续。`);
    },
    readers,
    mine: (html) => { if ($("mine")) $("mine").innerHTML = html; },
    gone: (why) => {
      if (why === "session") leave();
      fail(staff && why === "session" ? "登录已失效，请用新的登录链接重新进入。写好的内容还在。" : "请刷新页面后再继续。写好的内容还在。");
    },
  });

  // Who may no longer be here leaves nothing on the screen of a computer that others use. What is being written is their own.
  function leave() {
    for (const id of ["messages", "found", "find-count", "toasts"]) $(id).textContent = "";
    $("find-words").value = "";
    if (box.open) box.close();
    box.firstElementChild.removeAttribute("src");
    which.hidden = older.hidden = true;
    setMode(null);
  }

  // Only what somebody does keeps staff signed in, not a page that stands open.
  let drowsy = false, moved = 0;
  function awake() {
    if (!staff || !drowsy && Date.now() - moved < 60000) return;
    moved = Date.now();
    if (drowsy) fail("");
    drowsy = false;
    post(base + "/awake", {}).catch(() => { moved = 0; });
  }
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) document.addEventListener(kind, awake, { passive: true });

  // ---- sending

  // What can be sent again is offered again; the server knows by the number what it has already.
  const repeat = $("again");
  let undone = null;
  function fail(words, then) {
    error.textContent = words;
    undone = then || null;
    repeat.hidden = !undone;
  }
  repeat.addEventListener("click", () => { if (undone) undone(); });

  function askName(then) {
    waiting = then;
    nickname.hidden = false;
    name.focus();
  }

  function setMode(next, words) {
    mode = next;
    context.hidden = !next;
    context.firstElementChild.textContent = words || "";
    if (next) text.focus();
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 2}px`;
  }

  let sending = null; // {words, mode, arrived}: what is on its way, or may have been

  function sent(one, piece) {
    sending = null;
    plain = "";
    composer.elements.number.value = newNumber();
    if (text.value === one.words) clear();
    if (mode === one.mode) setMode(null);
    fail("");
    grow();
    if (piece) show(piece);
  }

  // What was on the screen is read, also for the next visit and on other devices.
  let read = 0, reading = 0;
  function hasRead() {
    clearTimeout(reading);
    if (document.hidden || !named) return;
    reading = setTimeout(() => {
      const newest = Number((list.lastElementChild || { dataset: {} }).dataset.id) || 0;
      if (newest <= read) return;
      const before = read;
      read = newest;
      post(base + "/read", { upto: newest }).catch(() => { read = before; });
    }, 1500);
  }
  document.addEventListener("visibilitychange", hasRead);
  hasRead();

  // The answer may be lost where the words were not: then the stream shows them.
  function seen(piece, item) {
    const words = item.querySelector(".words");
    if (!sending || sending.mode && sending.mode.kind === "change" || !piece.mine || !words || words.textContent !== sending.words.trim()) return;
    sending.arrived = true;
    if (sending.lost) sent(sending);
  }

  // A helper who has claimed a question and writes without replying may mean the answer: asked, not guessed.
  const which = $("which");
  let plain = "";
  const owed = () => Array.from(list.querySelectorAll("[data-question]")).pop();
  function unclear(words) {
    const answer = owed();
    if (!answer || mode || words === plain || /^[\/@＠]/.test(words.trim())) return false;
    $("whose").textContent = `${answer.dataset.question} 正等您答复。这句话发给提问人吗？`;
    const end = atEnd();
    which.hidden = false;
    if (end) toEnd();
    $("as-answer").focus();
    return true;
  }
  $("as-answer").addEventListener("click", () => {
    const answer = owed();
    if (answer) replyTo(answer.closest(".message"), answer.dataset.question);
    which.hidden = true;
    submit();
  });
  $("as-words").addEventListener("click", () => { plain = text.value; which.hidden = true; submit(); });
  $("not-yet").addEventListener("click", () => { which.hidden = true; text.focus(); });

  async function submit() {
    const words = text.value;
    if (send.disabled) return;
    if (!words.trim()) { text.focus(); return; }
    if (!named) { askName(submit); return; }
    if (unclear(words)) return;
    fail("");
    busy(true);
    const one = { words, mode, arrived: false, lost: false };
    sending = one;
    const number = composer.elements.number.value;
    try {
      const piece = mode && mode.kind === "change"
        ? await post(base + "/edit", { message: mode.id, text: words, number })
        : await post(base + "/say", { text: words, reply_to: mode ? mode.id : null, number });
      sent(one, piece);
    } catch (problem) {
      // Where nothing answers, the stream is dead too, or soon tells that it is not.
      if (!problem.status) again();
      if (one.arrived) sent(one);
      else if (problem.status === 401 && !staff) { named = false; askName(submit); }
      else { one.lost = true; fail(problem.message, problem.again ? submit : null); }
    } finally {
      busy(false);
    }
  }

  function busy(on) {
    send.disabled = on;
    send.textContent = on ? "发送中…" : "发送";
  }

  composer.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  text.addEventListener("input", () => { grow(); fail(""); sending = null; });
  function clear() {
    text.value = "";
    text.dispatchEvent(new Event("cleared"));
  }
  text.addEventListener("keydown", (event) => {
    // While an input method composes, Enter only picks a word; 229 is how older browsers say so.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && mode) {
      setMode(null);
    }
  });
  $("drop").addEventListener("click", () => setMode(null));

  nickname.addEventListener("submit", async (event) => {
    event.preventDefault();
    nameError.textContent = "";
    try {
      await post(base + "/name", { nickname: name.value });
    } catch (problem) {
      nameError.textContent = problem.message;
      name.focus();
      return;
    }
    named = true;
    nickname.hidden = true;
    // Anew, because only a stream that knows the name brings what is for this visitor alone.
    listen();
    const then = waiting;
    waiting = null;
    if (then) await then();
    text.focus();
  });
  $("later").addEventListener("click", () => { nickname.hidden = true; waiting = null; text.focus(); });

  async function sendPicture(file, number = newNumber()) {
    if (send.disabled) return;
    const repeated = () => sendPicture(file, number);
    if (!named) { askName(repeated); return; }
    fail("");
    if (file.size > PICTURE_LIMIT) {
      busy(true);
      file = await smaller(file);
      busy(false);
      if (!file) { fail("图片太大了，最大 5 MB。请截图后再发。"); return; }
    }
    const words = text.value, doing = mode;
    const data = new FormData();
    data.append("text", words);
    data.append("number", number);
    if (doing && doing.kind === "reply") data.append("reply_to", doing.id);
    data.append("picture", file, file.name || "picture.jpg");
    busy(true);
    try {
      await post(base + "/picture", data);
      if (text.value === words) clear();
      if (mode === doing) setMode(null);
      grow();
    } catch (problem) {
      fail(problem.message, problem.again ? repeated : null);
    } finally {
      busy(false);
    }
  }
  $("file").addEventListener("change", (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (file) sendPicture(file);
  });
  text.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (file) { event.preventDefault(); sendPicture(file); }
  });

  // ---- on messages

  async function press(button, item) {
    if (!named) { askName(() => press(button, item)); return; }
    button.disabled = true;
    try {
      button.dataset.number = button.dataset.number || newNumber();
      await post(base + "/press", { token: button.dataset.token, message: Number(item.dataset.id), number: button.dataset.number });
      delete button.dataset.number;
      // What comes of it is said at the end.
      letGo();
      toEnd();
    } catch (problem) {
      toast(problem.again ? "没有按上，请再按一次。" : problem.message);
    } finally {
      setTimeout(() => { button.disabled = false; }, 1500);
    }
  }

  async function takeDown(button, item) {
    if (!confirm("撤下这张图片？撤下以后谁也看不到，也找不回来。")) return;
    button.disabled = true;
    try {
      await post(base + "/takedown", { message: Number(item.dataset.id) });
      toast("图片已撤下。");
    } catch (problem) {
      toast(problem.message);
      button.disabled = false;
    }
  }

  // Hidden or shown again: both can be taken back, so nobody is asked.
  async function keepOrder(button, item) {
    button.disabled = true;
    try {
      await post(base + "/order", { what: button.dataset.what, message: Number(item.dataset.id) });
    } catch (problem) {
      toast(problem.message);
      button.disabled = false;
    }
  }

  // Who wants the same answer is counted, and told when it comes.
  async function wish(button, item) {
    button.disabled = true;
    try {
      await post(base + "/wish", { message: Number(item.dataset.id) });
    } catch (problem) {
      toast(problem.message);
      button.disabled = false;
    }
  }

  const box = $("box");
  box.addEventListener("click", () => box.close());
  function replyTo(item, question) {
    const words = item.querySelector(".words");
    const line = (words ? words.textContent : "［图片］").replace(/\s+/g, " ").slice(0, 60);
    setMode({ kind: "reply", id: Number(item.dataset.id) }, question ? `答复 ${question}` : `回复 ${item.dataset.name}：${line}`);
  }

  if ($("mine")) $("mine").addEventListener("click", (event) => {
    const link = event.target.closest("[data-mine]");
    if (!link) return;
    event.preventDefault();
    goTo(link.dataset.mine);
  });

  list.addEventListener("click", (event) => {
    const item = event.target.closest(".message");
    if (!item) return;
    const quote = event.target.closest(".quote");
    const words = item.querySelector(".words");
    const picture = event.target.closest(".picture");
    if (picture && box.showModal) {
      event.preventDefault();
      box.firstElementChild.src = picture.href;
      box.showModal();
    } else if (event.target.closest(".reply")) {
      replyTo(item, event.target.closest(".reply").dataset.question);
    } else if (event.target.closest(".press")) {
      press(event.target.closest(".press"), item);
    } else if (event.target.closest(".change")) {
      if (Date.now() > Number(item.dataset.editable)) { toast("消息发出超过 15 分钟，不能再改。请另发一条。"); return; }
      text.value = words ? words.textContent : "";
      grow();
      setMode({ kind: "change", id: Number(item.dataset.id) }, "修改这条消息");
    } else if (event.target.closest(".takedown")) {
      takeDown(event.target.closest(".takedown"), item);
    } else if (event.target.closest(".wish")) {
      wish(event.target.closest(".wish"), item);
    } else if (event.target.closest(".order")) {
      keepOrder(event.target.closest(".order"), item);
    } else if (quote) {
      event.preventDefault();
      goTo(quote.dataset.quote);
    }
  });

  for (const example of document.querySelectorAll(".example")) {
    example.addEventListener("click", () => { text.value = example.textContent; grow(); submit(); });
  }
  document.addEventListener("click", (event) => {
    const menu = document.querySelector(".menu");
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });

  begin();
  if (named || body.dataset.private !== "true") listen(); else say(state, "填好昵称后连接", false);
})();
