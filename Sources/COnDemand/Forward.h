#ifndef SWITCHBOARD_FORWARD_H
#define SWITCHBOARD_FORWARD_H

#include "COnDemand.h"

/// Defines a function as the one of the same name in `the_library` of the file.
#define FORWARD(result, name, parameters, arguments)                            \
  result name parameters {                                                      \
    static __typeof__(name) *found;                                             \
    __typeof__(name) *function = __atomic_load_n(&found, __ATOMIC_ACQUIRE);     \
    if (!function) {                                                            \
      function = (__typeof__(name) *)sb_library_function(&the_library, #name);  \
      __atomic_store_n(&found, function, __ATOMIC_RELEASE);                     \
    }                                                                           \
    return function arguments;                                                  \
  }

#endif
