import Glibc
import VirtualTime

/// `Benchmarks list` and `Benchmarks [name...] [--customers N] [--repeats N] [--alone]`.
enum CommandLineTool {
  static func run(_ arguments: [String]) -> Int32 {
    var settings = Settings()
    var chosen: [Benchmark] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "list":
        for benchmark in benchmarks {
          print(pad(benchmark.name, 14) + benchmark.summary)
        }
        return 0
      case "--alone": settings.isAlone = true
      case "--customers", "--repeats":
        guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
          return usage("\(argument) wants a whole number above zero")
        }
        if argument == "--customers" {
          settings.customers = value
        } else {
          settings.repeats = value
        }
      default:
        let found = benchmarks.filter { $0.name == argument }
        if found.isEmpty { return usage("no benchmark is called '\(argument)'") }
        chosen += found
      }
    }
    print(header)
    for benchmark in chosen.isEmpty ? benchmarks : chosen {
      for row in benchmark.measure(settings) { print(line(row)) }
      fflush(nil)
    }
    return 0
  }

  private static func usage(_ problem: String) -> Int32 {
    let text = """
      Benchmarks: \(problem).
      Usage: Benchmarks list | Benchmarks [name...] [--customers N] [--repeats N] [--alone]

      """
    _ = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe write(2, $0.baseAddress, $0.count)
    }
    return 2
  }

  private static let header =
    pad("benchmark", 14) + lead("events", 12) + lead("Mevents/s", 12) + lead("ns/event", 11)
    + lead("peak MB", 10) + lead("of plain C", 12)

  private static func line(_ row: Row) -> String {
    let perEvent = row.seconds * 1e9 / Double(max(1, row.events))
    let peak = row.peakBytes.map { fixed(Double($0) / 1_048_576, 1) } ?? "-"
    let ratio = row.plainSeconds.map { fixed($0 / row.seconds, 2) } ?? "-"
    return pad(row.name, 14) + lead(String(row.events), 12) + lead(fixed(1e3 / perEvent, 2), 12)
      + lead(fixed(perEvent, 1), 11) + lead(peak, 10) + lead(ratio, 12)
      + (row.note.isEmpty ? "" : "   " + row.note)
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func lead(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }

  static func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let units = Instant.nanoseconds(fromSeconds: value * scale * 1e-9)
    if decimals == 0 { return String(units) }
    let (whole, part) = units.quotientAndRemainder(dividingBy: Int64(scale))
    let digits = String(part.magnitude)
    let zeros = String(repeating: "0", count: decimals - digits.count)
    return "\(whole).\(zeros)\(digits)"
  }
}
