/// Results of tests as continuous integration reads them: the XML that JUnit began and everybody takes.
public struct JUnitReport: Sendable {
  /// Tests that belong together.
  public struct Suite: Sendable {
    /// Its name.
    public var name: String
    /// Its tests in their order.
    public var tests: [Test] = []

    /// Names a suite.
    public init(name: String) { self.name = name }
  }

  /// One test.
  public struct Test: Sendable {
    /// What it is called.
    public var name: String
    /// The file that says what must be.
    public var file: String
    /// How long it took.
    public var seconds: Double
    /// What is wrong, in one line, and all that is to be said of it; nil if it passes.
    public var failure: (message: String, text: String)?

    /// Describes a test.
    public init(
      name: String, file: String, seconds: Double, failure: (message: String, text: String)? = nil
    ) {
      self.name = name
      self.file = file
      self.seconds = seconds
      self.failure = failure
    }
  }

  /// The suites in their order.
  public var suites: [Suite] = []

  /// Nothing yet.
  public init() {}

  /// The file's text.
  public var text: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let tests = suites.flatMap(\.tests)
    lines.append("<testsuites name=\"switchboard check\" \(Self.counts(tests))>")
    for suite in suites {
      lines.append("  <testsuite name=\"\(Self.plain(suite.name))\" \(Self.counts(suite.tests))>")
      for test in suite.tests { lines += Self.lines(of: test, in: suite) }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private static func counts(_ tests: [Test]) -> String {
    let seconds = tests.reduce(0) { $0 + $1.seconds }
    return
      "tests=\"\(tests.count)\" failures=\"\(tests.count { $0.failure != nil })\" errors=\"0\" "
      + "time=\"\(time(seconds))\""
  }

  private static func lines(of test: Test, in suite: Suite) -> [String] {
    let head =
      "    <testcase classname=\"\(plain(suite.name))\" name=\"\(plain(test.name))\" "
      + "file=\"\(plain(test.file))\" time=\"\(time(test.seconds))\""
    guard let failure = test.failure else { return [head + "/>"] }
    return [
      head + ">",
      "      <failure message=\"\(plain(failure.message))\">\(lined(failure.text))</failure>",
      "    </testcase>",
    ]
  }

  /// Seconds to the thousandth.
  private static func time(_ seconds: Double) -> String {
    let thousandths = Int64((max(0, seconds) * 1_000).rounded())
    let rest = "\(thousandths % 1_000)"
    return "\(thousandths / 1_000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  /// A text that XML takes: nothing that controls a terminal, nothing that ends an attribute.
  private static func plain(_ text: String) -> String { escaped(text) }

  private static func lined(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { plain(String($0)) }
      .joined(separator: "\n")
  }
}
