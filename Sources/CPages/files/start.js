// Start: three questions that come answered, so that the first answer is there before the first click;
// an export instead of the third; or a scenario of the folder.

import { find, make, notice, put, throttled } from './dom.js';
import { ask, Latest, listen, Refused } from './net.js';
import { listenToSteppers } from './form.js';
import * as sitting from './sitting.js';

const answers = { way: null, agents: null, volume: null };
const first = new Latest();
let isFilled = false;

/** The answers as the controls show them. */
function read() {
  for (const name of Object.keys(answers)) {
    const field = find(`#v-start [data-start=${name}] :is(:checked, [inputmode])`);
    if (field) answers[name] = name === 'way' ? field.value : Number(field.value);
  }
}

const answerFirst = throttled(120, async () => {
  const place = find('#first');
  if (!place) return;
  const query = new URLSearchParams(answers);
  place.classList.add('stale');
  try {
    await first.run((signal) => listen(`/v1/start/first?${query}`, signal, ({ html }) => {
      put(place, html);
      place.classList.remove('stale');
    }));
  } catch (error) {
    notice(error.message);
  }
});

function changed() {
  read();
  answerFirst();
}

/** Opens a sitting and goes there. */
const open = (body) =>
  ask('POST', '/v1/sittings', body).then(go).catch((error) => notice(error.message));

function go(state) {
  sitting.enter(state);
  location.hash = `#whatif/${encodeURIComponent(state.sitting)}`;
}

/** An export: what was read, fitted and not found, or which columns are wanted and which are there. */
async function take(body) {
  const place = find('#hist');
  place.replaceChildren(make('p', { class: 'note' }, 'Reading …'));
  try {
    const state = await ask('POST', '/v1/sittings', body);
    if (!state.read) return go(state);
    put(place, state.read);
    place.append(make('p', { style: 'margin-top:10px' },
      make('button', { class: 'btn go', click: () => go(state) }, 'Make a scenario of it')));
  } catch (error) {
    if (error instanceof Refused && error.problem.html) put(place, error.problem.html);
    else place.replaceChildren(make('p', { class: 'sg-worse' }, error.message));
  }
}

async function takeFile(file) {
  if (file) take({ import: await file.text(), name: file.name });
}

function clicked(event) {
  const button = event.target.closest('button');
  if (!button || button.disabled) return;
  const { file, look, sample } = button.dataset;
  if (file) open({ file });
  if (look !== undefined) open({ ...answers });
  if (sample) take({ sample });
  if (button.id === 'pick') find('#file').click();
}

function startDropping(view) {
  const isOver = (event) => event.target.closest?.('#drop');
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    view.addEventListener(kind, (event) => {
      if (!isOver(event)) return;
      event.preventDefault();
      find('#drop').classList.toggle('over', kind === 'dragover');
      if (kind === 'drop') takeFile(event.dataTransfer.files[0]);
    });
  }
}

export async function show() {
  if (isFilled) return;
  try {
    const { html } = await ask('GET', '/v1/start');
    put(find('#v-start'), html);
    isFilled = true;
    changed();
  } catch (error) {
    notice(error.message);
  }
}

export const hide = () => first.stop();

export function start() {
  const view = find('#v-start');
  view.addEventListener('click', clicked);
  view.addEventListener('change', (event) => {
    if (event.target.id === 'file') takeFile(event.target.files[0]);
    else if (!event.target.closest('.step')) changed();
  });
  listenToSteppers(view, '.step[data-start]', changed);
  startDropping(view);
}
