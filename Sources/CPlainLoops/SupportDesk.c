// Scenarios/support-desk.yaml as a plain C loop: every number here stands in that file, or is what
// Scenarios/README.md and the presets of its channels say. Times are seconds from nine o'clock.
#include "CPlainLoops.h"
#include "Heap.h"

enum { AGENTS = 12, SLOTS = 3, NOBODY = AGENTS };

/// What there is besides the heap's own kinds; a TIMER is an agent's next finished piece of work, or,
/// from AGENTS on, the end of a customer's patience.
enum { WRITES = TIMER + 1, REACHES, READ, LOST, CHECK, LEAVES, RETURNS };

static const double day_length = 8 * 3600, patience_mean = 40 * 60, check_after = 6 * 60;
static const double wrap_up = 20, away_after = 50 * 60, away_for = 8 * 60, goal = 5 * 60;
/// The joint speed of all that is in hand, by how much that is.
static const double speed_of[SLOTS + 1] = {0, 1, 1.7, 2.2};
/// WhatsApp: the share of customers, of answers that are lost, and the gap of 80 messages a second.
static const double whatsapp_share = 0.7, lost_share = 0.005, message_gap = 1.0 / 80;

/// The rates of arrival an hour, with straight lines between them, the last over midnight.
static const struct {
  double time, rate;
} profile[] = {{0, 110},     {3600, 150},  {10800, 120}, {14400, 100},
               {18000, 145}, {25200, 115}, {86400, 110}};

typedef struct {
  double mu, sigma;
} lognormal;

/// Where a conversation is that needs an answer.
enum { NOWHERE, IN_INBOX, IN_HAND };

typedef struct {
  double opened, written;
  /// The work on the open question, which stays the same whoever does it; negative when not drawn.
  double work;
  /// From opening to the first answer that arrives; negative before that.
  double first_response;
  /// The neighbours in the inbox; -1 at its ends.
  int32_t next, previous;
  int32_t agent, slot, questions;
  /// Answers sent in all without those known to be lost, and how often the last one was.
  int32_t answers, attempts;
  uint8_t place, is_whatsapp, is_open, has_started, is_impatient;
  /// Whether the welcome was lost, with which the workflow ends: nobody checks after six minutes.
  uint8_t is_unwelcomed;
} customer;

enum { HERE, LEAVING, AWAY };

typedef struct {
  /// Work left in each slot at full speed; negative in a slot that is free.
  double left[SLOTS];
  double updated, online_since, busy_since;
  int32_t held[SLOTS];
  /// Whether a slot is in the work after the last answer.
  uint8_t wraps[SLOTS];
  int in_hand, soonest, presence;
  int32_t head, tail;
} worker;

typedef struct {
  plain_generator generator;
  heap events;
  /// The last one is nobody, whose inbox is the line of those for whom nobody was online.
  worker agents[AGENTS + 1];
  int open[AGENTS + 1];
  /// Who was chosen last: by turns, and among equals.
  int turn, tie;
  plain_choice choice;
  customer *all;
  int32_t count, capacity;
  /// The stretch of the profile that the next arrival may be in, and when the channel is free.
  int stretch;
  double channel_free;
  lognormal reply, think, delivery;
  plain_day day;
} desk;

// ---- Random variates ----

static double normal_edge[257], normal_height[257];

static void build_normal(void) {
  if (normal_height[256] == 1) return;
  const double r = 3.654152885361008796;
  const double v = r * exp(-r * r / 2) + sqrt(acos(-1) / 2) * erfc(r / sqrt(2));
  double *x = normal_edge;
  x[0] = v / exp(-r * r / 2);
  x[1] = r;
  for (int i = 2; i < 256; i++) x[i] = sqrt(-2 * log(v / x[i - 1] + exp(-x[i - 1] * x[i - 1] / 2)));
  x[256] = 0;
  for (int i = 0; i <= 256; i++) normal_height[i] = exp(-x[i] * x[i] / 2);
}

