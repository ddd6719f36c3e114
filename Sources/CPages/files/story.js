// The story of one customer under both ways, as the program tells it: times and sentences, and who was
// considered at every decision.

import { find, make, put } from './dom.js';
import { duration } from './hour.js';
import { ask, Latest, Unreachable } from './net.js';
import * as sitting from './sitting.js';

const latest = new Latest();
/** Stories that were told, so that going to and fro asks nothing. */
const told = new Map();

export async function tell(hour, sides, key) {
  const found = sides.map((side) => side.customers.get(key) ?? null);
  const place = find('#story');
  place.hidden = key === null || !found.some(Boolean);
  if (place.hidden) return;
  const bodies = sides.map((side) => make('div', { class: 'told' }));
  const columns = { class: 'two', style: 'margin-top:14px' };
  place.replaceChildren(title(hour, sides, found), make('div', columns,
    ...sides.map((side, number) => make('div', {},
      make('h3', { class: `x${side.way % 5}t` }, hour.ways[side.way]), bodies[number]))));
  await latest.run((signal) => Promise.all(sides.map(async (side, number) => {
    const body = bodies[number];
    if (!found[number]) {
      return body.append(make('p', { class: 'muted' },
        'This customer is not in the hour under this way of assigning.'));
    }
    try {
      put(body, await read(hour, side, found[number].number, signal));
    } catch (error) {
      if (signal.aborted) return;
      const words = error instanceof Unreachable
        ? 'Switchboard has stopped; it cannot tell this any more.' : error.message;
      body.append(make('p', { class: 'muted' }, words));
    }
  })));
}

async function read(hour, side, number, signal) {
  const query = `way=${side.way}&run=${hour.run}&conversation=${number}`;
  const name = `${hour.id} ${hour.revision} ${query}`;
  if (!told.has(name)) {
    const { html } = await ask('GET', sitting.path(`/story?${query}`), undefined, signal);
    told.set(name, html);
  }
  return told.get(name);
}

/** “Conversation 464: answered after 28 min 14 s under round robin, after 19 min 39 s under look first”. */
function title(hour, sides, found) {
  const numbers = [...new Set(found.filter(Boolean).map((one) => one.number))];
  const heading = make('h2', {}, `Conversation ${numbers.join(' and ')}`);
  const shown = sides.map((side, number) => ({ side, one: found[number] })).filter(({ one }) => one);
  shown.forEach(({ side, one }, place) => {
    const isAnswered = one.answered !== null;
    const words = isAnswered ? `after ${duration(one.answered - one.wrote)}` : 'not at all';
    heading.append(place ? ', ' : ': answered ', `${words} under `,
      make('em', { class: side.way ? `x${side.way % 5}t` : null }, hour.ways[side.way]));
  });
  return heading;
}
