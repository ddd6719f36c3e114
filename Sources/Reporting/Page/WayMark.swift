/// The line and the mark that a strategy has in every figure, by its place in the file.
public enum WayMark {
  /// The drawing of a strategy among so many, the baseline first.
  public static func html(_ place: Int, of count: Int) -> String {
    html(StrategyStyle(slot: slot(place, of: count)))
  }

  /// The number of its hue: the class `x0t` to `x4t` colours its name.
  public static func slot(_ place: Int, of count: Int) -> Int {
    count == 1 ? 2 : place == 0 ? 0 : 1 + (place - 1) % 4
  }

  static func html(_ style: StrategyStyle) -> String {
    var svg = SVG()
    svg.line(style.line, 0, 10, 46, 10)
    svg.mark(style, 23, 10, 5.5)
    return "<svg viewBox=\"0 0 46 20\" aria-hidden=\"true\">" + svg.body + "</svg>"
  }
}