static inline double uniform(desk *d) { return (double)(plain_next(&d->generator) >> 11) * 0x1p-53; }

static inline double exponential(desk *d) { return plain_exponential(&d->generator); }

/// A standard normal variate, by the ziggurat as `plain_exponential`.
static inline double normal(desk *d) {
  for (;;) {
    const uint64_t bits = plain_next(&d->generator);
    const unsigned layer = bits >> 56;
    const double sign = bits >> 55 & 1 ? 1 : -1;
    double x = (double)((bits << 9) >> 11) * 0x1p-53 * normal_edge[layer];
    if (x < normal_edge[layer + 1]) return sign * x;
    if (layer == 0) {
      do x = exponential(d) / normal_edge[1];
      while (2 * exponential(d) <= x * x);
      return sign * (normal_edge[1] + x);
    }
    const double low = normal_height[layer], high = normal_height[layer + 1];
    if (low + (high - low) * uniform(d) < exp(-x * x / 2)) return sign * x;
  }
}

/// The law whose median is given, and a quantile that lies z deviations above it.
static lognormal law(double median, double quantile, double z) {
  return (lognormal){log(median), log(quantile / median) / z};
}

static inline double draw(desk *d, lognormal l) { return exp(l.mu + l.sigma * normal(d)); }

/// The arrival after one at `now`: so much of the rate's area further as an exponential variate says.
static inline double next_arrival(desk *d, double now) {
  double area = exponential(d) * 3600;
  for (;; d->stretch++) {
    const double end = profile[d->stretch + 1].time, last = profile[d->stretch + 1].rate;
    const double begin = profile[d->stretch].time, first = profile[d->stretch].rate;
    const double slope = (last - first) / (end - begin), rate = first + slope * (now - begin);
    const double rest = (rate + last) / 2 * (end - now);
    if (area < rest) return now + 2 * area / (rate + sqrt(rate * rate + 2 * slope * area));
    if (end > day_length) return INFINITY;
    area -= rest;
    now = end;
  }
}

// ---- Work in hand ----

/// Takes account of the work done since the last change.
static inline void advance(worker *w, double now) {
  if (w->in_hand) {
    const double done = (now - w->updated) * speed_of[w->in_hand] / w->in_hand;
    for (int i = 0; i < SLOTS; i++)
      if (w->left[i] >= 0) w->left[i] = fmax(0, w->left[i] - done);
  }
  w->updated = now;
}

/// Sets the agent's timer to the piece of work that is finished next.
static inline void rearm(desk *d, int a, int was_armed) {
  worker *w = d->agents + a;
  if (w->in_hand == 0) {
    if (was_armed) delete(&d->events, d->events.place[a]);
    return;
  }
  double least = INFINITY;
  for (int i = 0; i < SLOTS; i++) {
    if (w->left[i] < 0 || w->left[i] >= least) continue;
    least = w->left[i];
    w->soonest = i;
  }
  const double end = w->updated + least * w->in_hand / speed_of[w->in_hand];
  if (was_armed) move(&d->events, d->events.place[a], end);
  else push(&d->events, end, TIMER, (uint32_t)a);
}

static inline void begin_work(desk *d, int a, int slot, double work, double now) {
  worker *w = d->agents + a;
  advance(w, now);
  w->left[slot] = work;
  if (w->in_hand++ == 0) w->busy_since = now;
  rearm(d, a, w->in_hand > 1);
}

static inline void end_work(desk *d, int a, int slot, double now) {
  worker *w = d->agents + a;
  w->left[slot] = -1;
  if (--w->in_hand == 0) d->day.busy += now - w->busy_since;
}

// ---- Inboxes ----

static inline void enter_inbox(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  worker *w = d->agents + c->agent;
  c->place = IN_INBOX;
  c->next = -1;
  c->previous = w->tail;
  *(w->tail < 0 ? &w->head : &d->all[w->tail].next) = id;
  w->tail = id;
  // Patience ends when somebody starts, and does not begin anew when the work is lost.
  if (c->work >= 0 || c->is_impatient) return;
  c->is_impatient = 1;
  const double end = c->written + exponential(d) * patience_mean;
  push(&d->events, fmax(now, end), TIMER, (uint32_t)(AGENTS + id));
}

