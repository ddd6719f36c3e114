// One hour of one run under two ways of assigning, made ready for drawing.
//
// What the program sends is described where it is made, Sources/Console/Watch/WatchJSON.swift.

export const WRITES = 0, WAITS = 1, TURN = 2, WRAPS = 3;

/** How long a customer without an answer stays in the line above the lanes. */
const untilOf = (customer) => customer.answered ?? customer.ended ?? Infinity;

export class Side {
  constructor(data, agentCount, length) {
    this.way = data.way;
    this.rule = data.rule;
    this.moves = data.moves;
    this.given = data.given;
    this.left = data.left;
    this.customers = new Map(data.customers.map(([key, number, wrote, answered, ended, how]) =>
      [key, { key, number, wrote, answered, ended, how }]));
    this.lanes = Array.from({ length: agentCount }, () => []);
    this.away = Array.from({ length: agentCount }, () => []);
    this.spans = new Map();
    for (const [key, what, begin, end, agent] of data.spans) {
      const span = { key, what, begin, end, agent, row: 0 };
      this.lanes[agent].push(span);
      if (!this.spans.has(key)) this.spans.set(key, []);
      this.spans.get(key).push(span);
    }
    for (const [agent, begin, end] of data.away) this.away[agent].push({ begin, end });
    this.depth = this.lanes.map(stack);
    this.line = [];
    for (let time = 0; time <= length; time += 10) this.line.push(this.waiting(time).length);
  }

  /** Who has no answer at a time, the newest first. */
  waiting(time) {
    return [...this.customers.values()]
      .filter((one) => one.wrote <= time && untilOf(one) > time)
      .sort((a, b) => b.wrote - a.wrote);
  }

  /** Whether somebody writes to the customer at a time. */
  beingServed(key, time) {
    return this.spans.get(key)?.some((span) =>
      span.what === WRITES && span.begin <= time && span.end > time) ?? false;
  }

  isAway(agent, time) {
    return this.away[agent].some((span) => span.begin <= time && span.end > time);
  }

  /** What has come of the hour until a time. */
  counts(time, goal) {
    const waiting = this.waiting(time);
    const until = (list) => list.filter(([at]) => at >= 0 && at <= time).length;
    return {
      waiting: waiting.length,
      late: goal === null ? 0 : waiting.filter((one) => time - one.wrote > goal).length,
      answered: [...this.customers.values()].filter((one) =>
        one.wrote >= 0 && one.answered !== null && one.answered <= time).length,
      moved: until(this.moves),
      left: until(this.left),
    };
  }

  /** Everything that happened, in order: `[at, key, words]`. */
  events(agents, length) {
    const list = [];
    const add = (at, key, words) => { if (at >= 0 && at < length) list.push([at, key, words]); };
    for (const { key, wrote, answered, ended, how } of this.customers.values()) {
      add(wrote, key, 'writes');
      if (answered !== null) add(answered, key, `first answer after ${duration(answered - wrote)}`);
      if (ended !== null && how === 0) add(ended, key, `closed after ${duration(ended - wrote)}`);
    }
    for (const [at, key, agent] of this.given) add(at, key, `goes to agent ${agents[agent]}`);
    for (const [at, key, from, to] of this.moves) {
      add(at, key, `moved from agent ${agents[from]} to agent ${agents[to]}`);
    }
    for (const [at, key] of this.left) add(at, key, 'gives up');
    return list.sort((a, b) => a[0] - b[0]);
  }
}

/** Gives every conversation of a lane a row of its own while it is there; tells how many rows. */
function stack(spans) {
  const stays = new Map();
  for (const span of spans) {
    const stay = stays.get(span.key);
    if (!stay) stays.set(span.key, { begin: span.begin, end: span.end, row: 0 });
    else {
      stay.begin = Math.min(stay.begin, span.begin);
      stay.end = Math.max(stay.end, span.end);
    }
  }
  const ends = [];
  for (const stay of [...stays.values()].sort((a, b) => a.begin - b.begin)) {
    const free = ends.findIndex((end) => end <= stay.begin + 0.5);
    stay.row = free < 0 ? ends.length : free;
    ends[stay.row] = stay.end;
  }
  for (const span of spans) span.row = stays.get(span.key).row;
  return ends.length;
}

const two = (number) => String(number).padStart(2, '0');

/** A time of day, from seconds since midnight. */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const hours = Math.floor(whole / 3600) % 24;
  return `${two(hours)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** A length of time as words write it. */
export function duration(seconds) {
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 3600), 'h'], [Math.floor(whole / 60) % 60, 'min'], [whole % 60, 's']];
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}\u202f${unit}`);
  return shown.join(' ') || '0\u202fs';
}
