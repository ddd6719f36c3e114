// The drawing of one side: above, the customers without an answer, who move right as they wait; below,
// a lane for every agent. The time axis stands still, and ink appears behind the hand of time.

import { clock, TURN, WAITS, WRAPS, WRITES } from './hour.js';

const names = ['ink', 'text', 'muted', 'hair', 'grid', 'rule', 'tint', 'paper', 'bad', 'badsoft', 'good'];

/** The page's colours, in light or dark. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const found = Object.fromEntries(names.map((name) => [name, read(name)]));
  found.hues = [0, 1, 2, 3, 4].map((hue) => read(`s${hue}`));
  found.family = getComputedStyle(document.body).fontFamily;
  return found;
}

export class Lanes {
  /** `hour`: agents, goal, longest, from, length. */
  constructor(canvas, side, hour) {
    Object.assign(this, { canvas, side, hour });
    this.hits = [];
  }

  draw(time, selected, c) {
    this.#measure();
    const pen = this.pen;
    pen.clearRect(0, 0, this.width, this.height);
    pen.textBaseline = 'middle';
    Object.assign(this, { time, selected, c, hits: [] });
    const hue = c.hues[this.side.way % 5];
    // The baseline is grey, as is much else: what is chosen there stands out by ink.
    this.isPlain = this.side.way % 5 === 0;
    this.hue = this.isPlain ? c.ink : hue;
    this.#drawWaitingAxis();
    this.#drawWaiting();
    this.#drawAnswered();
    this.#drawTimeAxis();
    for (let agent = 0; agent < this.hour.agents.length; agent++) this.#drawLane(agent);
    this.#drawMoves();
    this.#drawLeft();
    this.#line(c.ink, 1.2, this.x(time), this.top, this.x(time), this.bottom);
  }

  /** The customer at a point of the canvas: the nearest within a finger's reach, or null. */
  hit(x, y, reach = 4) {
    let best = null, least = reach;
    for (const [left, top, width, height, key] of this.hits) {
      const away = Math.hypot(
        Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
      // Of equals the one drawn last lies on top.
      if (away <= least) [best, least] = [key, away];
    }
    return best;
  }

  #measure() {
    const { canvas, hour } = this;
    const count = hour.agents.length;
    this.width = Math.max(280, canvas.parentElement.clientWidth);
    this.isNarrow = this.width < 430;
    const scale = devicePixelRatio || 1;
    this.row = Math.max(14, Math.min(this.isNarrow ? 25 : 32, Math.floor(640 / count)));
    this.top = 112;
    this.bottom = this.top + count * this.row;
    this.height = this.bottom + 6;
    const [width, height] = [this.width, this.height].map((length) => Math.round(length * scale));
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      canvas.style.height = `${this.height}px`;
    }
    this.pen = canvas.getContext('2d');
    this.pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const widest = Math.max(...hour.agents.map((name) => this.pen.measureText(name).width));
    this.label = Math.min(widest, this.isNarrow ? 40 : 90) + (this.isNarrow ? 8 : 11);
    this.from = this.label + (this.isNarrow ? 64 : 94);
    this.to = this.width - 2;
  }

  x = (time) => this.from + time / this.hour.length * (this.to - this.from);
  /** Where in the waiting line a wait stands. */
  wait = (seconds) =>
    this.label + Math.min(seconds, this.hour.longest) / this.hour.longest * (this.width - this.label - 12);

  #text(text, x, y, { colour = this.c.muted, align = 'left', size = 11 } = {}) {
    this.pen.font = `${size}px ${this.c.family}`;
    this.pen.fillStyle = colour;
    this.pen.textAlign = align;
    this.pen.fillText(text, x, y);
  }

  #stroke(colour, width, trace, dash = []) {
    const pen = this.pen;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.beginPath();
    trace(pen);
    pen.stroke();
    pen.setLineDash([]);
  }

  #line(colour, width, x1, y1, x2, y2, dash) {
    this.#stroke(colour, width, (pen) => { pen.moveTo(x1, y1); pen.lineTo(x2, y2); }, dash);
  }

  // The waiting line.

  static ground = 70;

  #drawWaitingAxis() {
    const { c, hour, side } = this;
    const ground = Lanes.ground;
    this.#line(c.hair, 1, this.label, ground + 0.5, this.width, ground + 0.5);
    this.#text('just wrote', this.label, ground + 12);
    const { longest, goal } = hour;
    const step = [60, 120, 300, 600, 900, 1800, 3600].find((one) => longest / one <= 5) ?? longest / 4;
    const taken = Math.max(goal?.[0] ?? 0, side.rule?.[0] ?? 0, longest * 0.2);
    for (let tick = step; tick < longest; tick += step) {
      if (tick > taken) this.#text(minutes(tick), this.wait(tick), ground + 12, { align: 'center' });
    }
    this.#text(`${minutes(longest)} +`, this.width, ground + 12, { align: 'right' });
    if (goal) {
      const x = this.wait(goal[0]);
      this.#line(c.ink, 1.2, x, 10, x, ground);
      this.#text(goal[1], x - 5, 8, { colour: c.text, align: 'right' });
    }
    if (side.rule) {
      const x = this.wait(side.rule[0]);
      this.#line(c.bad, 1.2, x, 10, x, ground, [3, 3]);
      this.#text(side.rule[1], x + 5, 8, { colour: c.text });
    }
  }

  /** A disc is a customer whom somebody writes to, a ring one whom nobody does. */
  #drawWaiting() {
    const { c, pen, side, time } = this;
    const heights = new Map();
    for (const { key, wrote } of side.waiting(time)) {
      const place = Math.round(this.wait(time - wrote) / 9);
      const above = heights.get(place) ?? 0;
      heights.set(place, above + 1);
      const x = place * 9, y = Lanes.ground - 6 - above * 9;
      const isLate = this.hour.goal && time - wrote > this.hour.goal[0];
      const colour = isLate ? c.bad : c.muted;
      this.#stroke(colour, 1.5, (one) => one.arc(x, y, 3.7, 0, 7));
      if (side.beingServed(key, time)) {
        pen.fillStyle = colour;
        pen.fill();
      }
      if (key === this.selected) this.#stroke(this.hue, 2, (one) => one.arc(x, y, 7.5, 0, 7));
      this.hits.push([x - 5, y - 5, 10, 10, key]);
    }
  }

  /** Who was answered a moment ago: a ring that opens where the wait ended. */
  #drawAnswered() {
    for (const { wrote, answered } of this.side.customers.values()) {
      const age = this.time - answered;
      if (answered === null || age < 0 || age >= 40) continue;
      this.pen.globalAlpha = 1 - age / 40;
      this.#stroke(this.c.good, 1.6, (pen) =>
        pen.arc(this.wait(answered - wrote), Lanes.ground - 6, 4 + age / 40 * 7, 0, 7));
      this.pen.globalAlpha = 1;
    }
  }

  // The lanes.

  #drawTimeAxis() {
    const { c, hour, top } = this;
    this.#text('now', this.label + 4, top - 9);
    for (let quarter = 0; quarter <= 4; quarter++) {
      const time = hour.length * quarter / 4;
      const x = Math.round(this.x(time)) + 0.5;
      const align = quarter === 0 ? 'left' : quarter === 4 ? 'right' : 'center';
      if (!this.isNarrow || quarter % 2 === 0 || this.width > 360) {
        this.#text(clock(hour.from + time).slice(0, 5), x, top - 9, { align });
      }
      this.#line(c.grid, 1, x, top, x, this.bottom);
    }
  }

  #drawLane(agent) {
    const { c, side, time, row } = this;
    const y = this.top + agent * row;
    this.#line(c.grid, 1, 0, y + 0.5, this.width, y + 0.5);
    for (const away of side.away[agent]) if (away.begin < time) this.#drawAway(away, y);
    const isAway = side.isAway(agent, time);
    this.#text(this.#cut(this.hour.agents[agent]), this.label - 7, y + row / 2,
      { colour: isAway ? c.muted : c.ink, align: 'right', size: row < 16 ? 10 : 12 });
    const depth = Math.max(3, side.depth[agent]);
    const pitch = Math.min(8.6, (row - 6) / depth);
    const first = y + 3 + (row - 6 - depth * pitch) / 2;
    const height = Math.max(1, pitch - (pitch > 4 ? 1.5 : 0.6));
    for (const span of side.lanes[agent]) {
      if (span.begin < time && span.end > 0) this.#drawSpan(span, first + span.row * pitch, height);
    }
    this.#drawDesk(agent, y, isAway);
  }

  #cut(name) {
    this.pen.font = `12px ${this.c.family}`;
    let text = name;
    while (text.length > 1 && this.pen.measureText(text).width > this.label - 7) {
      text = text.replace(/.…?$/, '…');
      if (text === '…') break;
    }
    return text;
  }

  #drawAway({ begin, end }, y) {
    const { c, pen, row } = this;
    const left = this.x(Math.max(0, begin)), right = this.x(Math.min(this.time, end));
    if (right <= left) return;
    pen.fillStyle = c.tint;
    pen.fillRect(left, y + 1, right - left, row - 1);
    pen.save();
    pen.beginPath();
    pen.rect(left, y + 1, right - left, row - 1);
    pen.clip();
    // Hatched from the beginning of the hour on, so that stripes do not crawl.
    const start = Math.floor((left - row) / 6) * 6;
    for (let x = start; x < right; x += 6) this.#line(c.rule, 1, x, y + row, x + row, y);
    pen.restore();
  }

  #drawSpan({ key, what, begin, end }, y, height) {
    const { c, pen } = this;
    const left = this.x(Math.max(0, begin)), right = this.x(Math.min(this.time, end));
    const width = Math.max(1, right - left);
    const isSelected = key === this.selected;
    if (what === TURN) {
      this.#line(isSelected ? this.hue : c.hair, isSelected ? 1.8 : 1.2,
        left, y + height / 2, right, y + height / 2);
    } else {
      const isThin = what === WRAPS;
      pen.fillStyle = what === WAITS ? c.badsoft
        : isSelected ? (this.isPlain ? c.paper : this.hue)
        : what === WRITES ? c.ink : c.muted;
      pen.fillRect(left, isThin ? y + height / 4 : y, width, isThin ? height / 2 : height);
    }
    if (isSelected) {
      const out = this.isPlain ? 0.5 : 1.5;
      this.#stroke(this.hue, this.isPlain ? 1.8 : 1, (one) =>
        one.rect(left - out, y - out, width + 2 * out, height + 2 * out));
    }
    this.hits.push([left - 1, y - 1, Math.max(4, width) + 2, height + 2, key]);
  }

  /** What the agent has open now. */
  #drawDesk(agent, y, isAway) {
    const { c, pen, row } = this;
    const open = this.side.lanes[agent].filter((one) => one.begin <= this.time && one.end > this.time);
    const first = this.label + 4;
    if (isAway && !open.length) return this.#text('away', first, y + row / 2);
    const size = Math.min(this.isNarrow ? 9 : 11, row - 5);
    const room = Math.floor((this.from - first - 4) / (size + 3));
    open.slice(0, room).forEach(({ key, what }, place) => {
      const x = first + place * (size + 3), top = y + (row - size) / 2;
      if (what === TURN) {
        this.#stroke(c.muted, 1.3, (one) => one.rect(x + 0.7, top + 0.7, size - 1.4, size - 1.4));
      } else {
        const isThin = what === WRAPS;
        pen.fillStyle = what === WRITES ? c.ink : what === WAITS ? c.badsoft : c.muted;
        pen.fillRect(x, isThin ? top + size * 0.3 : top, size, isThin ? size * 0.4 : size);
      }
      if (key === this.selected) {
        this.#stroke(this.hue, 2, (one) => one.rect(x - 2, top - 2, size + 4, size + 4));
      }
      this.hits.push([x - 1, top - 1, size + 3, size + 3, key]);
    });
  }

  #drawMoves() {
    const { c, pen, row, top } = this;
    for (const [at, key, from, to] of this.side.moves) {
      const age = this.time - at;
      if (age < 0) continue;
      const isSelected = key === this.selected, isBold = isSelected || age < 90;
      const x = Math.round(this.x(at)) + 0.5;
      const begin = top + (from + 0.5) * row, end = top + (to + 0.5) * row;
      const back = end > begin ? -5 : 5;
      pen.globalAlpha = isBold ? 1 : 0.32;
      this.#stroke(isSelected ? this.hue : c.bad, isBold ? 2 : 1.1, (one) => {
        one.moveTo(x, begin);
        one.lineTo(x, end);
        one.moveTo(x - 3.5, end + back);
        one.lineTo(x, end);
        one.lineTo(x + 3.5, end + back);
      });
      pen.globalAlpha = 1;
      this.hits.push([x - 2, Math.min(begin, end), 4, Math.abs(end - begin), key]);
    }
  }

  #drawLeft() {
    for (const [at, key, agent] of this.side.left) {
      if (at > this.time || agent < 0) continue;
      const x = this.x(at), y = this.top + (agent + 0.5) * this.row;
      this.#line(this.c.bad, 2, x - 4, y - 4, x + 4, y + 4);
      this.#line(this.c.bad, 2, x + 4, y - 4, x - 4, y + 4);
      this.hits.push([x - 5, y - 5, 10, 10, key]);
    }
  }
}

const minutes = (seconds) => seconds % 3600 ? `${Math.round(seconds / 60)} min` : `${seconds / 3600} h`;