static inline void leave_inbox(desk *d, int32_t id) {
  customer *c = d->all + id;
  worker *w = d->agents + c->agent;
  *(c->previous < 0 ? &w->head : &d->all[c->previous].next) = c->next;
  *(c->next < 0 ? &w->tail : &d->all[c->next].previous) = c->previous;
  c->place = NOWHERE;
}

/// The agent starts on a conversation.
static inline void take_up(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  worker *w = d->agents + c->agent;
  if (c->is_impatient) delete(&d->events, d->events.place[AGENTS + id]);
  c->is_impatient = 0;
  if (!c->has_started) {
    c->has_started = 1;
    d->day.waits++;
    d->day.wait += now - c->opened;
  }
  if (c->work < 0) c->work = draw(d, d->reply);
  c->place = IN_HAND;
  c->slot = w->left[0] < 0 ? 0 : w->left[1] < 0 ? 1 : 2;
  w->held[c->slot] = id;
  w->wraps[c->slot] = 0;
  begin_work(d, c->agent, c->slot, c->work, now);
}

/// Lays a conversation before its agent.
static inline void lay(desk *d, int32_t id, double now) {
  const worker *w = d->agents + d->all[id].agent;
  if (w->presence == HERE && w->in_hand < SLOTS && w->head < 0) take_up(d, id, now);
  else enter_inbox(d, id, now);
}

/// There is room for the next, or the agent who meant to leave can.
static inline void go_on(desk *d, int a, double now) {
  worker *w = d->agents + a;
  while (w->presence == HERE && w->in_hand < SLOTS && w->head >= 0) {
    const int32_t next = w->head;
    leave_inbox(d, next);
    take_up(d, next, now);
  }
  if (w->presence == LEAVING && w->in_hand == 0) {
    w->presence = AWAY;
    d->day.online += now - w->online_since;
    push(&d->events, now + exponential(d) * away_for, RETURNS, (uint32_t)a);
  }
}

// ---- Assignment ----

/// Who is online and has fewest open conversations, of equals the next in turn; NOBODY if nobody is.
static inline int least_open(desk *d, int except) {
  int best = NOBODY, fewest = INT32_MAX;
  for (int i = 0, a = d->tie; i < AGENTS; i++) {
    a = a + 1 < AGENTS ? a + 1 : 0;
    if (d->agents[a].presence != HERE || a == except || d->open[a] >= fewest) continue;
    fewest = d->open[a];
    best = a;
  }
  if (best != NOBODY) d->tie = best;
  return best;
}

static inline int round_robin(desk *d) {
  for (int i = 0, a = d->turn; i < AGENTS; i++) {
    a = a + 1 < AGENTS ? a + 1 : 0;
    if (d->agents[a].presence == HERE) return d->turn = a;
  }
  return NOBODY;
}

/// Gives a new conversation to somebody, who has six minutes to answer.
static inline void distribute(desk *d, int32_t id, double now) {
  const int to = d->choice == PLAIN_ROUND_ROBIN ? round_robin(d) : least_open(d, NOBODY);
  d->all[id].agent = to;
  if (to == NOBODY) return;
  d->open[to]++;
  if (!d->all[id].is_unwelcomed) push(&d->events, now + check_after, CHECK, (uint32_t)id);
}

/// Six minutes are over: who has no answer goes to somebody else, and the work in hand is lost.
static inline void check(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  if (!c->is_open || c->answers) return;
  const int from = c->agent, to = least_open(d, from);
  if (to == NOBODY) return;
  d->day.moves++;
  d->open[from]--;
  d->open[to]++;
  const int place = c->place;
  if (place == IN_INBOX) leave_inbox(d, id);
  if (place == IN_HAND) {
    advance(d->agents + from, now);
    end_work(d, from, c->slot, now);
    rearm(d, from, 1);
    go_on(d, from, now);
  }
  c->agent = to;
  if (place != NOWHERE) lay(d, id, now);
}

