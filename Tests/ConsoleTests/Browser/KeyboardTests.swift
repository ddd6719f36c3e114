import Foundation
import Testing

extension InBrowser {
  @Suite("Without a mouse, and with less motion") struct KeyboardAndMotion {
    /// What has the focus: the place of the scenario that its control writes, and its name.
    private func focus(_ window: Window) throws -> (path: String, label: String) {
      let found = try window.value(
        "[document.activeElement.closest('[data-path]')?.dataset.path ?? '', document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.slice(0, 80)]"
      )
      let parts = found as? [String] ?? []
      return (parts.first ?? "", parts.last ?? "")
    }

    @Test(
      "Tab leads from the first link to the stepper, keys change it, the focus stays where it was")
    func stepper() throws {
      try withDesk(end: 320) { window in
        try window.keys([.tab])
        #expect(try focus(window).label == "To the content")
        var steps = 0
        while try focus(window).path != "parameters.agents", steps < 60 {
          try window.keys([.tab])
          steps += 1
        }
        #expect(try focus(window) == ("parameters.agents", "One agent fewer"))
        try window.keys([.enter])
        try window.wait("document.querySelector('#code').value.includes('agents: 11,')")
        try window.waitForAnswer()
        #expect(try focus(window) == ("parameters.agents", "One agent fewer"))
        try window.keys([.tab])
        #expect(try focus(window) == ("parameters.agents", "Agents"))
        try window.keys([.up, .up])
        try window.wait("document.querySelector('#code').value.includes('agents: 13,')")
        try window.waitForAnswer()
        #expect(try focus(window) == ("parameters.agents", "Agents"))
        #expect(try window.value("document.activeElement.value") as? String == "13")
      }
    }

    @Test(
      "the link to the content leads to it and leaves the view", arguments: ["whatif", "start"])
    func skipping(view: String) throws {
      try withDesk { window in
        try window.turn(to: view)
        let address = try window.value("location.hash") as? String
        try window.run("document.querySelector('.skip').focus()")
        try window.keys([.enter])
        try window.wait("document.activeElement.id === 'main'")
        usleep(50_000)
        #expect(try window.value("location.hash") as? String == address)
        #expect(try window.holds("document.querySelector('#v-\(view)').checkVisibility()"))
      }
    }

    @Test("who wants less motion gets no transitions and a slow clock")
    func motion() throws {
      try withDesk { window in
        let duration = "getComputedStyle(document.querySelector('#answer')).transitionDuration"
        let speeds = "[...document.querySelectorAll('#wtools [name=speed]')].map(one => one.value)"
        #expect(try window.value(duration) as? String == "0.12s")
        try window.turn(to: "watch")
        try window.wait("document.querySelector('#wplay')")
        #expect(try window.value(speeds) as? [String] == ["10", "60", "180"])
        try window.emulate(["prefers-reduced-motion": "reduce"])
        #expect(try window.value(duration) as? String == "0s")
        try window.wait("document.querySelectorAll('#wtools [name=speed]').length === 1")
        #expect(try window.value(speeds) as? [String] == ["10"])
        #expect(try window.holds("document.querySelector('#wtools [name=speed]').checked"))
      }
    }
  }
}
