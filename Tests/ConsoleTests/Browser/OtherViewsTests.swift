import Foundation
import Testing

extension InBrowser {
  @Suite("Plan and Watch") struct OtherViews {
    @Test("Plan fills: how many agents, the day in quarters of an hour, what a promise costs")
    func plan() throws {
      try withDesk { window in
        try window.turn(to: "plan")
        try window.wait(
          "['#pverdict', '#promise', '#pstep', '#ptab', '#pprice'].every(one => document.querySelector(one).textContent.trim()) && !document.querySelector('#v-plan.stale')"
        )
        #expect(try window.holds("document.querySelector('#pstep svg').checkVisibility()"))
        #expect(try window.holds("document.querySelectorAll('#ptab tr').length > 1"))
        // Another promise is another answer.
        let before = try window.text("#pverdict")
        try window.run(
          """
          const field = document.querySelector('#promise input[data-plan=goal]');
          field.value = +field.value - 20;
          field.dispatchEvent(new Event('change', { bubbles: true }))
          """)
        try window.wait("location.hash.includes('goal=')")
        try window.wait(
          "document.querySelector('#pverdict').textContent !== \(quoted(before)) && !document.querySelector('#v-plan.stale')"
        )
      }
    }

    @Test("Watch shows the hour, plays by Space, goes to the next move by N, tells stories")
    func watch() throws {
      try withDesk { window in
        try window.turn(to: "watch")
        try window.wait("document.querySelectorAll('#sides canvas').length === 2")
        try window.wait("!document.querySelector('#v-watch.stale')")
        // More than one colour stands on each canvas.
        let colours =
          "[...document.querySelectorAll('#sides canvas')].map(one => new Set(new Uint32Array(one.getContext('2d').getImageData(0, 0, one.width, one.height).data.buffer)).size)"
        for count in try window.value(colours) as? [Int] ?? [] { #expect(count > 4) }
        #expect(try window.text("#wverdict").count > 10)
        let clock = try window.text("#wclock")
        #expect(try window.text("#wplay") == "Play")
        try window.run("document.querySelector('#main').focus()")
        try window.keys([" "])
        try window.wait("document.querySelector('#wclock').textContent !== \(quoted(clock))")
        #expect(try window.text("#wplay") == "Pause")
        try window.keys([" "])
        #expect(try window.text("#wplay") == "Play")
        try window.keys(["n"])
        try window.wait("document.querySelectorAll('#story .told .tale li').length > 2")
        let moved = try window.text("#say")
        #expect(moved.contains("moved from agent"))
        try window.click("#log summary")
        try window.wait("document.querySelectorAll('#loglist li').length > 50")
        let title = try window.text("#story h2")
        let chosen = "#loglist li:nth-child(3) [data-key]"
        let number = try window.text(chosen)
        #expect(!title.hasPrefix("Conversation \(number):"))
        try window.click(chosen)
        try window.wait("document.querySelector('#story h2').textContent !== \(quoted(title))")
        #expect(try window.text("#story h2").contains(number))
        #expect(try window.holds("location.hash.includes('select=')"))
      }
    }
  }
}
