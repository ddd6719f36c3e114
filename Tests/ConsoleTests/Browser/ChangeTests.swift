import Foundation
import Testing

extension InBrowser {
  @Suite("Changing what is assumed") struct Changes {
    @Test("one agent more by the stepper: the answer turns stale, then a new one comes")
    func stepper() throws {
      try withDesk { window in
        #expect(try window.text("#saved") == "as in the file")
        let before = try window.text("#goals")
        // A change is stale for an instant only: somebody must be watching.
        try window.run(
          """
          window.stale = window.early = 0;
          new MutationObserver(() => {
            const isStale = document.querySelector('#answer').matches('.stale');
            window.stale += isStale;
            // The old answer is not as good as new while the first runs are under way.
            window.early += !isStale && document.querySelector('#prog').textContent.includes('of the first');
          }).observe(document.querySelector('#answer'), { attributes: true, attributeFilter: ['class'] })
          """)
        try window.click("[data-path='parameters.agents'] [data-by='1']")
        try window.wait("document.querySelector('#saved').textContent === '1 line changed'")
        try window.wait("window.stale > 0")
        try window.waitForAnswer()
        try window.wait("document.querySelector('#goals').textContent !== \(quoted(before))")
        #expect(try window.holds("window.early === 0"))
        let text = try window.scenario
        #expect(text == InBrowser.desk.replacing("agents: 12,", with: "agents: 13,"))
        #expect(text.contains("agents: 13"))
        // Not saved by itself.
        let file = try String(
          contentsOf: window.page.folder.appending(path: "desk.yaml"), encoding: .utf8)
        #expect(file == InBrowser.desk)
      }
    }

    @Test("a way of assigning is copied, stands in the answer, is removed and comes back by Undo")
    func ways() throws {
      try withDesk { window in
        let copied = "document.querySelector('#table').textContent.includes('look first 2')"
        #expect(try !window.holds(copied))
        try window.press("Copy look first", in: "#fform")
        try window.wait(copied)
        try window.press("Remove look first 2", in: "#fform")
        try window.wait("!(\(copied))")
        #expect(try window.scenario == InBrowser.desk)
        try window.click("#undo")
        try window.wait(copied)
        try window.click("#undo")
        try window.wait("!(\(copied))")
        #expect(try window.scenario == InBrowser.desk)
        #expect(try window.text("#saved") == "as in the file")
      }
    }

    static let ring = "[role=slider][data-path$='profile.10:00']"

    private func rate(_ window: Window) throws -> Int {
      Int(try window.attribute("aria-valuenow", of: Self.ring)) ?? -1
    }

    /// The text with another rate at ten, and nothing else changed.
    private func desk(_ rate: Int) -> String {
      InBrowser.desk.replacing("\"10:00\": 150 per hour", with: "\"10:00\": \(rate) per hour")
    }

    @Test("a ring of the profile is dragged by the pointer and moved by arrow keys")
    func ring() throws {
      try withDesk(end: 320) { window in
        #expect(try rate(window) == 150)
        try window.drag(Self.ring, down: 20)
        try window.wait("!document.querySelector('#answer.stale')")
        let dragged = try rate(window)
        // Twenty pixels down on a scale that shows some 200 customers on about 75 pixels.
        #expect((60...130).contains(dragged))
        try window.wait("document.querySelector('#code').value.includes('10:00\": \(dragged) per')")
        #expect(try window.scenario == desk(dragged))
        let step = Int(try window.attribute("data-step", of: Self.ring)) ?? 0
        #expect(step > 0)
        try window.keys([.up, .up, .down, .up])
        #expect(try rate(window) == dragged + 2 * step)
        let words = try window.attribute("aria-valuetext", of: Self.ring)
        #expect(words == "\(dragged + 2 * step) an hour")
        try window.wait(
          "document.querySelector('#code').value.includes('10:00\": \(dragged + 2 * step) per')")
        try window.waitForAnswer()
        #expect(try window.scenario == desk(dragged + 2 * step))
        #expect(try window.holds("document.activeElement.matches(\"\(Self.ring)\")"))
        #expect(try window.text("#saved") == "1 line changed")
      }
    }

    @Test("the goal in the figure is moved by keys: other verdicts on the same runs")
    func goal() throws {
      try withDesk { window in
        let line = "#mainfig svg.w [role=slider]"
        #expect(try window.attribute("aria-valuenow", of: line) == "80")
        try window.run("document.querySelector(arguments[0]).focus()", [line])
        try window.keys([.left, .left])
        try window.wait("document.querySelector('#code').value.includes('within(5 min) >= 79%')")
        #expect(try window.scenario == InBrowser.desk.replacing(">= 80%", with: ">= 79%"))
        try window.wait("document.querySelector('#goals').textContent.includes('>= 79%')")
        #expect(try window.holds("!document.querySelector('#answer.stale')"))
      }
    }
  }
}

/// A text as a literal of the page's script.
func quoted(_ text: String) -> String {
  let data = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data()
  return "(\(String(decoding: data, as: UTF8.self)))[0]"
}
