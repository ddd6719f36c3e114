// Watch: the same customers, the same hour, two ways of assigning side by side. Both sides share the
// clock, the axis and the customer chosen. It never plays by itself.
//
// `GET …/story?way=0&run=1&conversation=464` gives `{html}`: an `<ol class="tale">` of times and sentences.

import * as address from './address.js';
import { find, make, notice, put, say } from './dom.js';
import { clock, duration, Side } from './hour.js';
import { colours, Lanes } from './lanes.js';
import { ask, Latest, Unreachable } from './net.js';
import { pictured, Scrubber } from './scrubber.js';
import * as sitting from './sitting.js';
import * as story from './story.js';

const lessMotion = matchMedia('(prefers-reduced-motion: reduce)');
const speeds = [10, 60, 180];

/** What was asked for: `left`, `right`, `run`, `from`; and where the reader stands in it. */
let asked = new URLSearchParams();
let hour = null, sides = [], lanes = [];
let time = 0, selected = null;
let speed = 60, isPlaying = false, lastFrame = 0;
let isShown = false;
const latest = new Latest();
const scrubber = new Scrubber(find('#scrub'), (to) => goTo(to));

// Fetching.

const questions = ['left', 'right', 'run', 'from'];

async function load(standing = {}) {
  pause();
  const query = new URLSearchParams(questions.filter((name) => asked.has(name))
    .map((name) => [name, asked.get(name)]));
  find('#v-watch').classList.add('stale');
  try {
    const found = await latest.run((signal) =>
      ask('GET', sitting.path(`/watch?${query}`), undefined, signal));
    if (found && isShown) arrive(found, standing);
  } catch (error) {
    if (!(error instanceof Unreachable)) notice(error.message);
    // What is shown is what was there before.
    if (hour) arrive(hour, { time, selected });
  }
  find('#v-watch').classList.remove('stale');
}

/** `standing`: time and customer to keep, the customer by his number under one of the ways. */
function arrive(found, standing) {
  hour = { ...found, id: sitting.current().sitting };
  sides = found.sides.map((side) => new Side(side, hour.agents.length, hour.length));
  time = Math.min(hour.length, standing.time ?? found.at ?? 0);
  selected = standing.selected ?? found.select;
  if (standing.number !== undefined) {
    const side = sides.find((one) => one.way === standing.way);
    selected = [...side?.customers.values() ?? []].find((one) => one.number === standing.number)?.key
      ?? found.select;
  }
  for (const name of questions) asked.set(name, hour[name]);
  put(find('#wverdict'), hour.html.verdict);
  put(find('#wsub'), hour.html.sub);
  buildTools();
  buildSides();
  buildKey();
  rebuild();
  tell();
  listEvents();
  remember();
}

function remember() {
  if (!hour) return;
  const parameters = new URLSearchParams(asked);
  parameters.set('at', Math.round(time));
  if (selected !== null) parameters.set('select', selected);
  address.note('watch', parameters);
}

// Building.

function buildTools() {
  find('#wtools').replaceChildren(...[
    make('button', { class: 'btn go', id: 'wplay', style: 'min-width:74px', click: toggle }, 'Play'),
    make('span', { class: 'clock', id: 'wclock' }), speedChoice(),
    make('button', { class: 'btn', click: nextMove }, 'Next move'),
    hour.hours.length > 1 ? hourChoice() : null, hour.runs > 1 ? runChoice() : null,
    make('span', { class: 'note' }, 'Space plays, ← → 10 seconds, N the next move'),
  ].filter(Boolean));
}

function speedChoice() {
  const offered = lessMotion.matches ? speeds.filter((one) => one <= 10) : speeds;
  if (!offered.includes(speed)) speed = offered.at(-1);
  const choose = (event) => { speed = +event.target.value; };
  return make('span', { class: 'seg', role: 'radiogroup', 'aria-label': 'Speed', change: choose },
    ...offered.map((one) => make('label', {},
      make('input', { type: 'radio', name: 'speed', value: one, checked: one === speed }), `${one}×`)));
}

function hourChoice() {
  const change = (event) => again('from', event.target.value, {});
  return make('label', { class: 'pick' }, 'from ', make('select', { 'aria-label': 'Hour', change },
    ...hour.hours.map(([from, words]) =>
      make('option', { value: from, selected: from === hour.from }, words))));
}

