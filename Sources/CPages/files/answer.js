// The answer of What if: numbers that move with every run, words that change only at looks. It stands
// at half strength from a change until the first answer that knows of it.

import { find, put, say, show } from './dom.js';
import * as sitting from './sitting.js';

const places = {
  progress: '#prog', verdict: '#verdict', sub: '#vsub', was: '#was', goals: '#goals',
  figure: '#mainfig', table: '#table', note: '#tnote', hand: '#hand', mini: '#mini',
};

/** The newest revision that an answer was given for, or told why there is none. */
let answered = -1;
let shown = null;

function fade(isStale) {
  find('#answer').classList.toggle('stale', isStale);
  find('#answer').setAttribute('aria-busy', isStale);
  find('#mini').classList.toggle('stale', isStale);
}

function heard(event) {
  const state = sitting.current();
  for (const [name, html] of Object.entries(event.html ?? {})) put(find(places[name]), html);
  if (event.kind === 'answer') {
    answered = Math.max(answered, event.revision);
    if (event.revision >= state.revision) fade(false);
    if (event.speak && !find('#v-whatif').hidden) say(event.speak);
  }
  if (event.kind === 'stale') {
    answered = Math.max(answered, event.revision);
    put(find('#prog'), event.why);
    fade(true);
  }
}

function changed(state) {
  if (shown !== state.sitting) {
    answered = -1;
    // What another program found out stands until there is something new.
    if (!sitting.isCalled(shown)) Object.values(places).forEach((place) => find(place).replaceChildren());
    shown = state.sitting;
    fade(true);
  } else if (state.restarts && answered < state.revision) fade(true);
  find('#pin').textContent = state.pinned ? 'Unpin' : 'Pin as “was”';
  // To the end of the history and back by the same key.
  show(find('#redo'), state.canRedo, find('#undo'));
  show(find('#undo'), state.canUndo, find('#redo'));
}

const deeds = {
  undo: () => sitting.perform('undo'),
  redo: () => sitting.perform('redo'),
  pin: () => sitting.perform('pin', { pinned: !sitting.current().pinned }),
  stop: () => sitting.perform('stop'),
  more: () => sitting.perform('more'),
  back: () => sitting.perform('back'),
  show: () => document.dispatchEvent(new CustomEvent('showLine', {
    detail: sitting.current().problems[0]?.line ?? 1,
  })),
};

export function start() {
  sitting.on('event', heard);
  sitting.on('state', changed);
  find('#v-whatif').addEventListener('click', (event) => {
    const button = event.target.closest('button[data-do]');
    if (button && !button.disabled) deeds[button.dataset.do]?.();
  });
  const mini = find('#mini');
  // On a phone the answer stands above the form: one line of it stays in sight.
  const seen = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    mini.classList.toggle('off', seen.size > 0);
  });
  for (const part of ['#verdict', '#goals']) observer.observe(find(part));
  mini.addEventListener('click', (event) => {
    event.preventDefault();
    scrollTo({ top: 0 });
    find('#main').focus({ preventScroll: true });
  });
}
