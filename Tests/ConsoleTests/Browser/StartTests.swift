import Foundation
import Testing

@testable import Web

extension InBrowser {
  @Suite("From nothing to a file, and the end of the program") struct FirstAndLast {
    private static let first =
      "document.querySelector('#first').textContent.trim() && !document.querySelector('#first.stale')"

    @Test("three answers in an empty folder, a first answer, a closer look, a file")
    func start() throws {
      try Window.open { window in
        #expect(try window.value("location.hash") as? String == "#start")
        try window.wait(Self.first)
        let before = try window.text("#first")
        try window.click("#v-start input[name=way]:not(:checked)")
        try window.click("[data-start=agents] [data-by='1']")
        try window.click("[data-start=volume] [data-by='10']")
        try window.wait(
          "\(Self.first) && document.querySelector('#first').textContent !== \(quoted(before))")
        try window.wait("document.querySelector('[data-look]')")
        let agents = try window.value("document.querySelector('[data-start=agents] input').value")
        try window.click("[data-look]")
        try window.wait("document.querySelector('#v-whatif').checkVisibility()")
        try window.waitForAnswer()
        #expect(try window.scenario.contains("agents: \(agents)"))
        #expect(try window.text("#saved") == "not saved yet")
        #expect(try FileManager.default.contentsOfDirectory(atPath: window.page.folder.path) == [])
        try window.click("#save")
        try window.wait("document.querySelector('#ask').open")
        try window.run("document.querySelector('#askn').value = ''")
        try window.keys("mine".map { Key(rawValue: String($0)) } + [.enter])
        try window.wait("document.querySelector('#saved').textContent === 'as in the file'")
        #expect(try window.text("#fpath") == "mine.yaml")
        let file = window.page.folder.appending(path: "mine.yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == window.scenario)
      }
    }

    @Test("when the program stops, the page says so, keeps the answer and waits for it")
    func stopped() throws {
      let broken = ["ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE"]
      try withDesk(allowing: broken) { window in
        let controls =
          "['#form', '#prog', '#hand', '#state'].map(one => document.querySelector(one).inert)"
        #expect(try window.value(controls) as? [Bool] == [false, false, false, false])
        let verdict = try window.text("#verdict")
        window.page.server.stop()
        try window.wait("document.querySelector('#gone').checkVisibility()")
        #expect(try window.text("#gone") == "Switchboard has stopped; this answer stands.")
        #expect(try window.value(controls) as? [Bool] == [true, true, true, true])
        #expect(throws: (any Error).self) {
          try window.click("[data-path='parameters.agents'] [data-by='1']")
        }
        #expect(try window.text("#verdict") == verdict)
        #expect(try window.scenario == InBrowser.desk)
      }
    }
  }
}