function runChoice() {
  const field = make('input', {
    type: 'number', class: 'n', min: 1, max: hour.runs, value: hour.run, 'aria-label': 'Run',
  });
  field.addEventListener('change', () => {
    field.value = Math.min(hour.runs, Math.max(1, Math.round(+field.value) || hour.run));
    if (+field.value !== hour.run) again('run', field.value, { time });
  });
  return make('label', { class: 'pick' }, 'run ', field, ` of ${hour.runs}`);
}

function again(name, value, standing) {
  asked.set(name, value);
  load(standing);
}

function buildSides() {
  const active = document.activeElement?.id;
  lanes = [];
  find('#sides').replaceChildren(...sides.map((side, place) => {
    const select = make('select', {
      id: `way${place}`, class: 'title', 'aria-label': `Way of assigning, ${place ? 'right' : 'left'}`,
      change: () => changeWay(place, select.value),
    }, ...hour.ways.map((name, way) => make('option', { value: way, selected: way === side.way }, name)));
    const canvas = make('canvas', {
      role: 'img', 'aria-label': `${hour.agents.length} agents and the customers without an answer; `
        + 'the list at the end of the page says the same',
      click: (event) => {
        const key = hitOf(place, event, 10);
        if (key !== null) choose(key);
      },
      mousemove: (event) => {
        canvas.style.cursor = hitOf(place, event) === null ? 'default' : 'pointer';
      },
    });
    lanes.push(new Lanes(canvas, side, hour));
    return make('div', { class: 'sd' },
      make('h3', {}, pictured(side.way), select),
      make('p', { class: 'cnt', id: `counts${place}` }), canvas);
  }));
  if (active?.startsWith('way')) find(`#${active}`)?.focus({ preventScroll: true });
}

const hitOf = (place, event, reach) => lanes[place].hit(event.offsetX, event.offsetY, reach);

function changeWay(place, way) {
  const other = sides[1 - place];
  const number = other.customers.get(selected)?.number;
  again(place ? 'right' : 'left', way, { time, way: other.way, number });
}

const key = [
  ['agent writes', 'background:var(--ink)'],
  ['customer’s turn', 'height:1px;background:var(--hair);vertical-align:4px'],
  ['waits, nobody writes', 'background:var(--badsoft)'], ['wraps up', 'background:var(--muted)'],
  ['away', 'background:var(--tint);outline:1px solid var(--rule)'],
  ['moved', 'width:2px;height:14px;background:var(--bad);vertical-align:-2px'],
];

function buildKey() {
  find('#wkey').replaceChildren(
    ...key.map(([words, style]) => make('span', {}, make('i', { style }), words)),
    make('span', {}, '○ ● customer without an answer: nobody writes, somebody writes'));
}

/** Draws for the width that there is. */
function rebuild() {
  if (!hour) return;
  scrubber.build(hour, sides);
  draw();
}

// Drawing.

function draw() {
  find('#wclock').textContent = clock(hour.from + time);
  scrubber.show(time);
  const c = colours();
  lanes.forEach((one, place) => {
    one.draw(time, selected, c);
    showCounts(find(`#counts${place}`), sides[place].counts(time, hour.goal?.[0] ?? null));
  });
}

function showCounts(place, counts) {
  const rows = [[counts.waiting, 'without an answer']];
  if (hour.goal) rows.push([counts.late, `over ${duration(hour.goal[0])}`]);
  rows.push([counts.answered, 'answered'], [counts.moved, 'moved']);
  if (counts.left) rows.push([counts.left, 'gave up']);
  while (place.children.length > rows.length) place.lastChild.remove();
  rows.forEach(([count, words], row) => {
    const span = place.children[row] ?? place.appendChild(make('span', {}, make('b'), ''));
    span.firstChild.textContent = count;
    span.lastChild.textContent = ` ${words}`;
  });
}

// Time.

function goTo(to) {
  time = Math.min(hour.length, Math.max(0, to));
  draw();
  if (!isPlaying) remember();
}

function toggle() {
  if (isPlaying) return pause();
  if (time >= hour.length) time = 0;
  isPlaying = true;
  lastFrame = performance.now();
  requestAnimationFrame(frame);
  showPlaying();
}

