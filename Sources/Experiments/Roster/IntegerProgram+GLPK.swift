import Synchronization

#if canImport(CGLPK)
  import CGLPK

  extension IntegerProgram {
    /// Whether the solver is there.
    public static var isAvailable: Bool { true }

    /// The solver and its version.
    public static var solver: String { unsafe "GLPK " + String(cString: glp_version()) }

    /// Whether GLPK keeps its state for each thread depends on how it was built: one at a time is safe.
    private static let turn = Mutex(())

    /// The numbers with the smallest sum of weights, by branch and bound.
    func solved(for weights: [Double], _ interruption: Interruption) -> Outcome {
      guard !costs.isEmpty else {
        return rows.allSatisfy { $0.holds([]) } ? .optimum([]) : .infeasible
      }
      return Self.turn.withLock { _ in branchAndBound(weights, interruption) }
    }

    private func branchAndBound(_ weights: [Double], _ interruption: Interruption) -> Outcome {
      glp_term_out(GLP_OFF)
      guard let problem = unsafe glp_create_prob() else { return .failed("GLPK has no memory") }
      defer { unsafe glp_delete_prob(problem) }
      unsafe load(weights, into: problem)
      var how = unsafe glp_iocp()
      unsafe glp_init_iocp(&how)
      unsafe how.msg_lev = GLP_MSG_OFF
      unsafe how.presolve = GLP_ON
      // The two search trees differ in what they find first, not in the optimum.
      unsafe how.cb_func = { tree, watched in
        guard let watched = unsafe watched else { return }
        if unsafe Unmanaged<Interruption>.fromOpaque(watched).takeUnretainedValue().isSet {
          unsafe glp_ios_terminate(tree)
        }
      }
      unsafe how.cb_info = unsafe Unmanaged.passUnretained(interruption).toOpaque()
      let code = withExtendedLifetime(interruption) { unsafe glp_intopt(problem, &how) }
      switch code {
      case 0: break
      case GLP_ENOPFS: return .infeasible
      case GLP_ESTOP: return .interrupted
      default: return .failed("GLPK ended with code \(code)")
      }
      switch unsafe glp_mip_status(problem) {
      case GLP_OPT: break
      case GLP_NOFEAS: return .infeasible
      case let status: return .failed("GLPK ended with status \(status)")
      }
      let numbers = costs.indices.map { index in
        Int(unsafe glp_mip_col_val(problem, Int32(index + 1)).rounded())
      }
      return .optimum(numbers)
    }

    private func load(_ weights: [Double], into problem: OpaquePointer) {
      unsafe glp_set_obj_dir(problem, GLP_MIN)
      unsafe glp_add_cols(problem, Int32(costs.count))
      for (index, weight) in weights.enumerated() {
        let column = Int32(index + 1)
        unsafe glp_set_col_kind(problem, column, GLP_IV)
        let kind = atMost[index] == 0 ? GLP_FX : GLP_DB
        unsafe glp_set_col_bnds(problem, column, kind, 0, Double(atMost[index]))
        unsafe glp_set_obj_coef(problem, column, weight)
      }
      guard !rows.isEmpty else { return }
      unsafe glp_add_rows(problem, Int32(rows.count))
      for (index, row) in rows.enumerated() {
        // GLPK counts from 1 and passes over the first entry.
        var columns: [Int32] = [0]
        var values: [Double] = [0]
        for (place, value) in row.coefficients.enumerated() where value != 0 {
          columns.append(Int32(place + 1))
          values.append(value)
        }
        unsafe glp_set_mat_row(
          problem, Int32(index + 1), Int32(columns.count - 1), columns, values)
        unsafe glp_set_row_bnds(problem, Int32(index + 1), GLP_LO, row.atLeast, 0)
      }
    }
  }
#else
  extension IntegerProgram {
    /// Whether the solver is there.
    public static var isAvailable: Bool { false }

    /// The solver and its version.
    public static var solver: String { "none" }

    func solved(for weights: [Double], _ interruption: Interruption) -> Outcome {
      .failed(Self.advice)
    }
  }
#endif
