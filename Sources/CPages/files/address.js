// The address holds the state, `#view/SITTING?more`: reload and back work because nothing else does.

import { all } from './dom.js';
import * as sitting from './sitting.js';

export const titles = { start: 'Start', whatif: 'What if', plan: 'Plan', watch: 'Watch' };

/** Where each view was left, so that coming back finds it so. */
let left = {};
let shown = null;

export const shownView = () => shown;

export function read() {
  const [, view, id, query] = location.hash.match(/^#(\w*)(?:\/([^?]*))?(?:\?(.*))?$/) ?? [];
  return {
    view: view in titles ? view : null,
    id: id && decodeURIComponent(id),
    parameters: new URLSearchParams(query ?? ''),
  };
}

function written(view) {
  const id = view === 'start' ? '' : `/${encodeURIComponent(sitting.current().sitting)}`;
  const query = String(left[view] ?? '');
  return `#${view}${id}${query && `?${query}`}`;
}

/** The view that is shown from now on; true when it was another before. */
export function turnTo(view) {
  const isNew = shown !== view;
  shown = view;
  return isNew;
}

/** Another sitting begins: its views were never left anywhere. */
export const forget = () => { left = {}; };

/** Writes the state of the view shown into the address, without a step for Back. */
export function note(view, parameters) {
  if (shown !== view) return;
  left[view] = new URLSearchParams(parameters);
  history.replaceState(null, '', written(view));
  linkViews();
}

export function linkViews() {
  const isOpen = sitting.current() !== null;
  for (const link of all('.nav a')) {
    const view = link.dataset.view;
    if (view === 'start' || isOpen) link.href = written(view);
    link.title = link.href ? '' : 'Opens by “Look closer”, or with a scenario of the folder';
    if (view === shown) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const name = sitting.current()?.name ?? 'Switchboard';
  document.title = shown ? `${titles[shown]} · ${name}` : name;
}
