// The files of the page that `switchboard ui` serves, as they stand in `files/`, within the program.
#ifndef SWITCHBOARD_PAGES_H
#define SWITCHBOARD_PAGES_H

#include <stddef.h>

/// A file: its name within the page, its media type, and its bytes (no zero at the end).
typedef struct {
  const char *name;
  const char *type;
  const unsigned char *bytes;
  size_t count;
} switchboard_page;

/// The file at `index`; NULL after the last.
const switchboard_page *switchboard_page_at(size_t index);

#endif
