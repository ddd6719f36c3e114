#include "CPlainLoops.h"

#include <malloc.h>

#include "Heap.h"

double plain_ziggurat_edge[257];
double plain_ziggurat_height[257];

void plain_seed(plain_generator *generator, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = (seed += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    generator->state[i] = z ^ z >> 31;
  }
  if (plain_ziggurat_height[256] == 1) return;
  const double r = 7.69711747013104972, v = 0.0039496598225815571993;
  double *x = plain_ziggurat_edge;
  x[0] = v / exp(-r);
  x[1] = r;
  for (int i = 2; i < 256; i++) x[i] = -log(v / x[i - 1] + exp(-x[i - 1]));
  x[256] = 0;
  for (int i = 0; i <= 256; i++) plain_ziggurat_height[i] = exp(-x[i]);
}

// ---- The loops ----

plain_result plain_mmc(int servers, double load, long customers, uint64_t seed) {
  plain_generator generator;
  plain_seed(&generator, seed);
  heap h = {0};
  // Who waits: arrival times in a ring that doubles when it is full.
  long capacity = 1024, head = 0, waiting = 0;
  double *arrivals = room(capacity, sizeof *arrivals);
  uint32_t *idle = room(servers, sizeof *idle);
  int idle_count = 0;
  for (int i = servers - 1; i >= 0; i--) idle[idle_count++] = (uint32_t)i;
  const double gap = 1 / (load * servers);
  double total = 0;
  long arrived = 0;
  uint64_t events = 0;
  push(&h, plain_exponential(&generator) * gap, ARRIVAL, 0);
  while (h.count) {
    const event e = pop(&h);
    const double now = e.time;
    events++;
    if (e.kind == ARRIVAL) {
      if (++arrived < customers) push(&h, now + plain_exponential(&generator) * gap, ARRIVAL, 0);
      if (idle_count) {
        push(&h, now + plain_exponential(&generator), COMPLETION, idle[--idle_count]);
      } else {
        if (waiting == capacity) {
          double *larger = room(2 * capacity, sizeof *larger);
          for (long i = 0; i < waiting; i++) larger[i] = arrivals[(head + i) & (capacity - 1)];
          free(arrivals);
          arrivals = larger;
          capacity *= 2;
          head = 0;
        }
        arrivals[(head + waiting++) & (capacity - 1)] = now;
      }
    } else if (waiting) {
      total += now - arrivals[head];
      head = (head + 1) & (capacity - 1);
      waiting--;
      push(&h, now + plain_exponential(&generator), COMPLETION, e.subject);
    } else {
      idle[idle_count++] = e.subject;
    }
  }
  free(h.at);
  free(arrivals);
  free(idle);
  return (plain_result){events, total / (double)customers};
}

plain_result plain_hold(long pending, long events, uint64_t seed) {
  plain_generator generator;
  plain_seed(&generator, seed);
  heap h = {0};
  for (long i = 0; i < pending; i++) push(&h, plain_exponential(&generator), ARRIVAL, (uint32_t)i);
  double now = 0;
  for (long i = 0; i < events; i++) {
    const event e = pop(&h);
    now = e.time;
    push(&h, now + plain_exponential(&generator), e.kind, e.subject);
  }
  free(h.at);
  return (plain_result){(uint64_t)events, now};
}

plain_result plain_timer_cancel(long live, long customers, uint64_t seed) {
  plain_generator generator;
  plain_seed(&generator, seed);
  heap h = {.place = room(live, sizeof(int32_t))};
  uint8_t *armed = room(live, sizeof *armed);
  uint64_t events = 0, fired = 0;
  const double answer = 360, patience = 900;
  for (long i = 0; i < live; i++) {
    push(&h, patience, TIMER, (uint32_t)i);
    armed[i] = 1;
    push(&h, plain_exponential(&generator) * answer, COMPLETION, (uint32_t)i);
  }
  for (long answered = 0; answered < customers;) {
    const event e = pop(&h);
    events++;
    if (e.kind == TIMER) {
      armed[e.subject] = 0;
      fired++;
      continue;
    }
    answered++;
    if (armed[e.subject]) delete(&h, h.place[e.subject]);
    push(&h, e.time + patience, TIMER, e.subject);
    armed[e.subject] = 1;
    push(&h, e.time + plain_exponential(&generator) * answer, COMPLETION, e.subject);
  }
  free(h.at);
  free(h.place);
  free(armed);
  return (plain_result){events, (double)fired / (double)customers};
}

