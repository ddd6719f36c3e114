#if __has_include("/usr/include/microhttpd.h")
#include "/usr/include/microhttpd.h"

#include <stdarg.h>

#include "Forward.h"

static struct sb_library the_library = {
    "libmicrohttpd.so.12", "libmicrohttpd.so", "libmicrohttpd12", 0};

typedef struct MHD_Connection connection_t;
typedef struct MHD_Daemon daemon_t;
typedef struct MHD_Response response_t;

FORWARD(enum MHD_Result, MHD_add_response_header,
        (response_t * response, const char *name, const char *value), (response, name, value))
FORWARD(response_t *, MHD_create_response_from_buffer,
        (size_t size, void *bytes, enum MHD_ResponseMemoryMode mode), (size, bytes, mode))
FORWARD(response_t *, MHD_create_response_from_callback,
        (uint64_t size, size_t block, MHD_ContentReaderCallback read, void *context,
         MHD_ContentReaderFreeCallback release),
        (size, block, read, context, release))
FORWARD(void, MHD_destroy_response, (response_t * response), (response))
FORWARD(const char *, MHD_lookup_connection_value,
        (connection_t * connection, enum MHD_ValueKind kind, const char *key),
        (connection, kind, key))
FORWARD(enum MHD_Result, MHD_queue_response,
        (connection_t * connection, unsigned int status, response_t *response),
        (connection, status, response))
FORWARD(void, MHD_resume_connection, (connection_t * connection), (connection))
FORWARD(void, MHD_stop_daemon, (daemon_t * daemon), (daemon))
FORWARD(void, MHD_suspend_connection, (connection_t * connection), (connection))

// What these may be asked further is nothing that the program asks.
FORWARD(const union MHD_ConnectionInfo *, MHD_get_connection_info,
        (connection_t * connection, enum MHD_ConnectionInfoType type, ...), (connection, type))
FORWARD(const union MHD_DaemonInfo *, MHD_get_daemon_info,
        (daemon_t * daemon, enum MHD_DaemonInfoType type, ...), (daemon, type))

FORWARD(daemon_t *, MHD_start_daemon_va,
        (unsigned int flags, uint16_t port, MHD_AcceptPolicyCallback admits, void *admits_context,
         MHD_AccessHandlerCallback handler, void *handler_context, va_list options),
        (flags, port, admits, admits_context, handler, handler_context, options))

daemon_t *MHD_start_daemon(
    unsigned int flags, uint16_t port, MHD_AcceptPolicyCallback admits, void *admits_context,
    MHD_AccessHandlerCallback handler, void *handler_context, ...) {
  va_list options;
  va_start(options, handler_context);
  daemon_t *daemon = MHD_start_daemon_va(
      flags, port, admits, admits_context, handler, handler_context, options);
  va_end(options);
  return daemon;
}
#endif
