// The list's own search: pairs of characters and, for less, single ones, weighed by how rare they are; compared with each
// question, the other ways to ask it, all of these together, and a little with the answer. No server, no network.
'use strict';

(() => {
  const MOST = 20;
  const LEAST = 0.1;
  const OF_BEST = 0.5;
  const $ = (css) => document.querySelector(css);
  const input = $('#q');
  const found = $('#found');
  const shelf = found.querySelector('.items');
  const title = $('#found-title');
  const none = found.querySelector('.none');

  const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  // A run of Latin letters or digits is one: the x of qqxxzz is no X.
  const parts = (text) => {
    const signs = text.match(/[a-z0-9]+|./gu) || [];
    const set = new Set(signs);
    for (let i = 0; i + 1 < signs.length; i += 1) set.add(signs[i] + signs[i + 1]);
    return set;
  };

  const items = [...document.querySelectorAll('.item')].map((element) => {
    const asked = [element.querySelector('.q').textContent, ...element.dataset.also.split('\n')];
    const phrasings = asked.map(fold).filter(Boolean).map((text) => ({ text, parts: parts(text) }));
    return {
      element,
      home: element.parentNode,
      number: Number(element.id.slice(1)),
      phrasings,
      all: new Set(phrasings.flatMap((phrasing) => [...phrasing.parts])),
      answer: parts(fold(element.querySelector('.answer').textContent)),
    };
  });

  const seen = new Map();
  for (const item of items) for (const part of item.all) seen.set(part, (seen.get(part) || 0) + 1);
  const weight = (part) => {
    const rare = seen.has(part) ? Math.log(1 + items.length / seen.get(part)) : 1;
    return part.length === 1 ? rare / 2 : rare;
  };
  const sum = (set) => { let all = 0; for (const part of set) all += weight(part); return all; };
  const shared = (one, other) => { let all = 0; for (const part of one) if (other.has(part)) all += weight(part); return all; };
  for (const item of items) for (const phrasing of item.phrasings) phrasing.sum = sum(phrasing.parts);

  const score = (item, text, asked, whole) => {
    let best = 0;
    for (const phrasing of item.phrasings) {
      const both = shared(asked, phrasing.parts);
      let fits = 0.7 * (both / whole) + 0.6 * (both / (whole + phrasing.sum));
      if (phrasing.text.includes(text)) fits += 0.3;
      if (phrasing.text === text) fits += 0.3;
      best = Math.max(best, fits);
    }
    return best + shared(asked, item.all) / whole + 0.25 * (shared(asked, item.answer) / whole);
  };

  const search = (words) => {
    const text = fold(words);
    if (!text) return null;
    if (/^\d{1,4}$/.test(text)) {
      const exact = items.filter((item) => item.number === Number(text));
      if (exact.length) return exact;
    }
    const asked = parts(text);
    const whole = sum(asked);
    const hits = items
      .map((item) => ({ item, fits: score(item, text, asked, whole) }))
      .sort((one, other) => other.fits - one.fits || one.item.number - other.item.number);
    const least = hits.length ? Math.max(LEAST, OF_BEST * hits[0].fits) : LEAST;
    return hits.filter((one) => one.fits >= least).slice(0, MOST).map((one) => one.item);
  };

  const open = (element, wanted) => {
    element.classList.toggle('open', wanted);
    element.querySelector('button').setAttribute('aria-expanded', String(wanted));
  };

  const show = () => {
    for (const item of items) item.home.append(item.element);
    const hits = search(input.value);
    found.hidden = hits === null;
    document.body.classList.toggle('searching', hits !== null);
    if (hits === null) return;
    for (const item of items) open(item.element, false);
    for (const item of hits) shelf.append(item.element);
    if (hits.length) open(hits[0].element, true);
    title.textContent = hits.length ? `找到 ${hits.length} 条` : '没有找到';
    none.hidden = hits.length > 0;
  };

  const follow = () => {
    const target = /^#n\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (input.value) { input.value = ''; show(); }
    open(target, true);
    target.scrollIntoView();
  };

  document.documentElement.classList.add('js');
  for (const item of items) {
    open(item.element, false);
    item.element.querySelector('button').addEventListener('click', () => {
      open(item.element, !item.element.classList.contains('open'));
    });
  }
  const form = $('form.search');
  form.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); show(); });
  input.addEventListener('input', show);
  for (const chip of document.querySelectorAll('.chips a')) {
    chip.addEventListener('click', () => { if (input.value) { input.value = ''; show(); } });
  }
  window.addEventListener('hashchange', follow);
  follow();
})();
