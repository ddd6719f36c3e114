// The bar: which scenario this is and whether it is saved. Nothing is saved by itself.

import { find, make, notice, say, show } from './dom.js';
import * as sitting from './sitting.js';
import { flush } from './text.js';

/** Asks in a window of its own; gives the chosen answer and the name, or null. */
function question({ title, text, name, answers }) {
  const dialog = find('#ask');
  find('#askh').textContent = title;
  find('#askp').textContent = text;
  find('#askf').hidden = name === undefined;
  const field = find('#askn');
  field.value = name ?? '';
  return new Promise((resolve) => {
    const close = (answer) => {
      dialog.onclose = null;
      dialog.close();
      resolve(answer && { answer, name: field.value.trim() });
    };
    find('#askb').replaceChildren(...answers.map(([answer, words], place) =>
      make('button', { class: place ? 'btn' : 'btn go', click: () => close(answer) }, words)));
    field.onkeydown = (event) => {
      if (event.key === 'Enter' && field.value.trim()) close(answers[0][0]);
    };
    dialog.onclose = () => close(null);
    dialog.showModal();
    if (name !== undefined) field.select();
  });
}

const inTheWay = {
  'changed on disk': {
    title: 'The file has changed on disk',
    text: 'Something else wrote to it since it was opened here. Which of the two shall stay?',
    answers: [['keep', 'Keep mine'], ['revert', 'Take theirs'], ['', 'Neither yet']],
  },
  gone: {
    title: 'The file is gone from the disk',
    text: 'It was moved or removed since it was opened here.',
    answers: [['keep', 'Write it again'], ['', 'Not now']],
  },
  exists: {
    title: 'There is a file of this name already',
    text: 'Nothing is written over: it needs another name.',
    answers: [['again', 'Another name'], ['', 'Not now']],
  },
};

export async function save() {
  const state = sitting.current();
  if (!state) return;
  flush();
  if (sitting.current().isSaved && !sitting.isBusy()) return;
  let body = { anyway: false };
  if (!state.file) {
    const chosen = await question({
      title: 'Save the scenario',
      text: 'It is written into the folder that Switchboard was started in.',
      name: suggestion(state.name), answers: [['save', 'Save'], ['', 'Cancel']],
    });
    if (!chosen?.name) return;
    body = { as: chosen.name.replace(/(\.ya?ml)?$/, (end) => end || '.yaml'), anyway: false };
  }
  const { error } = await sitting.save(body);
  if (!error) return say('Saved.');
  if (error.status !== 409) return;
  const obstacle = inTheWay[error.problem.title];
  if (!obstacle) return notice(error.message);
  const chosen = await question(obstacle);
  if (chosen?.answer === 'again') return save();
  if (chosen?.answer === 'keep') await sitting.save({ ...body, anyway: true });
  if (chosen?.answer === 'revert') await sitting.perform('revert');
}

function suggestion(name) {
  return (name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'scenario') + '.yaml';
}

function changed(state) {
  find('#fname').textContent = state.name;
  find('#fpath').textContent = state.file ?? '';
  const place = find('#state');
  if (!find('#save')) {
    place.replaceChildren(make('span', { id: 'saved' }), ' ',
      make('button', { class: 'txt', id: 'save', click: save }, 'Save'));
  }
  find('#saved').textContent = state.isSaved ? 'as in the file'
    : state.file ? state.changes : 'not saved yet';
  show(find('#save'), !state.isSaved, find('#main'));
}

export function start() {
  sitting.on('state', changed);
}
