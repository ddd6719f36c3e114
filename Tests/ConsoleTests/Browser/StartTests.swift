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
        #expect(try window.holds("!document.querySelector('#ask').open"))
        let file = window.page.folder.appending(path: "mine.yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == window.scenario)
      }
    }

    private static let broken = [
      "ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE", "503",
    ]

    @Test("when the program stops, the page says so, keeps the answer and waits for it")
    func stopped() throws {
      try withDesk(allowing: Self.broken) { window in
        let controls =
          "['#fform', '#prog', '#hand', '#state'].map(one => document.querySelector(one).inert)"
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

    @Test("started again on the same port, the program goes on with what was typed, and Save asks")
    func startedAgain() throws {
      try withDesk(allowing: Self.broken + ["401", "404", "409"]) { window in
        let file = window.page.folder.appending(path: "desk.yaml")
        let more =
          "document.querySelector(\"[data-path='parameters.agents'] [data-by='1']\").click()"
        try window.run(more)
        try window.wait("document.querySelector('#saved').textContent === '1 line changed'")
        let before = try window.value("location.hash") as? String ?? ""
        try window.click("input[name=mode][value=text]")
        try window.run(
          "const code = document.querySelector('#code'); code.focus(); code.setSelectionRange(0, 0)"
        )
        // Neither the last key nor the click reaches the program, which is about to end.
        try window.keys("# mine".map { Key(rawValue: String($0)) } + [.enter])
        let server = window.page.server
        let end = Thread { server.stop() }
        end.start()
        usleep(20_000)
        try window.click("input[name=mode][value=form]")
        try window.run(more)
        try window.wait("document.querySelector('#gone').checkVisibility()")
        while !end.isFinished { usleep(2_000) }
        try window.click("input[name=mode][value=text]")
        let typed = "# mine\n" + InBrowser.desk.replacing("agents: 12,", with: "agents: 13,")
        #expect(try window.scenario == typed)
        // It can be read and copied, but not changed.
        #expect(
          try window.holds("document.querySelector('#code').matches(':read-only:not([inert] *)')"))
        try "theirs".write(to: file, atomically: true, encoding: .utf8)
        let again = try ServedPage(after: window.page)
        // Its address has another token, which only its reader can bring here.
        try window.wait("document.querySelector('#gone').textContent.includes('printed last')")
        #expect(try window.scenario == typed)
        try window.visit("/?token=\(again.token)")
        try window.wait("!document.querySelector('#gone').checkVisibility()")
        let text = typed.replacing("agents: 13,", with: "agents: 14,")
        try window.wait("document.querySelector('#code').value === \(quoted(text))")
        try window.wait(
          "document.querySelector('#notice').textContent.includes('goes on with your text')")
        try window.waitForAnswer()
        let address = try window.value("location.hash") as? String ?? ""
        #expect(address != before && address.hasSuffix("?mode=text"))
        #expect(try window.text("#saved") == "2 lines changed")
        #expect(try window.holds("!document.querySelector('#code').readOnly"))
        try window.click("#save")
        try window.wait("document.querySelector('#ask').open")
        #expect(try window.text("#askh") == "The file has changed on disk")
        try window.press("Keep mine", in: "#ask")
        try window.wait("document.querySelector('#saved').textContent === 'as in the file'")
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
        // An address of before names the same.
        try window.run("location.hash = arguments[0]", [before])
        try window.wait("document.querySelector('#fform').checkVisibility()")
        #expect(try window.scenario == text)
        withExtendedLifetime(again) {}
      }
    }
  }
}