// ---- Messages ----

/// When the channel's limit lets the next message through.
static inline double next_turn(desk *d, double now) {
  const double leaves = fmax(now, d->channel_free);
  d->channel_free = leaves + message_gap;
  return leaves;
}

/// Whether a message to a customer never arrives.
static inline int is_lost(desk *d, const customer *c) {
  d->day.sent++;
  const int lost = c->is_whatsapp && uniform(d) < lost_share;
  d->day.lost += lost;
  return lost;
}

/// A customer's message is there; the first one opens the conversation and is welcomed.
static inline void reaches(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  if (!c->is_open) {
    c->is_open = 1;
    c->opened = now;
    d->day.opened++;
    // Nobody waits for the welcome; what it does is to take a place on the channel.
    if (c->is_whatsapp) next_turn(d, now);
    c->is_unwelcomed = (uint8_t)is_lost(d, c);
    distribute(d, id, now);
  }
  lay(d, id, now);
}

static inline void writes(desk *d, int32_t id, double now) {
  d->all[id].written = now;
  if (!d->all[id].is_whatsapp) reaches(d, id, now);
  else push(&d->events, next_turn(d, now) + draw(d, d->delivery), REACHES, (uint32_t)id);
}

/// The customer reads the answer, and perhaps thinks of another question.
static inline void reads(desk *d, int32_t id, double now) {
  if (--d->all[id].questions > 0) push(&d->events, now + draw(d, d->think), WRITES, (uint32_t)id);
}

static inline void sends(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  c->answers++;
  const int lost = is_lost(d, c);
  if (!lost && c->first_response < 0) {
    c->first_response = now - c->opened;
    d->day.responses++;
    d->day.response += c->first_response;
  }
  if (!c->is_whatsapp) reads(d, id, now);
  else push(&d->events, next_turn(d, now) + draw(d, d->delivery), lost ? LOST : READ, (uint32_t)id);
}

/// An answer never arrived: it is sent again, twice at the most.
static inline void loses(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  c->answers--;
  if (++c->attempts < 3 && c->is_open) sends(d, id, now);
  else reads(d, id, now);
}

static void arrives(desk *d, double now) {
  const double next = next_arrival(d, now);
  if (next <= day_length) push(&d->events, next, ARRIVAL, 0);
  if (d->count == d->capacity) {
    d->capacity *= 2;
    d->all = realloc(d->all, (size_t)d->capacity * sizeof *d->all);
    d->events.place =
        realloc(d->events.place, (size_t)(AGENTS + d->capacity) * sizeof *d->events.place);
    if (!d->all || !d->events.place) abort();
  }
  const uint64_t bits = plain_next(&d->generator);
  d->all[d->count] = (customer){
      .work = -1,
      .first_response = -1,
      .agent = NOBODY,
      // Another question with probability one half: the first bit that is set ends them.
      .questions = 1 + __builtin_ctzll(bits >> 32 | 1ull << 31),
      .is_whatsapp = (uint32_t)bits < whatsapp_share * 0x1p32,
  };
  writes(d, d->count++, now);
}

// ---- The end of a piece of work, and of a conversation ----

static inline void note_fate(desk *d, const customer *c) {
  d->day.known++;
  if (c->first_response >= 0 && c->first_response <= goal) d->day.within++;
}

static inline void closes(desk *d, customer *c, double now) {
  c->is_open = 0;
  d->open[c->agent]--;
  d->day.closed++;
  d->day.resolution += now - c->opened;
  note_fate(d, c);
}

static inline void gives_up(desk *d, int32_t id, double now) {
  customer *c = d->all + id;
  c->is_impatient = 0;
  d->day.abandoned++;
  leave_inbox(d, id);
  closes(d, c, now);
}

