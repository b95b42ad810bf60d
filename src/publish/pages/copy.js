// An address is copied at a press: no map is asked, and no network.
'use strict';

(() => {
  const said = document.createElement('p');
  said.className = 'copied';
  said.setAttribute('role', 'status');
  document.body.append(said);
  let clock = 0;

  // Where pages do not travel by https, browsers keep the clipboard to themselves.
  const byHand = (text) => {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    document.body.append(field);
    field.select();
    let done = false;
    try { done = document.execCommand('copy'); } catch { /* not in this browser */ }
    field.remove();
    return done;
  };
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byHand(text);
    }
  };

  // An entry by itself is passed on or printed.
  const share = document.getElementById('share'), print = document.getElementById('print');
  const link = () => new URL(share.dataset.link, location.href).href;
  if (share) {
    share.hidden = print.hidden = false;
    print.addEventListener('click', () => window.print());
    share.addEventListener('click', async () => {
      if (navigator.share) {
        try { await navigator.share({ title: share.dataset.title, url: link() }); } catch { /* not wanted after all */ }
        return;
      }
      said.textContent = await copied(link()) ? '链接已复制，可以发给别人了。' : link();
      clearTimeout(clock);
      clock = setTimeout(() => { said.textContent = ''; }, 4000);
    });
  }

  document.addEventListener('click', async (event) => {
    const link = event.target.closest('[data-copy]');
    if (!link) return;
    event.preventDefault();
    const done = await copied(link.dataset.copy);
    said.textContent = done ? `已复制：${link.dataset.copy}` : '没有复制成，请按住文字复制。';
    clearTimeout(clock);
    clock = setTimeout(() => { said.textContent = ''; }, 4000);
  });
})();
