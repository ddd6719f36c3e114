import Measurement

/// The staffing curve for a terminal.
struct CurveTable: Sendable {
  let curve: PlanDocument.Curve
  let frame: AnswerFrame
  let glyphs: Glyphs

  var blocks: [[String]] { [] }
}
