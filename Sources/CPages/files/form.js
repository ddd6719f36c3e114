// The form: markup made by the program, behaviour by delegation. Every control names a place of the
// scenario (`data-path`) and writes one value there; the program reads the text again and answers
// with a new form.

import { all, find, put, throttled } from './dom.js';
import * as sitting from './sitting.js';

/** What the reader has opened or closed; the program knows nothing of it. */
const opened = new Map();

/** The YAML text of a control's value: its template filled, or the value with its unit. */
function written(control, value) {
  const { template, unit = '' } = control.dataset;
  if (template) return template.replaceAll('{}', value);
  return value + (unit.trim() === '%' ? '%' : unit);
}

function send(control, value) {
  sitting.setValue(control.dataset.path, written(control, value));
}

const sendNow = throttled(100, send);

function clamped(value, low, high) {
  const least = low === undefined || low === '' ? -Infinity : +low;
  const most = high === undefined || high === '' ? Infinity : +high;
  return Math.min(most, Math.max(least, value));
}

/** Keeps 0.1 + 0.2 from being written as 0.30000000000000004. */
const tidy = (value) => +value.toFixed(9);

// Steppers, also those of Start, which name a question instead of a path.

/** Writes a stepper's value into it; gives it, or null when it is what it was. */
function stepTo(step, wanted) {
  const value = tidy(clamped(wanted, step.dataset.min, step.dataset.max));
  find('input', step).value = value;
  const isNew = step.dataset.value !== String(value);
  showStep(step, value);
  return isNew ? value : null;
}

function showStep(step, value) {
  step.dataset.value = value;
  for (const button of all('button[data-by]', step)) {
    const limit = +button.dataset.by < 0 ? step.dataset.min : step.dataset.max;
    // Disabled for the hand, not for the focus: it would be lost at the limit.
    button.setAttribute('aria-disabled', limit !== undefined && value === +limit);
  }
}

function number(field) {
  const value = parseFloat(field.value.replace(/[\s,]/g, ''));
  return Number.isFinite(value) ? value : parseFloat(field.defaultValue);
}

/** Listens in `place` to steppers that `selector` finds. */
export function listenToSteppers(place, selector, changed) {
  const move = (step, wanted) => {
    const value = stepTo(step, wanted);
    if (value !== null) changed(step, value);
  };
  place.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-by]');
    const step = button?.closest(selector);
    if (step) move(step, number(find('input', step)) + +button.dataset.by);
  });
  place.addEventListener('keydown', (event) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const step = event.target.matches('input') && event.target.closest(selector);
    if (!direction || !step) return;
    event.preventDefault();
    const by = Math.abs(+(find('button[data-by]', step)?.dataset.by ?? 1));
    move(step, number(event.target) + direction * by);
  });
  place.addEventListener('change', (event) => {
    const step = event.target.matches('input') && event.target.closest(selector);
    if (step) move(step, number(event.target));
  });
}

// The other kinds.

function choose(chosen, control) {
  if (chosen?.dataset.act) sitting.edit(JSON.parse(chosen.dataset.act));
  else send(control, chosen?.value ?? control.value);
}

function changed(event) {
  const field = event.target;
  const control = field.closest('[data-kind]');
  if (!control) return;
  switch (control.dataset.kind) {
    case 'choice':
      return choose(field.nodeName === 'SELECT' ? field.selectedOptions[0] : field, control);
    case 'check':
      return sitting.edit(JSON.parse(field.checked ? field.dataset.on : field.dataset.off));
    case 'range':
      return sendNow(control, field.value);
    case 'number':
      field.value = clamped(number(field), field.min, field.max);
      return send(control, field.value);
    case 'text':
      if (field.value.trim()) send(control, field.value.trim());
      else field.value = field.defaultValue;
      return;
    case 'rename':
      return rename(field);
  }
}

function rename(field) {
  const name = field.value.trim();
  if (!name) field.value = field.defaultValue;
  else if (name !== field.defaultValue) sitting.edit([{ do: 'rename', path: field.dataset.path, key: name }]);
}

function slid(event) {
  const control = event.target;
  if (control.dataset.kind !== 'range') return;
  control.setAttribute('aria-valuetext', control.value + (control.dataset.unit ?? ''));
  sendNow(control, control.value);
}

function clicked(event) {
  const button = event.target.closest('button[data-act],button[data-show],button[data-toggle]');
  if (!button || button.disabled) return;
  const { act, show, toggle } = button.dataset;
  if (act) sitting.edit(JSON.parse(act));
  if (show) document.dispatchEvent(new CustomEvent('showLine', { detail: +show }));
  if (toggle) {
    opened.set(toggle, button.getAttribute('aria-expanded') !== 'true');
    showPanels();
  }
}

/** `data-toggle="NAME"` opens `data-panel="NAME"`; the first state is the program's. */
function showPanels() {
  for (const panel of all('[data-panel]', find('#fform'))) {
    const name = panel.dataset.panel;
    const isOpen = opened.get(name) ?? !panel.hidden;
    panel.hidden = !isOpen;
    for (const button of all('[data-toggle]', find('#fform'))) {
      if (button.dataset.toggle === name) button.setAttribute('aria-expanded', isOpen);
    }
  }
}

export function start() {
  const form = find('#fform');
  // Goals stand in the answer too, as lines that drag.
  for (const place of [form, find('#answer')]) {
    place.addEventListener('change', changed);
    place.addEventListener('input', slid);
    place.addEventListener('click', clicked);
  }
  listenToSteppers(form, '[data-kind=step]', (step, value) => send(step, value));
  sitting.on('state', (state) => {
    // While more is on its way the form would show what is already out of date.
    if (sitting.isBusy()) return;
    put(form, state.form);
    for (const step of all('[data-kind=step]', form)) showStep(step, number(find('input', step)));
    showPanels();
  });
}
