// One sitting: the State as the program gave it last, and the queue of what is asked of it.
//
// One request at a time, so that each carries the revision it belongs to. While one is under way,
// values of the same place and texts fall together to the last: dragging sends no backlog.
//
// While the program is gone everything waits. One that was started anew knows nothing of the sitting:
// it is opened again with the text that stands here, and what waits is sent then.

import { ask, listen, Unreachable } from './net.js';

let state = null;
let generation = null;
/** Ends the stream of events, after which it is asked how things are. */
let stream = new AbortController();
let waiting = [];
let underWay = false, isWorking = false, isGone = false;
/** What the sitting was called by programs that ended. */
const formerly = new Set();

const listeners = { state: [], event: [], trouble: [], gone: [], moved: [] };
/**
 * Kinds: `state` (State, isIdle), `event` (event), `trouble` (error, or null: over), `gone` (error, or
 * null: back), `moved` (the same by another name).
 */
export const on = (kind, listener) => listeners[kind].push(listener);
const tell = (kind, ...given) => listeners[kind].forEach((listener) => listener(...given));

export const current = () => state;
export const path = (rest = '') => `/v1/sittings/${encodeURIComponent(state.sitting)}${rest}`;

/** Opens a sitting by its State, and follows its events until the next is opened. */
export function enter(newState) {
  generation?.abort();
  generation = new AbortController();
  waiting = [];
  formerly.clear();
  state = newState;
  miss(null);
  tell('state', state, true);
  follow(generation.signal);
}

export async function openSitting(id) {
  if (isCalled(id)) return;
  enter(await ask('GET', `/v1/sittings/${encodeURIComponent(id)}`));
}

async function follow(signal) {
  while (!signal.aborted) {
    stream = new AbortController();
    const either = AbortSignal.any([signal, stream.signal]);
    await listen(path('/events'), either, (event) => heard(event, signal)).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (signal.aborted) return;
    await comeBack(signal).catch((error) => {
      if (!signal.aborted) isLost(error) ? miss(error) : tell('trouble', error);
    });
  }
}

/** Whether a request reached nobody who knows this page: nobody, a program that ends, another one. */
const isLost = (error) => error instanceof Unreachable || [401, 404, 503].includes(error.status);

function miss(error) {
  isGone = error !== null;
  tell('gone', error);
}

async function comeBack(signal) {
  try {
    const found = await ask('GET', path(), undefined, signal);
    // What waits was meant for the text as it was here.
    if (isGone && found.revision !== state.revision) waiting = [];
    miss(null);
    accept(found);
    return work();
  } catch (error) {
    if (error.status !== 404) throw error;
  }
  const { text, file, saved = text } = state;
  const found = await ask('POST', '/v1/sittings', { text, file, saved }, signal);
  formerly.add(state.sitting);
  state = { ...found, restarts: true };
  miss(null);
  tell('state', state, !waiting.length);
  await work();
  tell('moved');
}

/** Whether a name is the sitting's, or was. */
export const isCalled = (id) => (state && id === state.sitting) || formerly.has(id);

function heard(event, signal) {
  if (signal.aborted) return;
  if (event.kind === 'state') {
    // Another page changed the text; our own changes come back as answers to our requests.
    if (event.revision > state.revision && !underWay) push({ kind: 'get' });
  } else tell('event', event);
}

function accept(found) {
  if (found.sitting !== state?.sitting) return;
  state = found;
  tell('state', state, !waiting.length && !underWay);
}

function push(job) {
  const done = new Promise((resolve) => { job.done = resolve; });
  waiting.push(job);
  work();
  return done;
}

/** Asks for the jobs one after another; each resolves to the State or to the refusal. */
async function work() {
  if (isWorking) return;
  isWorking = true;
  while (waiting.length && !isGone) {
    const job = waiting.shift(), { signal } = generation;
    underWay = true;
    const answer = await send(job, signal).then((found) => ({ state: found }), (error) => ({ error }));
    underWay = false;
    if (!signal.aborted && answer.state) {
      tell('trouble', null);
      accept(answer.state);
    } else if (!signal.aborted && isLost(answer.error)) {
      // It waits with the others until the program is back.
      waiting.unshift(job);
      isGone = true;
      stream.abort();
      continue;
    } else if (!signal.aborted) await refused(job, answer.error);
    job.done(answer);
  }
  isWorking = false;
}

function send({ kind, address, body }, signal) {
  if (kind === 'get') return ask('GET', path(), undefined, signal);
  // What changes the text says which text it saw.
  const sent = address ? body : { ...body, revision: state.revision };
  return ask('POST', path(address ?? `/${kind}`), sent, signal);
}

async function refused(job, error) {
  if (job.isAsked && error.status === 409) return;
  tell('trouble', error);
  // What is still waiting was meant for a text that is not there any more.
  if (error.status === 409) waiting = [];
  try {
    accept(await ask('GET', path(), undefined, generation.signal));
  } catch { /* The stream of events will tell. */ }
}

/** Whether something of the page's own is on its way; then a State is soon followed by another. */
export const isBusy = () => underWay || waiting.length > 0;

/** Sets one value; a set of the same place that still waits is replaced. */
export function setValue(place, value) {
  const edit = { do: 'set', path: place, value };
  for (const job of [...waiting].reverse()) {
    if (job.kind !== 'edit' || job.place === undefined) break;
    if (job.place === place) {
      job.body = { edits: [edit] };
      return;
    }
  }
  push({ kind: 'edit', place, body: { edits: [edit] } });
}

/** Several edits, one step of Undo. */
export const edit = (edits) => push({ kind: 'edit', body: { edits } });

export function setText(text) {
  const last = waiting.at(-1);
  if (last?.kind === 'text') last.body = { text };
  else push({ kind: 'text', body: { text } });
}

export const repair = (problem) => push({ kind: 'repair', body: { problem } });

/** `undo`, `redo`, `pin`, `more`, `stop`, `back`, `revert`. */
export const perform = (name, body = {}) => push({ kind: 'act', address: `/${name}`, body });

/** Resolves to `{state}` or `{error}`; a 409 is the asker's to handle. */
export const save = (body) => push({ kind: 'act', address: '/save', body, isAsked: true });
