// Sliders that are drawn: rings on a curve, and the goal's line in a figure.
//
// `<g role="slider" data-path … data-y0 data-y1 data-v0 data-v1>`: the value runs from v0 at y0 to v1
// at y1 in the units of the drawing (or x0, x1). The program draws; while a ring is dragged the page
// moves it at once, sends what it means, and lets the new drawing come in under the pointer.

import { find, throttled } from './dom.js';
import * as sitting from './sitting.js';

/** The slider in hand: its value now and at first, and where it is found again. */
let drag = null;

/** Where along its axis the slider stands and what it means. */
function axis(slider) {
  const data = slider.dataset;
  const name = data.x0 !== undefined ? 'x' : 'y';
  return {
    name,
    from: +data[name + '0'], to: +data[name + '1'],
    low: +data.v0, high: +data.v1,
    step: +(data.step ?? 1),
    least: +(slider.getAttribute('aria-valuemin') ?? Math.min(data.v0, data.v1)),
    most: +(slider.getAttribute('aria-valuemax') ?? Math.max(data.v0, data.v1)),
  };
}

const toValue = (a, place) => a.low + (place - a.from) / (a.to - a.from) * (a.high - a.low);
const toPlace = (a, value) => a.from + (value - a.low) / (a.high - a.low) * (a.to - a.from);

function rounded(a, value) {
  const stepped = Math.round(value / a.step) * a.step;
  return +Math.min(a.most, Math.max(a.least, stepped)).toFixed(9);
}

/** Moves the slider to a value: the drawing by a transform, the words beside it. */
export function moveTo(slider, value) {
  const a = axis(slider);
  const before = +slider.getAttribute('aria-valuenow');
  const drawn = +(slider.dataset.drawn ?? before);
  slider.dataset.drawn = drawn;
  const by = toPlace(a, value) - toPlace(a, drawn);
  slider.setAttribute('transform', a.name === 'x' ? `translate(${by} 0)` : `translate(0 ${by})`);
  bend(slider, by, a.name);
  slider.setAttribute('aria-valuenow', value);
  const words = slider.getAttribute('aria-valuetext');
  if (slider.dataset.say) slider.setAttribute('aria-valuetext', slider.dataset.say.replace('{}', value));
  else if (words) slider.setAttribute('aria-valuetext', words.replace(String(before), value));
}

/**
 * Takes the curve along: paths with `data-line="N"` are polylines of absolute coordinates whose corner
 * number N is the first point of the curve; the slider names its corners by `data-corners="2 3"`.
 */
function bend(slider, by, name) {
  const corners = slider.dataset.corners?.split(' ').map(Number) ?? [];
  if (!corners.length) return;
  for (const path of slider.ownerSVGElement.querySelectorAll('path[data-line]')) {
    path.dataset.straight ??= path.getAttribute('d');
    const points = path.dataset.straight.match(/[MLml]\s*[-\d.]+[\s,]+[-\d.]+|[Zz]/g);
    for (const corner of corners) {
      const place = corner + +path.dataset.line;
      const [x, y] = (points[place] ?? '').match(/[-\d.]+/g)?.map(Number) ?? [];
      if (x === undefined) continue;
      points[place] = points[place][0] + (name === 'x' ? `${x + by} ${y}` : `${x} ${y + by}`);
    }
    path.setAttribute('d', points.join(''));
  }
}

/** Forgets what was moved by hand when the program has drawn anew. */
function redrawn(event) {
  for (const moved of event.target.querySelectorAll('[data-drawn]')) delete moved.dataset.drawn;
  for (const path of event.target.querySelectorAll('[data-straight]')) delete path.dataset.straight;
  if (!drag || !drag.home.contains(event.target)) return;
  const slider = drag.slider.isConnected ? drag.slider : sameSlider();
  if (!slider) return;
  drag.slider = slider;
  if (+slider.getAttribute('aria-valuenow') !== drag.value) moveTo(slider, drag.value);
}

/** The slider of the same place that can be seen: figures are drawn for several widths. */
function sameSlider() {
  const { name, value } = drag.mark;
  return [...drag.home.querySelectorAll('[role=slider]')].find((slider) =>
    slider.getAttribute(name) === value && slider.getClientRects().length);
}

const senders = new Map();

/** Views other than the form say what a slider of theirs does: by the attribute it carries. */
export const register = (attribute, send) => senders.set(attribute, send);

register('data-path', (slider, value) => {
  const { path, template } = slider.dataset;
  sitting.setValue(path, template ? template.replaceAll('{}', value) : String(value));
});

const attributeOf = (slider) => [...senders.keys()].find((name) => slider.hasAttribute(name));
const send = (slider, value) => senders.get(attributeOf(slider))?.(slider, value);
const sendNow = throttled(100, (slider, value) => send(slider, value));

function pressed(event) {
  const slider = event.target.closest?.('svg [role=slider]');
  if (!slider || event.button > 0 || !attributeOf(slider)) return;
  event.preventDefault();
  slider.focus({ preventScroll: true });
  const a = axis(slider);
  const value = +slider.getAttribute('aria-valuenow');
  const name = attributeOf(slider);
  drag = {
    slider, value, first: value,
    mark: { name, value: slider.getAttribute(name) },
    home: slider.closest('[id^="v-"]'),
    // How far the pointer goes counts, not where it is: the page may move beneath it.
    place: toPlace(a, value), begin: a.name === 'x' ? event.clientX : event.clientY,
  };
  // On what stays: the ring itself may be drawn anew.
  find('#main').setPointerCapture(event.pointerId);
}

function moved(event) {
  if (!drag) return;
  const a = axis(drag.slider);
  const scale = drag.slider.ownerSVGElement.getScreenCTM();
  const by = a.name === 'x' ? (event.clientX - drag.begin) / scale.a : (event.clientY - drag.begin) / scale.d;
  const value = rounded(a, toValue(a, drag.place + by));
  if (value === drag.value) return;
  drag.value = value;
  moveTo(drag.slider, value);
  sendNow(drag.slider, value);
}

function released(event) {
  if (!drag) return;
  const { slider, value, first } = drag;
  drag = null;
  if (event.type === 'pointerup' && value !== first) sendNow(slider, value);
}

const keys = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

function typed(event) {
  const slider = event.target.closest?.('svg [role=slider]');
  if (!slider || !attributeOf(slider) || event.ctrlKey || event.metaKey || event.altKey) return;
  const a = axis(slider);
  const before = +slider.getAttribute('aria-valuenow');
  let value = before;
  if (event.key in keys) value = rounded(a, before + keys[event.key] * a.step);
  else if (event.key === 'Home') value = a.least;
  else if (event.key === 'End') value = a.most;
  else return;
  event.preventDefault();
  if (value === before) return;
  moveTo(slider, value);
  sendNow(slider, value);
}

export function start() {
  const main = find('#main');
  main.addEventListener('pointerdown', pressed);
  // A finger on a ring drags the ring, not the page.
  main.addEventListener('touchstart', (event) => {
    if (drag && event.cancelable) event.preventDefault();
  }, { passive: false });
  main.addEventListener('pointermove', moved);
  main.addEventListener('pointerup', released);
  main.addEventListener('pointercancel', released);
  main.addEventListener('keydown', typed);
  main.addEventListener('put', redrawn);
}
