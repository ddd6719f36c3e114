// Plan: a promise and what it takes. The program draws; the page holds the three words of the promise
// and the goal's line. The grid of agents, hours and minutes is there once, so a dragged goal only reads.
//
// `GET …/plan?goal=0.8&within=300&way=2` is a stream of `{"html": {…}, "speak": "…"}` that ends.

import { note } from './address.js';
import { find, put, say, throttled } from './dom.js';
import { Latest, listen, Unreachable } from './net.js';
import { register } from './profile.js';
import * as sitting from './sitting.js';

const places = {
  verdict: '#pverdict', sub: '#psub', promise: '#promise', step: '#pstep', tableHead: '#ptabh',
  table: '#ptab', note: '#pnote', price: '#pprice', buy: '#pbuy',
};
const names = ['goal', 'within', 'way'];

let promise = new URLSearchParams();
let isShown = false;
/** What the fragments on the page answer. */
let answered = null;
const latest = new Latest();

const question = () => `${sitting.path('/plan')}?${promise}`;
const wanted = () => `${sitting.current().revision} ${question()}`;

async function ask() {
  if (!isShown || !sitting.current()) return;
  const asked = wanted();
  fade(true);
  try {
    const isDone = await latest.run(async (signal) => {
      await listen(question(), signal, heard);
      return true;
    });
    if (isDone) answered = asked;
  } catch (error) {
    if (error instanceof Unreachable) return;
    find('#psub').textContent = error.message;
    fade(false);
  }
}

function heard(event) {
  for (const [name, html] of Object.entries(event.html ?? {})) {
    if (places[name]) put(find(places[name]), html);
  }
  if (event.speak) say(event.speak);
  fade(false);
}

const fade = (isStale) => find('#v-plan').classList.toggle('stale', isStale);

/** Drops the fragments of another sitting. */
function forget() {
  answered = null;
  for (const place of Object.values(places)) find(place).replaceChildren();
}

const askSoon = throttled(60, ask);

function choose(control, value) {
  const scaled = +(value * +(control.dataset.scale ?? 1)).toFixed(6);
  promise.set(control.dataset.plan, scaled);
  note('plan', promise);
  askSoon();
}

export function show(parameters) {
  isShown = true;
  promise = new URLSearchParams(names.filter((name) => parameters.has(name))
    .map((name) => [name, parameters.get(name)]));
  if (answered !== wanted()) ask();
}

export function hide() {
  isShown = false;
  latest.stop();
}

export function start() {
  find('#promise').addEventListener('change', (event) => {
    const control = event.target.closest('[data-plan]');
    if (!control) return;
    let value = Number(control.value);
    if (control.type === 'number') {
      value = Math.min(+control.max, Math.max(+control.min, value || +control.defaultValue));
      control.value = value;
    }
    choose(control, value);
  });
  register('data-plan', choose);
  let id = null;
  sitting.on('state', (state) => {
    if (!sitting.isCalled(id)) forget();
    id = state.sitting;
    if (isShown && answered !== null && answered !== wanted()) askSoon();
  });
}
