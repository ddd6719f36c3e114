// The page: which view is shown, what the keys do everywhere, and what happens when the program stops.

import * as address from './address.js';
import { all, find, notice } from './dom.js';
import { Unreachable } from './net.js';
import * as sitting from './sitting.js';
import * as answer from './answer.js';
import * as bar from './bar.js';
import * as form from './form.js';
import * as plan from './plan.js';
import * as profile from './profile.js';
import * as start from './start.js';
import * as text from './text.js';
import * as watch from './watch.js';

const views = { start, plan, watch, whatif: { show: showMode, hide: text.flush } };

/** What is said when the next view is there. */
let farewell = null;

async function route() {
  const wanted = address.read();
  const id = wanted.id || sitting.current()?.sitting || document.body.dataset.sitting;
  const view = wanted.view ?? (id ? 'whatif' : 'start');
  if (view !== 'start') {
    if (!id) return location.replace('#start');
    try {
      const before = sitting.current()?.sitting;
      await sitting.openSitting(id);
      if (!sitting.isCalled(before)) address.forget();
    } catch (error) {
      return cannotOpen(error, id);
    }
    // Somebody went on while this was being opened.
    if (location.hash && address.read().view !== view) return;
  }
  const before = address.shownView();
  const isNew = address.turnTo(view);
  if (isNew && before) views[before].hide();
  for (const name of Object.keys(views)) find(`#v-${name}`).hidden = name !== view;
  find('#state').hidden = view === 'start';
  address.note(view, wanted.parameters);
  if (isNew) scrollTo(0, 0);
  views[view].show(wanted.parameters);
}

function cannotOpen(error, id) {
  if (error instanceof Unreachable || error.status === 401) {
    gone(error);
    return setTimeout(() => route().then(() => sitting.current() && gone(null)), 2000);
  }
  if (document.body.dataset.sitting === id) delete document.body.dataset.sitting;
  const home = document.body.dataset.sitting;
  // Said after the turn, which takes away what was said before.
  farewell = error.message;
  location.replace(home ? `#whatif/${home}` : '#start');
}

// What if shows the form or the text.

function showMode(parameters) {
  const isText = parameters.get('mode') === 'text';
  document.body.classList.toggle('textmode', isText);
  find('#fform').hidden = isText;
  find('#ftext').hidden = !isText;
  for (const radio of all('input[name=mode]')) radio.checked = (radio.value === 'text') === isText;
}

function setMode(mode) {
  text.flush();
  const parameters = new URLSearchParams(mode === 'text' ? { mode } : {});
  showMode(parameters);
  address.note('whatif', parameters);
}

// The program may be stopped while its page is open: what stands here stays readable, the text too,
// which is perhaps nowhere else.

const controls = ['#v-start', '#fform', '.acts', '#prog', '#was', '#mainfig', '#hand', '#promise',
  '#pprice', '#wtools', '#state'];

function gone(error) {
  const words = error?.status === 401 ? error.message : 'Switchboard has stopped; this answer stands.';
  // Said again only when it says something else.
  if (find('#gone').textContent !== words) find('#gone').textContent = words;
  find('#gone').hidden = !error;
  for (const control of controls) find(control).inert = Boolean(error);
  find('#code').readOnly = Boolean(error);
}

/** Another program goes on with what this page has. */
function moved() {
  const { parameters } = address.read(), view = address.shownView();
  address.note(view, parameters);
  views[view].show(parameters);
  notice('Switchboard was started anew and goes on with your text; steps to undo and what was pinned are gone.');
}

function pressed(event) {
  if (address.shownView() !== 'whatif' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (find('#ask').open) return;
  const key = event.key.toLowerCase();
  if (key === 's') {
    event.preventDefault();
    bar.save();
  }
  const isUndo = key === 'z' && !event.shiftKey, isRedo = key === 'y' || (key === 'z' && event.shiftKey);
  // Within a field that is being typed in, Undo is the field's; the text has one history with the form.
  const isField = event.target.matches('input:not([type=range],[type=radio],[type=checkbox])')
    && event.target.value !== event.target.defaultValue;
  if (!(isUndo || isRedo) || isField) return;
  event.preventDefault();
  text.flush();
  if (isUndo) sitting.perform('undo');
  else sitting.perform('redo');
}

function begin() {
  for (const part of [answer, bar, form, plan, profile, start, text, watch]) part.start();
  sitting.on('state', address.linkViews);
  sitting.on('gone', gone);
  sitting.on('moved', moved);
  sitting.on('trouble', (error) => notice(error?.message));
  // Who leaves while the program is gone loses what is not in the file.
  addEventListener('beforeunload', (event) => {
    const isSafe = find('#gone').hidden || (sitting.current()?.isSaved ?? true) && !sitting.isBusy();
    if (!isSafe) event.preventDefault();
  });
  for (const radio of all('input[name=mode]')) {
    radio.addEventListener('change', () => setMode(radio.value));
  }
  document.addEventListener('showLine', (event) => {
    setMode('text');
    text.showLine(event.detail);
  });
  // Not by the address, which names the view.
  find('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    find('#main').focus();
  });
  addEventListener('keydown', pressed);
  addEventListener('hashchange', () => {
    notice(farewell);
    farewell = null;
    route().then(() => find('#main').focus({ preventScroll: true }));
  });
  route();
}

begin();
