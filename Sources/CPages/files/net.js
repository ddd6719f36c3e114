// Asking the program: JSON both ways, and streams of events. Nothing else is ever asked.

/** The program answered that it cannot do so; `problem` is its `application/problem+json`. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `Switchboard answered ${status}.`);
    this.status = status;
    this.problem = problem;
  }
}

/** The program does not answer: it was stopped, or the computer slept. */
export class Unreachable extends Error {}

async function reach(path, options) {
  try {
    return await fetch(path, { ...options, cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Unreachable('Switchboard does not answer.');
  }
}

async function refusal(response) {
  const text = await response.text().catch(() => '');
  return new Refused(response.status, text.startsWith('{') ? JSON.parse(text) : { detail: text });
}

export async function ask(method, path, body, signal) {
  const options = { method, signal, headers: { Accept: 'application/json' } };
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const response = await reach(path, options);
  if (!response.ok) throw await refusal(response);
  return response.json().catch((error) => {
    throw error.name === 'AbortError' ? error : new Unreachable('The answer broke off.');
  });
}

/**
 * Reads server-sent events until the stream ends. Not `EventSource`: that one would ask again by
 * itself when a stream has come to its end, and could not tell an end from a break.
 */
export async function listen(path, signal, each) {
  const response = await reach(path, { signal, headers: { Accept: 'text/event-stream' } });
  if (!response.ok) throw await refusal(response);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch (error) {
      if (error.name === 'AbortError' || signal?.aborted) throw error;
      throw new Unreachable('The stream broke off.');
    }
    if (part.done) return;
    const blocks = (rest + part.value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split(/\r?\n/).filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).replace(/^ /, ''));
      if (data.length && !signal?.aborted) each(JSON.parse(data.join('\n')));
    }
  }
}

/** Requests of which only the latest counts: asking again drops the one before. */
export class Latest {
  #controller = null;

  /** Gives what `work` gives, or `undefined` when it was superseded. */
  async run(work) {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const result = await work(controller.signal);
      return controller.signal.aborted ? undefined : result;
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    }
  }

  stop() {
    this.#controller?.abort();
    this.#controller = null;
  }
}
