// The same work that the benchmarks do, as plain C loops: what the hardware allows.
//
// No engine, no actors, no checks: one heap of events and a switch. The generator is inline here so
// that both sides draw the same numbers at the same price; every loop returns a figure that the
// benchmark compares with its own, so that a ratio is never taken between two different things.
#ifndef SWITCHBOARD_PLAIN_LOOPS_H
#define SWITCHBOARD_PLAIN_LOOPS_H

#include <math.h>
#include <stdint.h>

typedef struct {
  uint64_t state[4];
} plain_generator;

/// Marsaglia and Tsang's ziggurat (2000) with 256 layers: right edges and heights.
extern double plain_ziggurat_edge[257];
extern double plain_ziggurat_height[257];

/// Seeds a generator by splitmix64, and builds the tables when they are not there yet.
void plain_seed(plain_generator *generator, uint64_t seed);

/// xoshiro256+, Blackman and Vigna (2018).
static inline uint64_t plain_next(plain_generator *generator) {
  uint64_t *s = generator->state;
  const uint64_t result = s[0] + s[3], shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = s[3] << 45 | s[3] >> 19;
  return result;
}

/// A standard exponential variate.
static inline double plain_exponential(plain_generator *generator) {
  double offset = 0;
  for (;;) {
    const uint64_t bits = plain_next(generator);
    const unsigned layer = bits >> 56;
    const double x = (double)((bits << 8) >> 11) * 0x1p-53 * plain_ziggurat_edge[layer];
    if (x < plain_ziggurat_edge[layer + 1]) return offset + x;
    if (layer == 0) {
      offset += plain_ziggurat_edge[1];
      continue;
    }
    const double low = plain_ziggurat_height[layer], high = plain_ziggurat_height[layer + 1];
    const double y = low + (high - low) * ((double)(plain_next(generator) >> 11) * 0x1p-53);
    if (y < exp(-x)) return offset + x;
  }
}

typedef struct {
  uint64_t events;
  double check;
} plain_result;

/// M/M/c, first come first served: the check is the mean wait in mean service times.
plain_result plain_mmc(int servers, double load, long customers, uint64_t seed);

/// The hold model: each event schedules itself again; the check is the time of the last.
plain_result plain_hold(long pending, long events, uint64_t seed);

/// Arm and cancel: a fixed number of customers wait for an answer, six minutes on average, under a
/// timer of fifteen that the answer cancels; the check is the share of timers that fired.
plain_result plain_timer_cancel(long live, long customers, uint64_t seed);

/// How the newcomer's agent is chosen in `plain_desk`.
typedef enum { PLAIN_ROUND_ROBIN, PLAIN_LEAST_OPEN } plain_choice;

/// The assignment desk: 50 agents with four slots and an inbox each, work of six minutes on average,
/// 90 % load. With `moves`, whoever has not been started after 15 minutes goes to the agent with the
/// least open conversations among the others, under a new timer. The check is the mean wait in minutes.
plain_result plain_desk(plain_choice choice, int moves, long customers, uint64_t seed);

/// What came of a day at the support desk: counts, and sums in seconds.
typedef struct {
  double opened, closed, abandoned, moves, replies;
  /// Conversations that somebody started on, and how long they waited for that.
  double waits, wait;
  /// Conversations with an answer that arrives, and how long the first one took.
  double responses, response;
  /// Conversations of which is known whether they were answered within five minutes, and those that were.
  double known, within;
  /// Messages to customers, and those that never arrived.
  double sent, lost;
  /// How long those were open that were closed.
  double resolution;
  /// Time online and time working of all agents.
  double online, busy;
} plain_day;

/// The day of `Scenarios/support-desk.yaml` with the strategy "round robin" or "least open": twelve agents
/// who share their attention and are away at times, customers of two channels with patience and several
/// questions, messages that take time and are lost, the move after six minutes.
plain_day plain_support_desk(plain_choice choice, uint64_t seed);

/// Gives freed memory back to the system, so that a peak counts only what comes after.
void plain_give_memory_back(void);

#endif
