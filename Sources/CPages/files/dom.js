// What every view needs of the document: finding, making, and putting in fragments.
//
// A fragment is markup made by the program. `put` does not replace what stands there but changes it
// into the new markup node by node: then a redraw many times a second takes nobody's focus, cursor,
// open details or slider in hand away.

export const find = (selector, place = document) => place.querySelector(selector);
export const all = (selector, place = document) => [...place.querySelectorAll(selector)];

/** An element with attributes and listeners (functions), and children that are nodes or texts. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Fields with text that is not committed yet: a redraw leaves it. */
const beingTyped = new WeakSet();
/** Sliders of the browser that a pointer holds. */
const held = new WeakSet();

document.addEventListener('input', (event) => {
  if (event.target.matches('input:not([type=range],[type=radio],[type=checkbox])')) {
    beingTyped.add(event.target);
  }
});
for (const kind of ['change', 'focusout']) {
  document.addEventListener(kind, (event) => beingTyped.delete(event.target), true);
}
// Who steps by keys has done with typing.
document.addEventListener('keydown', (event) => {
  if (/^(Arrow(Up|Down)|Enter)$/.test(event.key)) beingTyped.delete(event.target);
}, true);
document.addEventListener('pointerdown', (event) => {
  if (event.target.type !== 'range') return;
  held.add(event.target);
  const release = () => held.delete(event.target);
  addEventListener('pointerup', release, { once: true });
  addEventListener('pointercancel', release, { once: true });
});

/** Changes what stands in `place` into `html`, and tells so by the event `put`. */
export function put(place, html) {
  const focus = place.contains(document.activeElement) ? identity(document.activeElement, place) : null;
  const made = document.createElement('template');
  made.innerHTML = html;
  matchChildren(place, made.content);
  if (focus && !place.contains(document.activeElement)) restore(focus, place);
  place.dispatchEvent(new CustomEvent('put', { bubbles: true }));
}

const focusable = 'button:not([disabled]),input:not([disabled]),select,a[href],summary,[tabindex]';
const marks = ['data-path', 'data-act', 'data-do', 'data-toggle', 'data-plan', 'data-start',
  'aria-label', 'name', 'value', 'data-by', 'role'];

/** By what a control is found again when its element is gone. */
function identity(element, place) {
  const owner = element.closest('[data-path]');
  return {
    path: owner?.dataset.path,
    marks: marks.filter((mark) => element.type !== 'text' || mark !== 'value')
      .map((mark) => [mark, element.getAttribute(mark)]),
    position: all(focusable, place).indexOf(element),
  };
}

function restore(focus, place) {
  const candidates = all(focusable, place).filter((element) => element.getClientRects().length);
  const owned = candidates.filter((element) =>
    element.closest('[data-path]')?.dataset.path === focus.path);
  const same = (element) =>
    focus.marks.every(([mark, value]) => element.getAttribute(mark) === value);
  // What was removed hands the focus to what has taken its place.
  const next = owned.find(same) ?? (focus.path ? owned[0] : null)
    ?? candidates[Math.min(focus.position, candidates.length - 1)];
  next?.focus({ preventScroll: true });
}

/** Nodes with the same key are the same thing in both markups. */
function key(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const name = node.id || node.getAttribute('data-path') || node.getAttribute('data-toggle')
    || node.getAttribute('data-panel') || '';
  return `${node.nodeName} ${name} ${node.getAttribute('type') ?? ''}`;
}

function matchChildren(old, fresh) {
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const wanted = key(child);
    let match = place;
    while (match && key(match) !== wanted) match = match.nextSibling;
    if (!match) {
      old.insertBefore(child, place);
      continue;
    }
    while (place !== match) place = removed(place);
    matchNode(match, child);
    place = match.nextSibling;
  }
  while (place) place = removed(place);
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function matchNode(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    // Whether details are open is the reader's.
    if (!fresh.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && name !== 'open') old.setAttribute(name, value);
  }
  matchChildren(old, fresh);
  if (old.nodeName === 'INPUT') matchInput(old, fresh);
  if (old.nodeName === 'SELECT') old.value = fresh.value;
}

function matchInput(old, fresh) {
  if (old.type === 'radio' || old.type === 'checkbox') old.checked = fresh.hasAttribute('checked');
  else if (!beingTyped.has(old) && !held.has(old)) {
    const value = fresh.getAttribute('value') ?? '';
    if (old.value !== value) old.value = value;
  }
}

/** Shows or hides; a focus that would be lost goes on to `next`. */
export function show(element, isShown, next) {
  const isLost = !isShown && document.activeElement === element;
  element.hidden = !isShown;
  if (isLost) next.focus({ preventScroll: true });
}

/** Says something to those who listen to the page instead of looking at it. */
export const say = (text) => { find('#say').textContent = text; };

/** A line above the view that stays until the next one; nothing takes it away. */
export function notice(text) {
  const place = find('#notice');
  place.textContent = text ?? '';
  place.hidden = !text;
}

/** Calls `work` at most every `milliseconds`, and always with the last arguments. */
export function throttled(milliseconds, work) {
  let timer = 0, waiting = null, last = 0;
  const run = () => {
    timer = 0;
    last = performance.now();
    const given = waiting;
    waiting = null;
    if (given) work(...given);
  };
  return (...given) => {
    waiting = given;
    if (!timer) timer = setTimeout(run, Math.max(0, last + milliseconds - performance.now()));
  };
}
