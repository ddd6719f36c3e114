#ifndef SWITCHBOARD_ON_DEMAND_H
#define SWITCHBOARD_ON_DEMAND_H

// The functions of GLPK, libmicrohttpd and SQLite that the program calls, under their own names: each library is
// opened when the first of its functions is called.
//
// Nearly all commands call none of them, and these three bring a dozen libraries more: half of the time of a small
// command went into finding where thousands of their names are. What Swift sees of them are their own headers
// (`CGLPK`, `CMicroHTTP`, `CSQLite`); here is only what stands between. Where a header is missing, so are its
// functions, as nothing calls them.

/// A library that is opened when it is needed.
struct sb_library {
  /// As the system's loader knows it, and as its headers' package does.
  const char *name, *other_name;
  /// The package that holds it.
  const char *package;
  /// Nothing before it is opened.
  void *handle;
};

/// Where a function of a library is; ends the program, with a word on what to install, if it cannot be had.
void *sb_library_function(struct sb_library *library, const char *name);

#endif
