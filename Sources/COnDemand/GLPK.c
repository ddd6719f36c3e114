#if __has_include("/usr/include/glpk.h")
#include "/usr/include/glpk.h"

#include "Forward.h"

static struct sb_library the_library = {"libglpk.so.40", "libglpk.so", "libglpk40", 0};

FORWARD(int, glp_add_cols, (glp_prob * problem, int count), (problem, count))
FORWARD(int, glp_add_rows, (glp_prob * problem, int count), (problem, count))
FORWARD(glp_prob *, glp_create_prob, (void), ())
FORWARD(void, glp_delete_prob, (glp_prob * problem), (problem))
FORWARD(void, glp_init_iocp, (glp_iocp * settings), (settings))
FORWARD(int, glp_intopt, (glp_prob * problem, const glp_iocp *settings), (problem, settings))
FORWARD(void, glp_ios_terminate, (glp_tree * tree), (tree))
FORWARD(double, glp_mip_col_val, (glp_prob * problem, int column), (problem, column))
FORWARD(int, glp_mip_status, (glp_prob * problem), (problem))
FORWARD(void, glp_set_col_bnds, (glp_prob * problem, int column, int type, double low, double high),
        (problem, column, type, low, high))
FORWARD(void, glp_set_col_kind, (glp_prob * problem, int column, int kind), (problem, column, kind))
FORWARD(void, glp_set_mat_row,
        (glp_prob * problem, int row, int count, const int places[], const double values[]),
        (problem, row, count, places, values))
FORWARD(void, glp_set_obj_coef, (glp_prob * problem, int column, double value),
        (problem, column, value))
FORWARD(void, glp_set_obj_dir, (glp_prob * problem, int direction), (problem, direction))
FORWARD(void, glp_set_row_bnds, (glp_prob * problem, int row, int type, double low, double high),
        (problem, row, type, low, high))
FORWARD(int, glp_term_out, (int flag), (flag))
FORWARD(const char *, glp_version, (void), ())
#endif