/// The agent's timer: an answer goes out, or the work after the last one is done.
static inline void finishes(desk *d, int a, double now) {
  worker *w = d->agents + a;
  const int slot = w->soonest;
  const int32_t id = w->held[slot];
  customer *c = d->all + id;
  advance(w, now);
  if (!w->wraps[slot]) {
    d->day.replies++;
    c->place = NOWHERE;
    c->work = -1;
    c->attempts = 0;
    const int is_last = c->questions <= 1;
    sends(d, id, now);
    if (is_last) {
      w->wraps[slot] = 1;
      w->left[slot] = wrap_up;
      rearm(d, a, 0);
      return;
    }
  } else if (c->is_open) {
    closes(d, c, now);
  }
  end_work(d, a, slot, now);
  rearm(d, a, 0);
  go_on(d, a, now);
}

// ---- The day ----

static void leaves(desk *d, int a, double now) {
  d->agents[a].presence = LEAVING;
  go_on(d, a, now);
}

/// The agent is at the desk: takes what waits in the inbox, and then whoever found nobody online.
static void comes(desk *d, int a, double now) {
  worker *w = d->agents + a;
  w->presence = HERE;
  w->online_since = now;
  push(&d->events, now + exponential(d) * away_after, LEAVES, (uint32_t)a);
  go_on(d, a, now);
  while (d->agents[NOBODY].head >= 0) {
    const int32_t id = d->agents[NOBODY].head;
    leave_inbox(d, id);
    distribute(d, id, now);
    lay(d, id, now);
  }
}

static inline void happens(desk *d, event e) {
  const int32_t id = (int32_t)e.subject;
  switch (e.kind) {
    case ARRIVAL: arrives(d, e.time); break;
    case WRITES: writes(d, id, e.time); break;
    case REACHES: reaches(d, id, e.time); break;
    case READ: reads(d, id, e.time); break;
    case LOST: loses(d, id, e.time); break;
    case CHECK: check(d, id, e.time); break;
    case LEAVES: leaves(d, id, e.time); break;
    case RETURNS: comes(d, id, e.time); break;
    case TIMER:
      if (id < AGENTS) finishes(d, id, e.time);
      else gives_up(d, id - AGENTS, e.time);
      break;
    default: abort();
  }
}

/// Takes account of what is not over at the end.
static void settle(desk *d) {
  for (int a = 0; a < AGENTS; a++) {
    const worker *w = d->agents + a;
    if (w->presence != AWAY) d->day.online += day_length - w->online_since;
    if (w->in_hand) d->day.busy += day_length - w->busy_since;
  }
  for (int32_t id = 0; id < d->count; id++) {
    const customer *c = d->all + id;
    // Who waits for less than the goal may still be answered in time.
    if (c->is_open && (c->first_response >= 0 || day_length - c->opened > goal)) note_fate(d, c);
  }
}

plain_day plain_support_desk(plain_choice choice, uint64_t seed) {
  desk d = {.choice = choice, .turn = -1, .tie = -1, .capacity = 1536};
  plain_seed(&d.generator, seed);
  build_normal();
  d.reply = law(130, 6 * 60, 1.2815515655446004);
  d.think = law(40, 4 * 60, 1.2815515655446004);
  d.delivery = law(0.5, 2, 1.6448536269514722);
  d.all = room(d.capacity, sizeof *d.all);
  d.events.place = room(AGENTS + d.capacity, sizeof *d.events.place);
  for (int a = 0; a <= AGENTS; a++)
    d.agents[a] = (worker){.left = {-1, -1, -1}, .head = -1, .tail = -1, .presence = AWAY};
  for (int a = 0; a < AGENTS; a++) comes(&d, a, 0);
  push(&d.events, next_arrival(&d, 0), ARRIVAL, 0);
  while (d.events.count && d.events.at[0].time <= day_length) happens(&d, pop(&d.events));
  settle(&d);
  free(d.events.at);
  free(d.events.place);
  free(d.all);
  return d.day;
}
