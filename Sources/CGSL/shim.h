// GSL, as Swift sees it: globals that Swift 6 cannot prove safe are wrapped in static inline functions.
#ifndef SWITCHBOARD_CGSL_SHIM_H
#define SWITCHBOARD_CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf.h>
#include <gsl/gsl_version.h>

/// The default error handler aborts the process: switch it off before anything else.
static inline void sb_gsl_errors_off(void) { gsl_set_error_handler_off(); }

static inline const char *sb_gsl_version_text(void) { return gsl_version; }

/// The name under which our counter-based streams appear as a generator of GSL.
static inline const char *sb_philox_name(void) { return "philox4x32-10"; }

/// GSL's usual generator, to compare with.
static inline const gsl_rng_type *sb_gsl_mt19937(void) { return gsl_rng_mt19937; }

/// The simplex method of Nelder and Mead for so many variables.
static inline gsl_multimin_fminimizer *sb_gsl_simplex(size_t n) {
  return gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
}

#endif
