// What the C library has no quick word for: which thread this is, in one instruction.
#ifndef SWITCHBOARD_CTHREAD_SHIM_H
#define SWITCHBOARD_CTHREAD_SHIM_H

#include <stdint.h>

/// The address of the calling thread's own block: no two threads have the same at one time.
///
/// `pthread_self` gives the same address, by a call that every handler of an event would make
/// several times.
static inline __attribute__((always_inline, const)) uintptr_t sb_thread(void) {
  return (uintptr_t)__builtin_thread_pointer();
}

#endif