function pause() {
  if (!isPlaying) return;
  isPlaying = false;
  showPlaying();
  remember();
}

const showPlaying = () => { find('#wplay').textContent = isPlaying ? 'Pause' : 'Play'; };

function frame(now) {
  if (!isPlaying) return;
  // A page that was hidden goes on where it was, it does not jump.
  const passed = Math.min(0.25, (now - lastFrame) / 1000);
  lastFrame = now;
  goTo(time + passed * (lessMotion.matches ? Math.min(speed, 10) : speed));
  if (time >= hour.length) pause();
  else requestAnimationFrame(frame);
}

function nextMove() {
  const [next] = sides.flatMap((side) => side.moves.map((move) => ({ side, move })))
    .filter(({ move }) => move[0] > time + 1.5).sort((a, b) => a.move[0] - b.move[0]);
  if (!next) return say('No further move in this hour.');
  const [at, key, from, to] = next.move;
  goTo(at + 1);
  choose(key);
  const words = `moved from agent ${hour.agents[from]} to agent ${hour.agents[to]}`;
  say(`${clock(hour.from + at)}: ${words} under ${hour.ways[next.side.way]}.`);
}

// The customer chosen.

function choose(key) {
  selected = key;
  draw();
  remember();
  tell();
}

const tell = () => story.tell(hour, sides, selected);

function listEvents() {
  const place = find('#loglist');
  if (!find('#log').open || !hour) return;
  place.replaceChildren(make('div', { class: 'two' }, ...sides.map((side) =>
    make('div', {}, make('h3', { class: `x${side.way % 5}t` }, hour.ways[side.way]),
      make('ol', { class: 'tale' }, ...side.events(hour.agents, hour.length).map(([at, key, words]) =>
        make('li', {}, make('span', { class: 'at' }, clock(hour.from + at)),
          make('span', {}, make('button', { class: 'txt', 'data-key': key },
            String(side.customers.get(key).number)), ` ${words}`))))))));
}

// The view.

function pressed(event) {
  if (!isShown || !hour || event.ctrlKey || event.metaKey || event.altKey) return;
  const isField = event.target.matches('input,select,textarea') && event.target.id !== 'hand-of-time';
  if (isField || find('#ask').open) return;
  const steps = { ArrowRight: 1, ArrowLeft: -1 };
  if (event.key === ' ' && !event.target.matches('button,summary,a')) toggle();
  else if (event.key in steps) goTo(time + steps[event.key] * (event.shiftKey ? 60 : 10));
  else if (event.key === 'n' || event.key === 'N') nextMove();
  else return;
  event.preventDefault();
}

export function show(parameters) {
  isShown = true;
  asked = new URLSearchParams(questions.filter((name) => parameters.has(name))
    .map((name) => [name, parameters.get(name)]));
  const standing = {
    time: parameters.has('at') ? +parameters.get('at') : undefined,
    selected: parameters.has('select') ? +parameters.get('select') : undefined,
  };
  const isHere = hour && hour.id === sitting.current().sitting
    && hour.revision === sitting.current().revision
    && questions.every((name) => !asked.has(name) || +asked.get(name) === hour[name]);
  if (!isHere) return load(standing);
  for (const name of questions) asked.set(name, hour[name]);
  if (standing.time !== undefined) time = standing.time;
  if (standing.selected !== undefined) selected = standing.selected;
  rebuild();
  tell();
}

export function hide() {
  pause();
  isShown = false;
  latest.stop();
}

export function start() {
  document.addEventListener('keydown', pressed);
  find('#log').addEventListener('toggle', listEvents);
  find('#loglist').addEventListener('click', (event) => {
    const key = event.target.dataset.key;
    if (key === undefined) return;
    choose(+key);
    find('#story').scrollIntoView({ block: 'start' });
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => hour && draw());
  lessMotion.addEventListener('change', () => {
    const choice = find('#wtools .seg');
    if (choice) choice.replaceWith(speedChoice());
  });
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (!isShown || Math.round(entry.contentRect.width) === width) return;
    width = Math.round(entry.contentRect.width);
    rebuild();
  }).observe(find('#sides'));
  sitting.on('state', (state) => {
    const isOther = hour && (hour.id !== state.sitting || hour.revision !== state.revision);
    if (isShown && isOther) load({ time });
  });
}
