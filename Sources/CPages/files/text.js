// The scenario as text: a transparent text area over the same text with marks. The text is the truth;
// it is sent a quarter of a second after the last key, and the program says what is wrong in it.

import { find, make } from './dom.js';
import * as sitting from './sitting.js';

const code = () => find('#code');

/** The text that the program knows, with the marks that belong to it. */
let known = { text: '', changed: [], problems: [] };
let timer = 0;
/** What stands below the text. */
let explained = null;

/** What two texts have in common: lines at the beginning and at the end. */
function common(before, after) {
  const most = Math.min(before.length, after.length);
  let first = 0, last = 0;
  while (first < most && before[first] === after[first]) first++;
  while (last < most - first && before.at(-1 - last) === after.at(-1 - last)) last++;
  return { first, last };
}

/** The marks by line of the text as it stands now: those of the known text moved along with it. */
function marks(lines) {
  const before = known.text.split('\n');
  const same = common(before, lines);
  const shift = lines.length - before.length;
  const moved = (line) =>
    line < same.first ? line : line >= before.length - same.last ? line + shift : null;
  const isChanged = new Set(known.changed.map((line) => moved(line - 1)));
  for (let line = same.first; line < lines.length - same.last; line++) isChanged.add(line);
  const problems = new Map();
  for (const problem of known.problems) {
    const line = moved(problem.line - 1);
    if (line === null) continue;
    problems.set(line, [...(problems.get(line) ?? []), problem]);
  }
  return { isChanged, problems };
}

function draw() {
  const lines = code().value.split('\n');
  const { isChanged, problems } = marks(lines);
  const gutter = document.createDocumentFragment();
  const ink = document.createDocumentFragment();
  lines.forEach((line, number) => {
    const wrong = problems.get(number) ?? [];
    const style = wrong.length ? 'er' : isChanged.has(number) ? 'ch' : null;
    gutter.append(make('span', { class: style }, wrong.length ? '!' : String(number + 1)));
    ink.append(inked(line, wrong, isChanged.has(number)), '\n');
  });
  find('#gut').replaceChildren(gutter);
  find('#ink').replaceChildren(ink);
}

/** A line with its comment, key and mistakes marked, and the guess beside it. */
function inked(line, problems, isChanged) {
  const styles = new Array(line.length).fill('');
  const mark = (from, to, style) => {
    for (let place = from; place < Math.min(to, line.length); place++) styles[place] += ` ${style}`;
  };
  const name = line.match(/^(\s*(?:- )*)("[^"]*"|[^\s#:{}[\],"'][^:#]*):(?=\s|$)/);
  if (name) mark(name[1].length, name[1].length + name[2].length, 'ky');
  mark(commentOf(line), line.length, 'cm');
  for (const { column, length } of problems) {
    mark(column - 1, column - 1 + Math.max(1, length), 'sq');
  }
  const row = make('span', { class: isChanged && !problems.length ? 'chv' : null });
  for (let place = 0, next; place < line.length; place = next) {
    next = place + 1;
    while (next < line.length && styles[next] === styles[place]) next++;
    const part = line.slice(place, next);
    row.append(styles[place] ? make('span', { class: styles[place].trim() }, part) : part);
  }
  if (problems.length) {
    const { repair, message } = problems[0];
    row.append(make('span', { class: 'msg' }, repair ? `${repair}?` : message));
  }
  return row;
}

/** Where the comment of a line begins, or its end: a # in quotes or within a word is none. */
function commentOf(line) {
  let quote = null;
  for (let place = 0; place < line.length; place++) {
    const sign = line[place], before = line[place - 1] ?? ' ';
    if (quote) quote = sign === quote ? null : quote;
    else if (sign === '#' && before.trim() === '') return place;
    else if ((sign === '"' || sign === "'") && /[\s[{,(]/.test(before)) quote = sign;
  }
  return line.length;
}

/** What is wrong, below the text, with a button where the program knows better. */
function explain() {
  const rows = known.problems.map((problem, number) => make('p', {},
    make('button', { class: 'txt where', 'data-line': problem.line }, `Line ${problem.line}:`), ' ',
    make('span', { class: problem.severity === 'error' ? 'sg-worse' : 'muted' }, problem.message), ' ',
    problem.repair == null ? null
      : make('button', { class: 'txt', 'data-repair': number },
        problem.repair ? `put ‘${problem.repair}’` : 'take it out')));
  if (!rows.length) {
    rows.push(make('p', { class: 'note' }, known.changed.length
      ? `${known.changes} since the file was opened; comments and order are kept.`
      : 'As in the file.'));
  }
  const place = find('#edsay');
  const words = rows.map((row) => row.textContent).join('\n');
  // Said again only when it says something else.
  if (words !== explained) place.replaceChildren(...rows);
  explained = words;
  code().setAttribute('aria-invalid', known.problems.some((one) => one.severity === 'error'));
}

/** Sends what was typed at once. */
export function flush() {
  if (!timer) return;
  clearTimeout(timer);
  timer = 0;
  if (code().value !== known.text) sitting.setText(code().value);
}

function typed() {
  draw();
  clearTimeout(timer);
  timer = setTimeout(flush, 250);
}

function arrived(state) {
  if (!sitting.isCalled(known.sitting)) {
    clearTimeout(timer);
    timer = 0;
  }
  // What was typed is newer than what the program knows.
  const isAhead = timer !== 0 || (sitting.isBusy() && code().value !== known.text);
  known = state;
  if (!isAhead && code().value !== state.text) replaceText(state.text);
  draw();
  explain();
}

/** Puts in another text and leaves the cursor where it stood among what is the same. */
function replaceText(text) {
  const area = code();
  const before = area.value;
  const { selectionStart, selectionEnd } = area;
  const { first } = common(before, text);
  const moved = (place) =>
    place <= first ? place : Math.max(first, place + text.length - before.length);
  area.value = text;
  area.setSelectionRange(moved(selectionStart), moved(selectionEnd));
}

function pressed(event) {
  if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return;
  // The next line begins where this one did.
  const { value, selectionStart } = code();
  const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
  event.preventDefault();
  code().setRangeText('\n' + line.match(/^ */)[0], selectionStart, code().selectionEnd, 'end');
  typed();
}

/** Goes to a line, counted from 1. */
export function showLine(line) {
  const lines = code().value.split('\n');
  const begin = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  code().focus({ preventScroll: true });
  code().setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0));
  const wrap = find('#ed .wrap');
  wrap.scrollTop = Math.max(0, (line - 1) * 19 - wrap.clientHeight / 2);
  wrap.scrollLeft = 0;
  find('#ed').scrollIntoView({ block: 'nearest' });
}

export function start() {
  code().addEventListener('input', typed);
  code().addEventListener('keydown', pressed);
  find('#edsay').addEventListener('click', (event) => {
    const { repair, line } = event.target.dataset;
    if (line) showLine(+line);
    if (repair === undefined) return;
    flush();
    sitting.repair(+repair);
    code().focus({ preventScroll: true });
  });
  sitting.on('state', arrived);
}
