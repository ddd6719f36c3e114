// The functions of GLPK, libmicrohttpd and SQLite that the program calls, under their own names: each library is
// opened when the first of its functions is called.
//
// Nearly all commands call none of them, and these three bring a dozen libraries more: half of the time of a small
// command went into finding where thousands of their names are. What Swift sees of them are their own headers
// (`CGLPK`, `CMicroHTTP`, `CSQLite`); here is only what stands between. Where a header is missing, so are its
// functions, as nothing calls them.
