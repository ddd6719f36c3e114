import CPages
import Reporting
import Web

/// The page's own files, which are part of the program.
enum PageFiles {
  private static let all: [String: (type: String, body: [UInt8])] = {
    var files: [String: (type: String, body: [UInt8])] = [:]
    var place = 0
    // The table is a constant of the program; it ends where there is no file.
    while let page = unsafe switchboard_page_at(place) {
      let file = unsafe page.pointee
      let bytes = unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      unsafe files[String(cString: file.name)] = (String(cString: file.type), bytes)
      place += 1
    }
    return files
  }()

  static func file(_ name: String) -> WebResponse? {
    guard name != "index.html", let file = all[name] else { return nil }
    return WebResponse(contentType: file.type, body: name == "ui.css" ? style : file.body)
  }

  /// The look: the report's, as far as the page shows the same, and its own.
  private static let style: [UInt8] =
    Array(PageStyle.shared.utf8) + (all["ui.css"]?.body ?? []) + Array(PageStyle.sharedFolds.utf8)

  /// The page, with attributes of its body.
  static func shell(body: String) -> WebResponse {
    guard let file = all["index.html"] else {
      return .problem(500, "no page", "the program was built without its page")
    }
    let text = String(decoding: file.body, as: UTF8.self).replacing("{{BODY}}", with: body)
    return WebResponse(contentType: file.type, body: Array(text.utf8))
  }
}
