// libyaml's event interface, as Swift sees it.
#ifndef SWITCHBOARD_CYAML_SHIM_H
#define SWITCHBOARD_CYAML_SHIM_H

#include <yaml.h>

#endif
