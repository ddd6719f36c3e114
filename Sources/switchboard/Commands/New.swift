import Glibc
import Handbook
import Measurement
import Reporting

extension Command {
  /// Writes a scenario to begin with.
  static let new = Command(
    name: "new", summary: "Write a commented scenario to begin with",
    operands: "NAME", operandCount: 1...1, options: [.template],
    details: """
      NAME alone asks six questions on a terminal and writes the desk that you describe; where nobody
      can be asked it writes the shortest scenario that is of use. A file that is there is not touched.

      TEMPLATES:
      \(Starter.all.map { "  " + padded($0.name, 22) + $0.summary }.joined(separator: "\n"))
      """,
    example: "switchboard new desk --template least-open"
  ) { arguments, terminal in
    NewScenario(path: arguments.positionals[0], template: arguments.text(.template))
      .write(quietly: arguments.has(.quiet))
  }
}

extension OptionSpec {
  static let template = OptionSpec(
    name: "template", placeholder: "T", value: .choice(Starter.all.map(\.name)),
    help: "One of the platform's own workflow templates, on a small desk")
}

/// A scenario that is about to be written.
struct NewScenario {
  /// Where it goes.
  var file: String
  /// What people call it.
  var title: String
  private let template: String?

  init(path: String, template: String?) {
    let isNamed = [".yaml", ".yml"].contains { path.hasSuffix($0) && path.count > $0.count }
    file = isNamed ? path : path + ".yaml"
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.prefix { $0 != "." }
    title = String(stem.map { $0 == "-" || $0 == "_" ? " " : $0 })
    if trimmed(title).isEmpty { title = "Desk" }
    self.template = template
  }

  /// Writes it, unless something is there already.
  func write(quietly: Bool) -> ExitCode {
    guard unsafe access(file, F_OK) != 0 else {
      complain(
        "switchboard: error: '\(printable(file))' is there already and is not written over; "
          + "choose another name or remove it")
      return .usage
    }
    guard let text = text() else {
      complain("switchboard: nothing was written")
      return .usage
    }
    if let problem = create(text) {
      complain("switchboard: error: \(problem)")
      return .usage
    }
    if !quietly {
      let path = CommandText(words: [file]).line
      say(
        """
        \(printable(file)) is written. Next:
          switchboard compare \(path)      every strategy on the same customers
          switchboard validate \(path)     after you have changed something
        """)
    }
    return .done
  }

  /// The text: of the template, of the answers, or the shortest; nil if the questions were broken off.
  private func text() -> String? {
    if let starter = Starter.all.first(where: { $0.name == template }) {
      return addressed(starter.file(title: title))
    }
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      return addressed(Starter.shortest(title: title))
    }
    return answered().map { addressed($0.file(title: title)) }
  }

  /// The commands in the file's first lines, as they are to be typed for it.
  private func addressed(_ text: String) -> String {
    text.replacing(" FILE", with: " " + CommandText(words: [file]).line)
  }

  private func answered() -> DeskAnswers? {
    var answers = DeskAnswers()
    say("Six questions; return takes what stands in brackets.")
    for question in DeskQuestion.allCases {
      while true {
        put(question.text(answers), to: STDOUT_FILENO)
        guard let line = readLine() else {
          say("")
          return nil
        }
        guard let problem = question.take(line, into: &answers) else { break }
        say("  " + printable(problem))
      }
    }
    return answers
  }

  /// Makes the file and no other: what comes there meanwhile is not written over.
  private func create(_ text: String) -> String? {
    let place = "'\(printable(file))' cannot be written"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      let why = unsafe strerror(errno).map { unsafe String(cString: $0) }
      return place + (why.map { ": " + $0 } ?? "")
    }
    let isWhole = put(text, to: descriptor)
    guard close(descriptor) == 0, isWhole else {
      unsafe unlink(file)
      return place
    }
    return nil
  }
}
