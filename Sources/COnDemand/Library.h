#ifndef SWITCHBOARD_LIBRARY_H
#define SWITCHBOARD_LIBRARY_H

/// A library that is opened when it is needed.
struct library {
  /// As the system's loader knows it, and as its headers' package does.
  const char *name, *other_name;
  /// The package that holds it.
  const char *package;
  /// Nothing before it is opened.
  void *handle;
};

/// Where a function of a library is; ends the program, with a word on what to install, if it cannot be had.
void *library_function(struct library *library, const char *name);

/// Defines a function as the one of the same name in `the_library` of the file.
#define FORWARD(result, name, parameters, arguments)                       \
  result name parameters {                                                 \
    static __typeof__(name) *found;                                        \
    __typeof__(name) *function = __atomic_load_n(&found, __ATOMIC_ACQUIRE); \
    if (!function) {                                                       \
      function = (__typeof__(name) *)library_function(&the_library, #name); \
      __atomic_store_n(&found, function, __ATOMIC_RELEASE);                \
    }                                                                      \
    return function arguments;                                             \
  }

#endif
