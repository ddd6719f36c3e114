// The pending events of the plain C loops: a binary heap by time, with the place of each event when asked.
#ifndef SWITCHBOARD_HEAP_H
#define SWITCHBOARD_HEAP_H

#include <stdint.h>
#include <stdlib.h>

typedef struct {
  double time;
  uint32_t subject;
  uint32_t kind;
} event;

typedef struct {
  event *at;
  long count;
  long capacity;
  /// By subject, where its event of kind TIMER is; absent where nothing is cancelled.
  int32_t *place;
} heap;

enum { ARRIVAL, COMPLETION, TIMER };

static inline void put(heap *h, long i, event e) {
  h->at[i] = e;
  if (h->place && e.kind == TIMER) h->place[e.subject] = (int32_t)i;
}

static inline void rise(heap *h, long i, event e) {
  while (i > 0) {
    const long parent = (i - 1) >> 1;
    if (h->at[parent].time <= e.time) break;
    put(h, i, h->at[parent]);
    i = parent;
  }
  put(h, i, e);
}

static inline void sink(heap *h, long i, event e) {
  for (;;) {
    long child = 2 * i + 1;
    if (child >= h->count) break;
    if (child + 1 < h->count && h->at[child + 1].time < h->at[child].time) child++;
    if (e.time <= h->at[child].time) break;
    put(h, i, h->at[child]);
    i = child;
  }
  put(h, i, e);
}

static inline void push(heap *h, double time, uint32_t kind, uint32_t subject) {
  if (h->count == h->capacity) {
    h->capacity = h->capacity ? 2 * h->capacity : 1024;
    h->at = realloc(h->at, (size_t)h->capacity * sizeof *h->at);
    if (!h->at) abort();
  }
  rise(h, h->count++, (event){time, subject, kind});
}

static inline event pop(heap *h) {
  const event first = h->at[0];
  if (--h->count) sink(h, 0, h->at[h->count]);
  return first;
}

static inline void delete(heap *h, long i) {
  if (i == --h->count) return;
  const event e = h->at[h->count];
  if (i > 0 && e.time < h->at[(i - 1) >> 1].time) rise(h, i, e);
  else sink(h, i, e);
}

/// Gives the event at a place another time.
static inline void move(heap *h, long i, double time) {
  event e = h->at[i];
  e.time = time;
  if (i > 0 && time < h->at[(i - 1) >> 1].time) rise(h, i, e);
  else sink(h, i, e);
}

static inline void *room(long count, size_t size) {
  void *block = calloc((size_t)count, size);
  if (!block) abort();
  return block;
}

#endif
