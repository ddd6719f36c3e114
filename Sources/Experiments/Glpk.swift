#if canImport(CGLPK)
  import CGLPK

  /// The solver of integer programs.
  public enum Glpk {
    /// Its version.
    public static var version: String { unsafe String(cString: glp_version()) }
  }
#endif
