import Foundation
import Measurement
import Testing

@testable import Reporting

/// The page of a load test in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium is installed"))
struct `The page of a load test in a browser` {
  @Test(arguments: ["single", "limit", "ramp", "hostile", "several"], [1400, 800, 400])
  func `is complete and fits its window`(name: String, width: Int) throws {
    let document = try #require(LoadFixture.all.first { $0.name == name }?.document)
    let found = try Browser.inspect(document.page.html(document.head), width: width)
    #expect(found.width == width)
    #expect(found.scrollWidth <= width, "wider than its window")
    #expect(found.empty == [], "figures without a drawing")
    #expect(found.overlaps == [], "texts that cover each other")
    #expect(found.figures >= 2)
  }

  @Test func `makes the console say nothing`() throws {
    let document = LoadFixture.hostile()
    #expect(try Browser.messages(document.page.html(document.head)) == [])
  }

  /// Pictures for a reader, on request.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["PAGE_PICTURES"] != nil))
  func `is drawn for a reader`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["PAGE_PICTURES"])
    for (name, document) in LoadFixture.all {
      let file = folder + "/load-\(name).html"
      try document.page.html(document.head).write(toFile: file, atomically: true, encoding: .utf8)
      for columns in [80, 100] {
        let text = StudyAnswer(of: document, style: TerminalStyle(columns: columns)).text
        let answer = folder + "/load-\(name)-\(columns).txt"
        try text.write(toFile: answer, atomically: true, encoding: .utf8)
      }
      #expect(FileManager.default.fileExists(atPath: file))
    }
  }
}
