#if __has_include("/usr/include/sqlite3.h")
#include "/usr/include/sqlite3.h"

#include "Forward.h"

static struct sb_library the_library = {"libsqlite3.so.0", "libsqlite3.so", "libsqlite3-0", 0};

FORWARD(int, sqlite3_bind_blob64,
        (sqlite3_stmt * statement, int place, const void *bytes, sqlite3_uint64 count,
         void (*release)(void *)),
        (statement, place, bytes, count, release))
FORWARD(int, sqlite3_bind_int64, (sqlite3_stmt * statement, int place, sqlite3_int64 value),
        (statement, place, value))
FORWARD(int, sqlite3_bind_null, (sqlite3_stmt * statement, int place), (statement, place))
FORWARD(int, sqlite3_bind_text,
        (sqlite3_stmt * statement, int place, const char *text, int count, void (*release)(void *)),
        (statement, place, text, count, release))
FORWARD(int, sqlite3_close_v2, (sqlite3 * store), (store))
FORWARD(const void *, sqlite3_column_blob, (sqlite3_stmt * statement, int column),
        (statement, column))
FORWARD(int, sqlite3_column_bytes, (sqlite3_stmt * statement, int column), (statement, column))
FORWARD(sqlite3_int64, sqlite3_column_int64, (sqlite3_stmt * statement, int column),
        (statement, column))
FORWARD(int, sqlite3_column_type, (sqlite3_stmt * statement, int column), (statement, column))
FORWARD(const char *, sqlite3_errmsg, (sqlite3 * store), (store))
FORWARD(int, sqlite3_exec,
        (sqlite3 * store, const char *sql, int (*row)(void *, int, char **, char **), void *context,
         char **message),
        (store, sql, row, context, message))
FORWARD(int, sqlite3_finalize, (sqlite3_stmt * statement), (statement))
FORWARD(int, sqlite3_get_autocommit, (sqlite3 * store), (store))
FORWARD(int, sqlite3_open_v2, (const char *path, sqlite3 **store, int flags, const char *system),
        (path, store, flags, system))
FORWARD(int, sqlite3_prepare_v3,
        (sqlite3 * store, const char *sql, int count, unsigned int flags, sqlite3_stmt **statement,
         const char **rest),
        (store, sql, count, flags, statement, rest))
FORWARD(int, sqlite3_reset, (sqlite3_stmt * statement), (statement))
FORWARD(int, sqlite3_step, (sqlite3_stmt * statement), (statement))
#endif
