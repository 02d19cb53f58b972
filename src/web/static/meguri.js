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
    keys.className = 'fold';
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

  // Answers that were not saved are not lost by a slip of the hand.
  const sheet = document.querySelector('form.sheet fieldset.q');
  if (sheet) {
    let changed = false;
    sheet.form.addEventListener('change', () => { changed = true; });
    sheet.form.addEventListener('submit', () => { changed = false; });
    window.addEventListener('beforeunload', (e) => { if (changed) e.preventDefault(); });
  }
})();
