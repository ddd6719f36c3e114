import Measurement
import Reporting

/// How an answer is repeated on the command line, and handed on as a page.
struct HandOn {
  let sitting: String
  let document: ResultDocument
  /// The file that a command can name; nil for what was never saved.
  let file: String?

  var html: String {
    let named = file.map { document.repeatedBy.dropLast() + [$0] } ?? document.repeatedBy
    let words = named + ["--replications", "\(document.replications)"]
    return
      "<a class=\"btn\" href=\"/v1/sittings/\(sitting)/report\" target=\"_blank\" rel=\"noopener\">Report page</a> "
      + (file != nil ? "" : "<span class=\"note\">Once it is saved under this name:</span> ")
      + "<code>" + CommandMarkup.html(CommandText(words: words).line) + "</code>"
  }
}

/// A command as it stands on the page.
enum CommandMarkup {
  /// A line may break between words, but not behind the two dashes of an option.
  static func html(_ line: String) -> String {
    line.split(separator: " ", omittingEmptySubsequences: false)
      .map { word in
        let text = markup(of: String(word))
        return word.hasPrefix("--") ? "<span class=\"opt\">\(text)</span>" : text
      }.joined(separator: " ")
  }
}
