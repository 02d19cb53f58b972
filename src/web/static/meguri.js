// Small comforts. Every page works without this file.
'use strict';
(() => {
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  const here = 'meguri:' + location.pathname;

  // What was wrong is read first.
  const faults = document.getElementById('faults');
  if (faults) {
    const bad = document.querySelector('[aria-invalid="true"]');
    (bad || faults).focus();
  }

  // Opened explanations and the place on the page are kept while one comes and goes.
  const folds = [...document.querySelectorAll('main details')];
  const kept = store && JSON.parse(store.getItem(here) || 'null');
  if (kept && !faults) {
    folds.forEach((d, i) => { if (kept.open[i] !== undefined) d.open = kept.open[i]; });
    if (!location.hash && kept.path === location.search) window.scrollTo(0, kept.y);
  }
  window.addEventListener('pagehide', () => {
    if (store) store.setItem(here, JSON.stringify({ open: folds.map((d) => d.open), y: window.scrollY, path: location.search }));
  });

  // A form is sent once.
  document.addEventListener('submit', (e) => {
    const form = e.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) e.preventDefault();
    form.dataset.sent = '1';
  });
  window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach((f) => delete f.dataset.sent));

  // A queue by keyboard: j and k go down and up its rows, c confirms (or does the first thing a row offers), r gives back,
  // x chooses, ? tells these keys. Only within the table: single letters that act anywhere are in the way of those who speak to
  // their computer (WCAG 2.1.4). Where one was is kept over the page that follows.
  const rows = [...document.querySelectorAll('table tbody tr')].filter((r) => r.querySelector('button'));
  const queue = document.querySelector('[data-keys]');
  let at = -1, keys = null;
  const go = (to) => {
    if (to < 0 || to >= rows.length) return;
    at = to;
    rows[at].querySelector('button, a').focus();
    rows[at].scrollIntoView({ block: 'nearest' });
  };
  const act = (name) => {
    const thing = rows[at] && (rows[at].querySelector('[data-act="' + name + '"]') || (name === 'confirm' && rows[at].querySelector('button')));
    if (!thing) return;
    if (store) store.setItem('meguri:at', String(at));
    thing.click();
  };
  if (queue) {
    keys = document.createElement('details');
    keys.className = 'fold keys';
    keys.append(document.createElement('summary'), document.createElement('p'));
    keys.firstChild.textContent = queue.dataset.keys;
    keys.lastChild.textContent = queue.dataset.keysWords;
    queue.before(keys);
  }
  document.addEventListener('focusin', (e) => {
    const row = e.target.closest('tr');
    if (row && rows.includes(row)) at = rows.indexOf(row);
  });
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || !e.target.closest('.table') || e.target.matches('input:not(.pick), textarea, select')) return;
    if (rows.length === 0) return;
    if (e.key === 'j') go(at + 1);
    else if (e.key === 'k') go(at - 1);
    else if (e.key === 'x' && at >= 0) { const box = rows[at].querySelector('input.pick'); if (box) box.checked = !box.checked; }
    else if (e.key === 'c') act('confirm');
    else if (e.key === 'r') act('return');
    else if (e.key === '?' && keys) {
      keys.open = !keys.open;
      keys.scrollIntoView({ block: 'nearest' });
    }
  });
  const was = store && store.getItem('meguri:at');
  if (was) {
    const reason = document.querySelector('form.open textarea:not([readonly])');
    if (queue && !faults) go(Math.min(Number(was), rows.length - 1));
    else if (reason && !faults) reason.focus();
    if (!reason) store.removeItem('meguri:at');
  }

  // A map of what failed because of what goes through its instants: by slider, by keyboard, by itself.
  document.querySelectorAll('.spread').forEach((figure) => {
    const times = figure.dataset.times.split(' ').map(Number), words = figure.dataset.words.split('|');
    const boxes = [...figure.querySelectorAll('.box')], links = [...figure.querySelectorAll('.map .link')];
    const until = (box) => (box.dataset.until === undefined ? Infinity : Number(box.dataset.until));
    const player = document.createElement('div'), button = document.createElement('button');
    const slider = document.createElement('input'), said = document.createElement('output');
    let timer = 0;
    const show = (at) => {
      const now = times[at];
      let down = 0, back = 0;
      boxes.forEach((box) => {
        const state = now < Number(box.dataset.from) ? 'not' : now < until(box) ? 'down' : 'back';
        if (state === 'down') down++;
        if (state === 'back') back++;
        box.classList.remove('not', 'down', 'back');
        box.classList.add(state);
      });
      links.forEach((link) => link.classList.toggle('not', now < Number(link.dataset.at)));
      const sentence = figure.dataset.said.replace('%1', words[at]).replace('%2', down).replace('%3', back);
      slider.value = at;
      slider.setAttribute('aria-valuetext', sentence);
      said.textContent = sentence;
    };
    const last = times.length - 1;
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      button.textContent = figure.dataset.play;
      said.setAttribute('aria-live', 'polite');
    };
    const step = () => {
      show(Math.min(Number(slider.value) + 1, last));
      if (Number(slider.value) === last) stop();
    };
    const play = () => {
      if (Number(slider.value) === last) show(0);
      timer = setInterval(step, 900);
      button.textContent = figure.dataset.pause;
      said.setAttribute('aria-live', 'off'); // one sentence a second is for the eye alone
    };
    player.className = 'player';
    button.type = 'button';
    button.className = 'btn alt';
    button.addEventListener('click', () => (timer ? stop() : play()));
    slider.type = 'range';
    slider.min = 0;
    slider.max = last;
    slider.step = 1;
    slider.setAttribute('aria-label', figure.dataset.time);
    slider.addEventListener('input', () => { stop(); show(Number(slider.value)); });
    player.append(button, slider, said);
    stop();
    figure.querySelector('.scroll').before(player);
    show(last);
    window.addEventListener('beforeprint', () => { stop(); show(last); }); // on paper stands the end, as without this file
  });

  // Answers that were not saved are not lost by a slip of the hand.
  const sheet = document.querySelector('form.sheet fieldset.q');
  if (sheet) {
    let changed = false;
    sheet.form.addEventListener('change', () => { changed = true; });
    sheet.form.addEventListener('submit', () => { changed = false; });
    window.addEventListener('beforeunload', (e) => { if (changed) e.preventDefault(); });
  }

  // A draft is kept as it is typed; a new one is known by its code from then on.
  document.querySelectorAll('form[data-kept]').forEach((form) => {
    const said = document.createElement('p');
    let timer = 0, sending = null;
    said.className = 'help';
    said.setAttribute('role', 'status');
    form.querySelector('.acts').after(said);
    const hidden = (name, value) => {
      const field = form.querySelector('input[type="hidden"][name="' + name + '"]') || document.createElement('input');
      field.type = 'hidden';
      field.name = name;
      field.value = value;
      if (!field.parentNode) form.append(field);
    };
    const keep = async () => {
      const body = new URLSearchParams(new FormData(form));
      body.set('once', [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join(''));
      const answer = await fetch(form.getAttribute('action') + '.json', { method: 'POST', body, keepalive: true });
      const told = await answer.json();
      if (!answer.ok) throw new Error((told.faults && told.faults[0] && told.faults[0].message) || '');
      if (told.tables && told.tables.length) throw new Error(''); // another was quicker: both texts are shown by the button
      hidden(form.dataset.key, told.facts[form.dataset.key]);
      hidden('revision', told.facts.revision);
      said.textContent = form.dataset.kept.replace('%1', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
    };
    const begin = () => {
      clearTimeout(timer);
      timer = 0;
      sending = keep().catch((e) => { said.textContent = form.dataset.lost + (e.message ? ' ' + e.message : ''); }).finally(() => { sending = null; });
    };
    form.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => (sending ? sending.then(begin) : begin()), 1500);
    });
    form.addEventListener('submit', (e) => {
      clearTimeout(timer);
      timer = 0;
      if (!sending) return;
      e.preventDefault();
      e.stopPropagation();
      sending.then(() => form.requestSubmit(e.submitter));
    });
    window.addEventListener('pagehide', () => { if (timer && !form.dataset.sent) begin(); });
  });
})();
