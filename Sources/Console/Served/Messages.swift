import FoundationEssentials

/// What the page is told of a sitting.
struct SittingState: Encodable {
  struct Problem: Encodable {
    var line: Int
    var column: Int
    var length: Int
    var message: String
    var severity: String
    /// What is written instead at a click; nil where nobody can guess.
    var repair: String?
  }

  var sitting: String
  /// The path within the folder; nil for what was never saved.
  var file: String?
  var name: String
  var revision: Int
  var text: String
  var form: String
  var problems: [Problem]
  /// The lines that differ from the disk.
  var changed: [Int]
  var changes: String
  var isSaved: Bool
  /// The text that is on the disk where it is another: a page that goes on elsewhere takes it along.
  var saved: String?
  var canUndo: Bool
  var canRedo: Bool
  var pinned: Bool
  var isRunning: Bool
  /// Whether this change made the answer stale.
  var restarts: Bool
  /// What was read of an export, as markup; nil for any other sitting.
  var read: String?
}

/// A change that the form asks for.
struct FormEdit: Codable {
  enum Kind: String, Codable { case set, insert, remove, rename, duplicate, move }
  var `do`: Kind
  var path: String
  var value: String?
  var key: String?
  var to: Int?
}

/// What the page may ask of a sitting.
enum Asked {
  struct Opening: Decodable {
    var file: String?
    /// What a page has that another program served, and what was on the disk then.
    var text: String?
    var saved: String?
    var way: String?
    var agents: Int?
    var volume: Int?
    var `import`: String?
    var name: String?
  }

  struct Edit: Decodable {
    var revision: Int
    var edits: [FormEdit]
  }

  struct Text: Decodable {
    var revision: Int
    var text: String
  }

  struct Repair: Decodable {
    var revision: Int
    var problem: Int
  }

  struct Nothing: Decodable {}

  struct Pin: Decodable { var pinned: Bool }

  struct Save: Decodable {
    var anyway: Bool?
    var `as`: String?
  }
}

/// What is told while runs come in.
struct PageEvent: Encodable {
  /// `answer`; `part`, which changes a fragment and leaves the answer as old as it is; `stale`; `state`.
  var kind: String
  var revision: Int
  var look: Int?
  var html: [String: String]?
  var why: String?
  /// The verdict for those who hear it, at looks only.
  var speak: String?

  /// The first runs are under way, and no answer yet.
  static func beginning(_ revision: Int, _ done: Int, of all: Int) -> PageEvent {
    let words = "<span><b>\(done)</b> of the first \(all) runs.</span><span></span>"
    // The line is there from the start, so that nothing below it moves.
    let track = "<span class=\"track\" aria-hidden=\"true\"></span>"
    return PageEvent(kind: "part", revision: revision, html: ["progress": words + track])
  }
}

/// JSON as the page and the program exchange it.
enum Wire {
  static func text(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }

  static func read<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) -> Value? {
    try? JSONDecoder().decode(type, from: Data(body))
  }
}
