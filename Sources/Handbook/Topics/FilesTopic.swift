import Experiments
import Reporting

extension Handbook {
  static let files = Topic(
    "files", "Files that are written", "Every file with its columns",
    [
      .text(
        "CSV is RFC 4180 with a header and line feeds; seconds and shares (0 to 1) are plain decimals, units stand "
          + "last in a column's name; an empty cell does not apply. Columns are only ever added at the end."
      )
    ]
      + WrittenFile.all.flatMap { file -> [Topic.Block] in
        blocks(file.name, file.about, file.columns.map { Topic.Entry($0.name, $0.about) })
      }
      + blocks(
        "conversations/STRATEGY-RUN.csv",
        "The platform's own export of conversations; with `--conversations`.",
        ConversationExport.columns.map { Topic.Entry($0.key, $0.value) })
      + blocks(
        "assignments.csv", "Every change of an assignee; with `--conversations`.",
        AssignmentExport.columns.map { Topic.Entry($0.key, $0.value) }))

  private static func blocks(
    _ name: String, _ about: String, _ entries: [Topic.Entry]
  ) -> [Topic.Block] {
    [.heading("`\(name)`"), .text(about)] + (entries.isEmpty ? [] : [.entries(entries)])
  }
}
