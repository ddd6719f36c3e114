// What the C library has no quick word for, as which thread this is, or Swift does not see of it.
#ifndef SWITCHBOARD_CTHREAD_SHIM_H
#define SWITCHBOARD_CTHREAD_SHIM_H

#include <malloc.h>
#include <stdint.h>

/// The address of the calling thread's own block: no two threads have the same at one time.
///
/// `pthread_self` gives the same address, by a call that every handler of an event would make
/// several times.
static inline __attribute__((always_inline, const)) uintptr_t sb_thread(void) {
  return (uintptr_t)__builtin_thread_pointer();
}


/// Says that an object will be wanted soon: 448 bytes of it are on their way from memory together.
static inline void sb_fetch_ahead(const void *object) {
  const char *at = (const char *)object;
  __builtin_prefetch(at, 1, 3);
  __builtin_prefetch(at + 64, 1, 3);
  __builtin_prefetch(at + 128, 1, 3);
  __builtin_prefetch(at + 192, 1, 3);
  __builtin_prefetch(at + 256, 1, 3);
  __builtin_prefetch(at + 320, 1, 3);
  __builtin_prefetch(at + 384, 1, 3);
  __builtin_prefetch(at + 447, 1, 3);
}

/// Gives memory that was freed back to the system, as far as whole pages of it are free.
static inline void sb_give_memory_back(void) { malloc_trim(0); }

#endif
