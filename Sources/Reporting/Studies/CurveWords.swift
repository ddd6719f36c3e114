import Measurement

/// What the staffing curve says in words.
struct CurveWords: Sendable {
  let curve: PlanDocument.Curve

  init(_ curve: PlanDocument.Curve) { self.curve = curve }

  var sentences: [String] { [] }
}
