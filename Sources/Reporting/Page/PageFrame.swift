/// What stands around every page: its head, its look, its one script.
enum PageFrame {
  /// Everything up to the page's own words.
  static func top(title: String) -> String {
    var html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    html += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
    // Nothing is loaded, and no script but ours runs, whatever a scenario's names contain.
    html += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    html += "style-src 'unsafe-inline'; script-src 'sha256-\(PageScript.digest)'; "
    html += "base-uri 'none'; form-action 'none'\">\n"
    html += "<title>" + escaped(title) + "</title>\n"
    html += "<style>\n" + PageStyle.text + "</style>\n</head>\n"
    return html + "<body>\n<main>\n"
  }

  /// Everything after them.
  static func bottom(version: String) -> String {
    "<footer>Made by switchboard " + escaped(version) + ".</footer>\n</main>\n"
      + "<script>" + PageScript.text + "</script>\n</body>\n</html>\n"
  }
}
