#include "COnDemand.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

/// As `ExitCode.failed`.
static const int failed = 4;

static void *opened(const struct sb_library *library) {
  void *handle = dlopen(library->name, RTLD_NOW | RTLD_LOCAL);
  return handle ? handle : dlopen(library->other_name, RTLD_NOW | RTLD_LOCAL);
}

void *sb_library_function(struct sb_library *library, const char *name) {
  void *handle = __atomic_load_n(&library->handle, __ATOMIC_ACQUIRE);
  if (!handle) {
    // Threads that come here at once all open it, which gives all of them the same.
    handle = opened(library);
    __atomic_store_n(&library->handle, handle, __ATOMIC_RELEASE);
  }
  void *function = handle ? dlsym(handle, name) : 0;
  if (!function) {
    fprintf(stderr, "switchboard: error: %s: %s; on Debian: apt-get install %s\n", library->name,
            handle ? "it has no function that this needs" : "the library cannot be opened",
            library->package);
    _exit(failed);
  }
  return function;
}
