extension Topic {
  /// The page as Markdown, without a line feed at its end.
  public var markdown: String {
    var text = """
      <!-- Made by `switchboard help \(name) --format markdown`, not by hand. -->

      # \(title)

      \(summary).

      """
    for block in blocks {
      switch block {
      case .heading(let heading): text += "\n## \(heading)\n"
      case .text(let paragraph): text += "\n\(paragraph)\n"
      case .entries(let entries): text += "\n" + Self.table(entries)
      case .code(let code, let reason):
        text +=
          "\n" + (reason.map { "<!-- not run: \($0) -->\n" } ?? "")
          + code.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
      }
    }
    return String(text.dropLast())
  }

  /// A table with the columns that something stands in.
  private static func table(_ entries: [Entry]) -> String {
    let takes = entries.contains { !$0.takes.isEmpty }
    let standard = entries.contains { $0.standard != nil }
    var head = ["", "meaning"]
    if takes { head.insert("takes", at: 1) }
    if standard { head.insert("default", at: head.count - 1) }
    var text = "| " + head.joined(separator: " | ") + " |\n"
    text += "|" + head.map { _ in "---|" }.joined() + "\n"
    for entry in entries {
      var cells = ["`\(entry.term)`", entry.about]
      if takes { cells.insert(entry.takes, at: 1) }
      if standard { cells.insert(entry.standard.map { "`\($0)`" } ?? "", at: cells.count - 1) }
      text += "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }
    return text
  }

  /// A bar would end a cell.
  private static func escaped(_ cell: String) -> String {
    cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
