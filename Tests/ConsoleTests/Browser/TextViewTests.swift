import Foundation
import Testing

extension InBrowser {
  @Suite("The text, the file and the address") struct TextAndFile {
    /// The way called look first names this logic; a letter is missing after `Backspace`.
    private static let logic = "least_open, look_first"

    private func turnToText(_ window: Window) throws {
      try window.click("input[name=mode][value=text]")
      try window.wait("location.hash.endsWith('?mode=text')")
      #expect(try window.holds("document.querySelector('#code').checkVisibility()"))
      #expect(try window.holds("!document.querySelector('#fform').checkVisibility()"))
    }

    /// Puts the cursor behind what is found in the text.
    private func place(_ window: Window, behind words: String) throws {
      try window.run(
        """
        const code = document.querySelector('#code');
        const end = code.value.indexOf(arguments[0]) + arguments[0].length;
        code.focus();
        code.setSelectionRange(end, end)
        """, [words])
    }

    @Test("a broken word is marked, explained and repaired; the answer says that it is the old one")
    func repair() throws {
      try withDesk { window in
        try turnToText(window)
        #expect(try window.scenario == InBrowser.desk)
        #expect(try window.holds("document.querySelectorAll('#ink .sq, #gut .er').length === 0"))
        try place(
          window, behind: "least open and moves only to who should answer sooner, logic: least_ope")
        try window.keys([.backspace])
        #expect(try window.scenario.contains("logic: least_opn, look_first: true"))
        try window.wait("document.querySelector('#ink .sq')?.textContent.includes('least_opn')")
        try window.wait("document.querySelector('#prog [data-do=show]')")
        let said = try window.text("#edsay")
        #expect(said.contains("Line 17:") && said.contains("least_opn"))
        #expect(try window.text("#gut .er") == "!")
        #expect(try window.attribute("aria-invalid", of: "#code") == "true")
        #expect(
          try window.holds("document.querySelector('#answer').matches('.stale[aria-busy=true]')"))
        #expect(try window.text("#prog").contains("mistake"))
        #expect(try window.text("#edsay [data-repair]") == "put ‘least_open’")
        try window.click("#edsay [data-repair]")
        try window.wait("document.querySelectorAll('#ink .sq, #gut .er').length === 0")
        #expect(try window.scenario == InBrowser.desk)
        try window.waitForAnswer()
        #expect(try window.attribute("aria-invalid", of: "#code") == "false")
      }
    }

    @Test(
      "Ctrl+S writes the file as it stands; a reload keeps sitting, view and text; Back turns back")
    func saving() throws {
      try withDesk { window in
        try turnToText(window)
        try place(window, behind: "agents: 12")
        try window.keys([.backspace, "4"])
        let text = InBrowser.desk.replacing("agents: 12,", with: "agents: 14,")
        #expect(try window.scenario == text)
        try window.keys(["s"], holding: .control)
        try window.wait("document.querySelector('#saved').textContent === 'as in the file'")
        let file = window.page.folder.appending(path: "desk.yaml")
        #expect(try Data(contentsOf: file) == Data(text.utf8))
        let address = try window.value("location.hash") as? String
        try window.driver.ask("POST", "/refresh")
        try window.waitForAnswer()
        #expect(try window.value("location.hash") as? String == address)
        #expect(try window.scenario == text)
        #expect(try window.holds("document.querySelector('#code').checkVisibility()"))
        try window.turn(to: "start")
        try window.turn(to: "whatif")
        try window.turn(to: "start")
        for view in ["whatif", "start", "whatif"] {
          try window.driver.ask("POST", "/back")
          try window.wait(
            "document.querySelector('.nav [aria-current]').dataset.view === '\(view)'")
          #expect(try window.holds("document.querySelector('#v-\(view)').checkVisibility()"))
        }
        #expect(try window.value("location.hash") as? String == address)
      }
    }

    @Test("what changed on the disk meanwhile is written over only when the reader says so")
    func changedOnDisk() throws {
      try withDesk(allowing: ["409"]) { window in
        let file = window.page.folder.appending(path: "desk.yaml")
        try "theirs".write(to: file, atomically: true, encoding: .utf8)
        try window.click("[data-path='parameters.agents'] [data-by='1']")
        try window.wait("document.querySelector('#saved').textContent === '1 line changed'")
        try window.click("#save")
        try window.wait("document.querySelector('#ask').open")
        #expect(try window.text("#askh") == "The file has changed on disk")
        #expect(try String(contentsOf: file, encoding: .utf8) == "theirs")
        try window.press("Keep mine", in: "#ask")
        try window.wait("document.querySelector('#saved').textContent === 'as in the file'")
        let text = InBrowser.desk.replacing("agents: 12,", with: "agents: 13,")
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
      }
    }

    @Test(
      "a file that is gone is written again, one that is there is not written over by another name")
    func goneAndTaken() throws {
      try Window.open(["desk.yaml": InBrowser.desk], file: "desk.yaml", allowing: ["409"]) {
        window in
        let file = window.page.folder.appending(path: "desk.yaml")
        let saved = "document.querySelector('#saved').textContent === 'as in the file'"
        try window.wait("document.querySelector('[data-path=\"parameters.agents\"]')")
        try FileManager.default.removeItem(at: file)
        try window.click("[data-path='parameters.agents'] [data-by='1']")
        try window.wait("!(\(saved))")
        try window.click("#save")
        try window.wait("document.querySelector('#ask').open")
        #expect(try window.text("#askh") == "The file is gone from the disk")
        try window.press("Write it again", in: "#ask")
        try window.wait(saved)
        let written = try Data(contentsOf: file)
        #expect(try written == Data(window.scenario.utf8))
        // A scenario from Start has no file yet.
        try window.turn(to: "start")
        try window.wait("document.querySelector('[data-look]')")
        try window.click("[data-look]")
        try window.wait("document.querySelector('#saved')?.textContent === 'not saved yet'")
        try window.click("#save")
        try window.wait("document.querySelector('#ask').open")
        try window.run("document.querySelector('#askn').value = 'desk'")
        try window.press("Save", in: "#ask")
        try window.wait(
          "document.querySelector('#askh').textContent === 'There is a file of this name already'")
        try window.press("Another name", in: "#ask")
        try window.wait("document.querySelector('#askf').checkVisibility()")
        try window.run("document.querySelector('#askn').value = 'desk-2'")
        try window.press("Save", in: "#ask")
        try window.wait(saved)
        #expect(try Data(contentsOf: file) == written)
        let other = window.page.folder.appending(path: "desk-2.yaml")
        #expect(try String(contentsOf: other, encoding: .utf8) == window.scenario)
      }
    }
  }
}
