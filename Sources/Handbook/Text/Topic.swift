/// A page of the reference: what can be said in files and asked of results, made from the tables that
/// read and write them.
public struct Topic: Sendable {
  /// How it is asked for: `help metrics`.
  public let name: String
  /// The head of its page.
  public let title: String
  /// One line for the list of topics.
  public let summary: String
  /// What is on it.
  public let blocks: [Block]

  /// A part of a page.
  public enum Block: Sendable {
    /// The head of a section.
    case heading(String)
    /// A paragraph; words between grave accents are to be typed.
    case text(String)
    /// What can be written, each with what it takes and means.
    case entries([Entry])
    /// An example as it would be typed, and why `.ci/documents` cannot try it, where it cannot.
    case code(String, notRun: String? = nil)
  }

  /// A key, a name, a column, a code: one thing that can be written or read.
  public struct Entry: Sendable {
    /// As it is written.
    public let term: String
    /// What may stand there; empty where the term stands alone.
    public let takes: String
    /// What is meant if it is left out; nothing if it must be there, or cannot be left out.
    public let standard: String?
    /// What it means.
    public let about: String

    /// One thing that can be written or read.
    public init(_ term: String, takes: String = "", standard: String? = nil, _ about: String) {
      self.term = term
      self.takes = takes
      self.standard = standard
      self.about = about
    }
  }

  /// A page.
  public init(_ name: String, _ title: String, _ summary: String, _ blocks: [Block]) {
    self.name = name
    self.title = title
    self.summary = summary
    self.blocks = blocks
  }

  /// Its parts, each with the heading that it stands under.
  var sections: [(heading: String, blocks: [Block])] {
    var sections: [(heading: String, blocks: [Block])] = [(title, [])]
    for block in blocks {
      if case .heading(let heading) = block {
        sections.append((heading, []))
      } else {
        sections[sections.count - 1].blocks.append(block)
      }
    }
    return sections
  }

  /// Everything that is explained on it, with the heading that it stands under.
  var entries: [(heading: String, entry: Entry)] {
    sections.flatMap { section in
      section.blocks.flatMap { block -> [(String, Entry)] in
        guard case .entries(let entries) = block else { return [] }
        return entries.map { (section.heading, $0) }
      }
    }
  }
}
