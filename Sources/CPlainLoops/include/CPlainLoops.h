// Plain C loops of the same work that the benchmarks run; see CPlainLoops.c.
#ifndef SWITCHBOARD_PLAIN_LOOPS_H
#define SWITCHBOARD_PLAIN_LOOPS_H
#endif
