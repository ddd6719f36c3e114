// One sitting: the State as the program gave it last, and the queue of what is asked of it.
//
// One request at a time, so that each carries the revision it belongs to. While one is under way,
// values of the same place and texts fall together to the last: dragging sends no backlog.

import { ask, listen, Refused, Unreachable } from './net.js';

let state = null;
let generation = null;
let waiting = [];
let underWay = false;
let isWorking = false;

const listeners = { state: [], event: [], trouble: [], gone: [] };
/** Kinds: `state` (State, isIdle), `event` (event), `trouble` (error, or null: over), `gone` (isGone). */
export const on = (kind, listener) => listeners[kind].push(listener);
const tell = (kind, ...given) => listeners[kind].forEach((listener) => listener(...given));

export const current = () => state;
export const path = (rest = '') => `/v1/sittings/${encodeURIComponent(state.sitting)}${rest}`;

/** Opens a sitting by its State, and follows its events until the next is opened. */
export function enter(newState) {
  generation?.abort();
  generation = new AbortController();
  waiting = [];
  state = newState;
  tell('state', state, true);
  follow(newState.sitting, generation.signal);
}

export async function openSitting(id) {
  if (state?.sitting === id) return;
  enter(await ask('GET', `/v1/sittings/${encodeURIComponent(id)}`));
}

async function follow(id, signal) {
  const address = `/v1/sittings/${encodeURIComponent(id)}`;
  let isGone = false;
  while (!signal.aborted) {
    try {
      await listen(`${address}/events`, signal, (event) => heard(event, signal));
    } catch (error) {
      if (signal.aborted) return;
    }
    await new Promise((resolve) => setTimeout(resolve, isGone ? 2000 : 1000));
    if (signal.aborted) return;
    try {
      const found = await ask('GET', address, undefined, signal);
      if (isGone) tell('gone', false);
      isGone = false;
      accept(found);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Refused) {
        tell('trouble', error);
        if (error.status === 404) return;
      } else if (!isGone) {
        isGone = true;
        waiting = [];
        tell('gone', true);
      }
    }
  }
}

function heard(event, signal) {
  if (signal.aborted) return;
  if (event.kind === 'state') {
    // Another page changed the text; our own changes come back as answers to our requests.
    if (event.revision > state.revision && !underWay) push({ kind: 'get' });
  } else tell('event', event);
}

function accept(found) {
  if (!state || found.sitting !== state.sitting) return;
  state = found;
  tell('state', state, !waiting.length && !underWay);
}

const addresses = { edit: '/edit', text: '/text', repair: '/repair' };

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
  while (waiting.length) {
    const job = waiting.shift();
    const signal = generation.signal;
    underWay = true;
    try {
      const found = await send(job, signal);
      underWay = false;
      if (!signal.aborted) {
        tell('trouble', null);
        accept(found);
      }
      job.done({ state: found });
    } catch (error) {
      underWay = false;
      if (!signal.aborted) await refused(job, error);
      job.done({ error });
    }
  }
  isWorking = false;
}

function send(job, signal) {
  if (job.kind === 'get') return ask('GET', path(), undefined, signal);
  const body = { ...job.body };
  if (job.kind in addresses) body.revision = state.revision;
  return ask('POST', path(addresses[job.kind] ?? job.address), body, signal);
}

async function refused(job, error) {
  if (error instanceof Unreachable) {
    // The stream of events finds out whether the program is gone, and asks for the State then.
    waiting = [];
    return tell('trouble', error);
  }
  if (job.isAsked && error.status === 409) return;
  tell('trouble', error);
  if (error.status === 409) {
    // What is still waiting was meant for a text that is not there any more.
    waiting = [];
  }
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
