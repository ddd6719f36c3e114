import Measurement
import Reporting

/// How an answer is repeated on the command line, and handed on as a page.
struct HandOn {
  let sitting: String
  let document: ResultDocument

  var html: String {
    let words = document.repeatedBy + ["--replications", "\(document.replications)"]
    return
      "<a class=\"btn\" href=\"/v1/sittings/\(sitting)/report\" target=\"_blank\" rel=\"noopener\">Report page</a> "
      + "<code>" + markup(of: CommandText(words: words).line) + "</code>"
  }
}
