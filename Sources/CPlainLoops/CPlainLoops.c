#include "CPlainLoops.h"
