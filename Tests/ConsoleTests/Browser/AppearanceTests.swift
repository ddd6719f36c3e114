import Foundation
import Testing

extension InBrowser {
  @Suite("How every view looks, wide and narrow, by day and by night") struct Appearance {
    private static let views = ["start", "whatif", "text", "plan", "watch"]

    /// A view with everything in it.
    private func show(_ view: String, in window: Window) throws {
      let mode = try window.value("document.querySelector('#ftext').hidden") as? Bool == true
      try window.turn(to: view == "text" ? "whatif" : view)
      if view == "text" || view == "whatif", mode == (view == "text") {
        try window.click("input[name=mode][value=\(view == "text" ? "text" : "form")]")
      }
      let content = [
        "start": "document.querySelector('#first').textContent.trim()",
        "plan": "document.querySelector('#pprice svg')",
        "watch": "document.querySelectorAll('#sides canvas').length === 2",
      ]
      try window.wait(content[view] ?? "true")
      try window.wait(
        "!document.querySelector('main > :not([hidden]) .stale, main > .stale:not([hidden])')")
    }

    @Test(
      "nothing is wider than its window, texts stand out from their ground, controls have names")
    func looks() throws {
      try withDesk(InBrowser.smallDesk) { window in
        // With what was beside what is, and with a changed line in the text.
        try window.click("#pin")
        try window.wait("document.querySelector('#pin').textContent === 'Unpin'")
        try window.click("[data-path='parameters.agents'] [data-by='1']")
        try window.wait("document.querySelector('#was').textContent.includes('1 line changed')")
        for view in Self.views {
          try window.resize(1400)
          try show(view, in: window)
          try expectNames(view, in: window)
          for width in [380, 800, 1400] {
            try window.resize(width)
            for scheme in ["light", "dark"] {
              try window.emulate([
                "prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce",
              ])
              let found = try window.run(Self.probe) as? [String: Any] ?? [:]
              let place: Comment = "\(view) at \(width) in \(scheme)"
              #expect(found["width"] as? Int == width, place)
              #expect(found["paper"] as? String == (scheme == "dark" ? "#14171a" : "#fff"), place)
              #expect(found["wider"] as? [String] == [], place)
              #expect(found["faint"] as? [String] == [], place)
              #expect((found["texts"] as? Int ?? 0) > 20, place)
              #expect(found["headings"] as? Int == 1, place)
              let current = view == "text" ? "whatif" : view
              #expect(found["current"] as? [String] == [current], place)
            }
          }
        }
      }
    }

    /// The least ratio of brightness between a text and its ground (WCAG 2.1, level AA).
    private static let probe = #"""
      const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      const rgba = colour => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const over = ([r, g, b, a], ground) =>
        [r, g, b].map((part, place) => part * a / 255 + ground[place] * (1 - a / 255));
      const light = colour => {
        const [r, g, b] = colour.map(part => part / 255)
          .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = element => {
        const layers = [];
        for (let one = element; one; one = one.parentElement) layers.push(rgba(getComputedStyle(one).backgroundColor));
        return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
      };
      const faint = new Map();
      let texts = 0;
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode());) {
        const element = node.parentElement, words = node.nodeValue.trim();
        // The editor's own letters are transparent: the same text lies below them.
        if (!words || element.matches('style,script,noscript,textarea,option') || element.closest('.vh,.skip')) continue;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        const style = getComputedStyle(element);
        const back = ground(element);
        const ink = over(rgba(element instanceof SVGElement ? style.fill : style.color), back);
        let opacity = 1;
        for (let one = element; one; one = one.parentElement) opacity *= getComputedStyle(one).opacity;
        const seen = ink.map((part, place) => part * opacity + back[place] * (1 - opacity));
        const [high, low] = [light(seen), light(back)].sort((a, b) => b - a);
        const ratio = (high + 0.05) / (low + 0.05);
        texts++;
        // What cannot be used may be fainter.
        if (ratio < 4.5 && !element.closest('[disabled],[aria-disabled=true]')) {
          faint.set(element.className?.baseVal ?? element.className, `${ratio.toFixed(2)} ${words.slice(0, 40)}`);
        }
      }
      const wider = [];
      if (document.scrollingElement.scrollWidth > innerWidth) {
        wider.push(`the page: ${document.scrollingElement.scrollWidth}`);
        for (const one of document.querySelectorAll('main *')) {
          if (one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1) wider.push(one.nodeName + '.' + (one.className?.baseVal ?? one.className));
        }
      }
      // Tables fold; only the text of a scenario may be moved sideways.
      for (const one of document.querySelectorAll('main .scroll')) {
        if (one.checkVisibility() && one.scrollWidth > one.clientWidth) wider.push(`.scroll ${one.id}: ${one.scrollWidth}`);
      }
      return {
        width: innerWidth, wider: wider.slice(0, 8), texts, faint: [...faint].map(one => one.join(': ')),
        paper: getComputedStyle(document.documentElement).getPropertyValue('--paper').trim(),
        headings: [...document.querySelectorAll('h1')].filter(one => one.checkVisibility()).length,
        current: [...document.querySelectorAll('.nav [aria-current]')].map(one => one.dataset.view),
      };
      """#

    private static let roles: Set<String> = [
      "button", "link", "textbox", "spinbutton", "slider", "combobox", "radio", "checkbox",
      "radiogroup", "searchbox", "listbox", "DisclosureTriangle", "dialog", "navigation",
    ]

    /// What can be used is named, as the browser tells it to readers of the screen.
    private func expectNames(_ view: String, in window: Window) throws {
      let tree = try window.driver.command("Accessibility.getFullAXTree")
      var named: [String] = []
      for node in tree["nodes"] as? [[String: Any]] ?? [] where node["ignored"] as? Bool != true {
        let role = (node["role"] as? [String: Any])?["value"] as? String ?? ""
        guard Self.roles.contains(role) else { continue }
        let name = (node["name"] as? [String: Any])?["value"] as? String ?? ""
        #expect(
          !name.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty,
          "\(view): a \(role) without a name, node \(node["backendDOMNodeId"] ?? "")")
        named.append("\(role) \(name)")
      }
      #expect(named.count > 6, "\(view)")
      guard view == "whatif" else { return }
      for wanted in ["slider Customers at 10:00", "slider Goal: Answered within 5 minutes"] {
        #expect(named.contains(wanted), "\(named)")
      }
    }
  }
}
