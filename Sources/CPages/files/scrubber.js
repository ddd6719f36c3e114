// The hand of time: how many have no answer, over the whole hour, and where in it we are. Drawn as SVG
// under a slider of the browser, which brings the keys and the spoken value.

import { make } from './dom.js';
import { clock } from './hour.js';

const space = 'http://www.w3.org/2000/svg';

function svg(name, attributes, ...children) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The mark of a way: disc, square, diamond, triangle, ring. */
export function mark(way, x, y, radius = 5) {
  const r = radius, style = `m${way % 5}`;
  const path = (d) => svg('path', { class: style, d });
  switch (way % 5) {
    case 1:
      return path(`M${x - r + 0.5} ${y - r + 0.5}h${2 * r - 1}v${2 * r - 1}h${1 - 2 * r}z`);
    case 2:
      return path(`M${x} ${y - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}z`);
    case 3:
      return path(`M${x} ${y - r - 1}l${r + 1} ${2 * r}h${-2 * r - 2}z`);
    default:
      return svg('circle', { class: style, cx: x, cy: y, r: way % 5 === 4 ? r - 0.5 : r });
  }
}

export const pictured = (way) => svg('svg', { viewBox: '0 0 14 14', 'aria-hidden': 'true' }, mark(way, 7, 7));

const height = 88, ground = 68;

export class Scrubber {
  /** Calls `moved` with the time that the hand was set to. */
  constructor(place, moved) {
    this.place = place;
    this.moved = moved;
  }

  /** Draws anew: for another hour, other ways or another width. */
  build(hour, sides) {
    const width = Math.max(280, this.place.clientWidth);
    const most = Math.max(1, ...sides.flatMap((side) => side.line));
    const x = (time) => time / hour.length * width;
    const y = (count) => ground - count / most * (ground - 22);
    const words = svg('text', { class: 'sm', x: 0, y: 9 }, 'customers without an answer: ');
    sides.forEach((side, place) => {
      if (place) words.append(', ');
      words.append(svg('tspan', { class: `x${side.way % 5}` }, hour.ways[side.way]));
    });
    const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' }, words,
      svg('line', { class: 'ax', x1: 0, x2: width, y1: ground, y2: ground }));
    for (let quarter = 0; quarter <= 4; quarter++) {
      drawing.append(svg('text', {
        class: 't', x: x(hour.length * quarter / 4), y: ground + 17,
        'text-anchor': quarter === 0 ? 'start' : quarter === 4 ? 'end' : 'middle',
      }, clock(hour.from + hour.length * quarter / 4).slice(0, 5)));
    }
    for (const side of sides) {
      const points = side.line.map((count, place) => `${x(place * 10).toFixed(1)} ${y(count).toFixed(1)}`);
      const d = `M${points.join('L')}`;
      drawing.append(svg('path', { class: `l${side.way % 5}`, style: 'stroke-width:1.6', d }));
    }
    this.future = svg('rect', { y: 14, height: ground - 14, fill: 'var(--paper)', opacity: 0.6 });
    this.line = svg('line', { class: 'goal', style: 'stroke-width:1.6', y1: 2, y2: ground });
    const look = { fill: 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 1.6 };
    this.ring = svg('circle', { cy: ground, r: 6.5, ...look });
    drawing.append(this.future, this.line, this.ring);
    this.slider ??= make('input', {
      type: 'range', id: 'hand-of-time', min: 0, step: 10, 'aria-label': 'Time',
      input: () => this.moved(+this.slider.value),
    });
    this.slider.max = hour.length;
    this.slider.style.height = `${ground + 8}px`;
    this.place.replaceChildren(drawing, this.slider);
    Object.assign(this, { x, width, hour });
  }

  show(time) {
    const x = this.x(time);
    this.line.setAttribute('x1', x);
    this.line.setAttribute('x2', x);
    this.ring.setAttribute('cx', x);
    this.future.setAttribute('x', x);
    this.future.setAttribute('width', Math.max(0, this.width - x));
    this.slider.value = time;
    this.slider.setAttribute('aria-valuetext', clock(this.hour.from + time));
  }
}
