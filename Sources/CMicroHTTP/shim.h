// What Swift cannot call: functions of a variable number of arguments, and what needs their constants.
#ifndef SWITCHBOARD_CMICROHTTP_SHIM_H
#define SWITCHBOARD_CMICROHTTP_SHIM_H

#include "/usr/include/microhttpd.h"

/// The socket of a connection; negative if there is none.
static inline int sb_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? (int)info->connect_fd : -1;
}

/// Who is at the other end.
static inline const struct sockaddr *sb_client_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : 0;
}

/// What was noted of a connection when it began.
static inline void *sb_connection_note(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : 0;
}

/// A header of a request, the first of its name; null if there is none.
static inline const char *sb_header(struct MHD_Connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/// An answer whose body is copied.
static inline struct MHD_Response *sb_response(void *body, size_t size) {
  return MHD_create_response_from_buffer(size, body, MHD_RESPMEM_MUST_COPY);
}

/// An answer that is written bit by bit.
static inline struct MHD_Response *sb_stream(
    MHD_ContentReaderCallback read, void *context, MHD_ContentReaderFreeCallback release) {
  return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read, context, release);
}

/// What `sb_stream`'s reader says when all is written.
static inline ssize_t sb_stream_end(void) { return MHD_CONTENT_READER_END_OF_STREAM; }

static inline enum MHD_Result sb_yes(void) { return MHD_YES; }
static inline enum MHD_Result sb_no(void) { return MHD_NO; }

/// Whether a connection begins, and does not end.
static inline int sb_begins(enum MHD_ConnectionNotificationCode code) {
  return code == MHD_CONNECTION_NOTIFY_STARTED;
}

/// The port that a daemon listens on; 0 if it does not.
static inline uint16_t sb_daemon_port(struct MHD_Daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

/// What a daemon is started with.
struct sb_daemon {
  const struct sockaddr *address;
  int has_six;
  unsigned int connections, connections_per_client, threads;
  size_t connection_memory;
  void *context;
  MHD_AccessHandlerCallback accepted;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connection_changed;
  void *(*noticed)(void *context, const char *target, struct MHD_Connection *connection);
};

static inline void sb_silent(void *context, const char *format, va_list arguments) {
  (void)context, (void)format, (void)arguments;
}

/// Addresses are decoded by us, who see what was hidden in them.
static inline size_t sb_left_alone(void *context, struct MHD_Connection *connection, char *text) {
  (void)context, (void)connection;
  return __builtin_strlen(text);
}

static inline struct MHD_Daemon *sb_start_daemon(const struct sb_daemon *wanted) {
  const unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                             MHD_USE_ERROR_LOG | (wanted->has_six ? MHD_USE_IPv6 : 0);
  const unsigned int threads = wanted->threads > 1 ? wanted->threads : 0;
  return MHD_start_daemon(
      flags, 0, 0, 0, wanted->accepted, wanted->context,
      MHD_OPTION_EXTERNAL_LOGGER, &sb_silent, (void *)0,
      MHD_OPTION_SOCK_ADDR, wanted->address,
      MHD_OPTION_CONNECTION_LIMIT, wanted->connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, wanted->connections_per_client,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, wanted->connection_memory,
      MHD_OPTION_THREAD_POOL_SIZE, threads,
      MHD_OPTION_NOTIFY_COMPLETED, wanted->completed, wanted->context,
      MHD_OPTION_NOTIFY_CONNECTION, wanted->connection_changed, wanted->context,
      MHD_OPTION_URI_LOG_CALLBACK, wanted->noticed, wanted->context,
      MHD_OPTION_UNESCAPE_CALLBACK, &sb_left_alone, (void *)0,
      MHD_OPTION_END);
}

#endif