// ---- The assignment desk ----

enum { AGENTS = 50, SLOTS = 4 };

typedef struct {
  double arrival;
  /// The neighbours in the agent's inbox; -1 at its ends.
  int32_t next, previous;
  int32_t agent;
} conversation;

typedef struct {
  int32_t head, tail;
  int busy;
} agent;

typedef struct {
  plain_generator generator;
  heap events;
  agent agents[AGENTS];
  /// Apart, so that all of them are compared in a few instructions.
  int open[AGENTS];
  conversation *all;
  int moves;
  double waited;
} desk;

static inline int least_open(const desk *d, int except) {
  int best = -1, fewest = INT32_MAX;
  for (int i = 0; i < AGENTS; i++) {
    if (i == except || d->open[i] >= fewest) continue;
    fewest = d->open[i];
    best = i;
  }
  return best;
}

static inline void leave_inbox(desk *d, int32_t id) {
  const conversation *c = d->all + id;
  agent *a = d->agents + c->agent;
  *(c->previous < 0 ? &a->head : &d->all[c->previous].next) = c->next;
  *(c->next < 0 ? &a->tail : &d->all[c->next].previous) = c->previous;
}

static inline void start(desk *d, int32_t id, double now) {
  const double mean = 6;
  if (d->moves) delete(&d->events, d->events.place[id]);
  d->agents[d->all[id].agent].busy++;
  d->waited += now - d->all[id].arrival;
  push(&d->events, now + plain_exponential(&d->generator) * mean, COMPLETION, (uint32_t)id);
}

static inline void assign(desk *d, int32_t id, int to, double now) {
  const double patience = 15;
  agent *a = d->agents + to;
  conversation *c = d->all + id;
  c->agent = to;
  d->open[to]++;
  if (d->moves) push(&d->events, now + patience, TIMER, (uint32_t)id);
  if (a->busy < SLOTS) {
    start(d, id, now);
    return;
  }
  c->next = -1;
  c->previous = a->tail;
  *(a->tail < 0 ? &a->head : &d->all[a->tail].next) = id;
  a->tail = id;
}

plain_result plain_desk(plain_choice choice, int moves, long customers, uint64_t seed) {
  desk d = {.moves = moves, .all = room(customers, sizeof(conversation))};
  if (moves) d.events.place = room(customers, sizeof(int32_t));
  plain_seed(&d.generator, seed);
  for (int i = 0; i < AGENTS; i++) d.agents[i] = (agent){.head = -1, .tail = -1};
  const double gap = 1 / (0.9 * AGENTS * SLOTS / 6);
  uint64_t events = 0;
  long arrived = 0;
  push(&d.events, plain_exponential(&d.generator) * gap, ARRIVAL, 0);
  while (d.events.count) {
    const event e = pop(&d.events);
    const double now = e.time;
    const int32_t id = (int32_t)e.subject;
    events++;
    if (e.kind == ARRIVAL) {
      if (++arrived < customers)
        push(&d.events, now + plain_exponential(&d.generator) * gap, ARRIVAL, (uint32_t)arrived);
      d.all[id].arrival = now;
      const int to = choice == PLAIN_ROUND_ROBIN ? (int)((arrived - 1) % AGENTS) : least_open(&d, -1);
      assign(&d, id, to, now);
    } else if (e.kind == COMPLETION) {
      agent *a = d.agents + d.all[id].agent;
      a->busy--;
      d.open[d.all[id].agent]--;
      const int32_t next = a->head;
      if (next >= 0) {
        leave_inbox(&d, next);
        start(&d, next, now);
      }
    } else {
      const int from = d.all[id].agent;
      leave_inbox(&d, id);
      d.open[from]--;
      assign(&d, id, least_open(&d, from), now);
    }
  }
  free(d.events.at);
  free(d.events.place);
  free(d.all);
  return (plain_result){events, d.waited / (double)customers};
}

void plain_give_memory_back(void) { malloc_trim(0); }
