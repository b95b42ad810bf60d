// What a room's page does without knowing the room: sends, draws pictures smaller, sounds.
"use strict";
window.bangban = (() => {
  // ---- sending

  function newNumber() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const ANSWER = 15000, PICTURE_ANSWER = 60000; // ms

  // What is answered within a time; no answer, or one that is not ours, is none: it is not known whether the words
  // arrived.
  async function answered(address, request, limit) {
    const cut = new AbortController();
    const clock = setTimeout(() => cut.abort(), limit);
    let response = null, answer = null;
    try {
      response = await fetch(address, Object.assign({ signal: cut.signal }, request));
      answer = await response.json();
    } catch { /* none */ } finally {
      clearTimeout(clock);
    }
    if (answer && response.ok) return answer;
    const refused = new Error(answer && answer.error || "没有发出去，写好的内容还在。");
    refused.again = !answer || response.status >= 500;
    refused.status = response ? response.status : 0;
    throw refused;
  }

  function post(address, data) {
    const form = data instanceof FormData;
    const headers = form ? { Accept: "application/json" } : { Accept: "application/json", "Content-Type": "application/json" };
    return answered(address, { method: "POST", headers, body: form ? data : JSON.stringify(data) }, form ? PICTURE_ANSWER : ANSWER);
  }

  const get = (address) => answered(address, { headers: { Accept: "application/json" } }, ANSWER);

  // ---- pictures

  // A phone's photograph is larger than what is taken in: it is drawn smaller here. None where that cannot be done.
  const PICTURE_LIMIT = 5 * 1024 * 1024;
  async function smaller(file) {
    if (file.type === "image/gif" || !window.createImageBitmap) return null;
    try {
      const picture = await createImageBitmap(file);
      for (const side of [3200, 2400, 1600]) {
        const scale = Math.min(1, side / Math.max(picture.width, picture.height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(picture.width * scale));
        canvas.height = Math.max(1, Math.round(picture.height * scale));
        const brush = canvas.getContext("2d");
        brush.fillStyle = "#fff"; // JPEG knows no transparency
        brush.fillRect(0, 0, canvas.width, canvas.height);
        brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
        const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
        if (blob && blob.size <= PICTURE_LIMIT) return blob;
      }
    } catch { /* not a picture this browser reads */ }
    return null;
  }

  // ---- sound

  let loud = false, audio = null;
  const soundButton = document.getElementById("sound");
  function setSound(on) {
    loud = on;
    try { localStorage.setItem("bangban_sound", on ? "1" : "0"); } catch { /* private mode: lasts as long as the page */ }
    soundButton.setAttribute("aria-pressed", String(on));
    soundButton.querySelector(".label").textContent = on ? "提示音：开" : "提示音：关";
  }
  function sound() {
    if (!loud) return;
    try {
      audio = audio || new AudioContext();
      const tone = audio.createOscillator(), volume = audio.createGain();
      tone.frequency.value = 880;
      volume.gain.setValueAtTime(0.15, audio.currentTime);
      volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.4);
      tone.connect(volume).connect(audio.destination);
      tone.start();
      tone.stop(audio.currentTime + 0.4);
    } catch { /* a browser without sound still counts in the title */ }
  }
  if (soundButton) {
    let kept = null;
    try { kept = localStorage.getItem("bangban_sound"); } catch { /* as above */ }
    setSound(kept === "1");
    soundButton.addEventListener("click", () => { setSound(!loud); sound(); });
  }

  return { newNumber, post, get, smaller, PICTURE_LIMIT, sound };
})();
