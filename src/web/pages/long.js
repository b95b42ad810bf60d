// An answer longer than the screen is folded, so that its buttons and what comes after it stay in reach.
"use strict";
(() => {
  const list = document.getElementById("messages");
  const LONG = 0.62; // of the screen's height

  function open(words, button) {
    words.classList.remove("folded");
    button.textContent = "收起";
    button.setAttribute("aria-expanded", "true");
  }
  function close(words, button) {
    words.classList.add("folded");
    button.textContent = "展开全文";
    button.setAttribute("aria-expanded", "false");
  }

  // `opened`: it was read in full before it changed.
  window.bangban.fold = (item, opened) => {
    const words = item.querySelector(".words");
    if (!words || !item.classList.contains("bot") || item.querySelector(".unfold")) return;
    if (words.offsetHeight < window.innerHeight * LONG) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link unfold";
    button.dataset.testid = "unfold";
    words.after(button);
    if (opened) open(words, button); else close(words, button);
  };
  window.bangban.unfolded = (item) => {
    const button = item.querySelector(".unfold");
    return button !== null && button.getAttribute("aria-expanded") === "true";
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest(".unfold");
    if (!button) return;
    const item = button.closest(".message"), words = item.querySelector(".words");
    if (words.classList.contains("folded")) open(words, button);
    else { close(words, button); item.scrollIntoView({ block: "nearest" }); }
  });
  // What is reached by the keyboard is seen.
  list.addEventListener("focusin", (event) => {
    const words = event.target.closest(".words.folded");
    if (words) open(words, words.parentElement.querySelector(".unfold"));
  });
})();
