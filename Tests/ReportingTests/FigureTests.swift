import Foundation
import Testing

@testable import Measurement
@testable import Reporting

@Suite struct `Figures of the page` {
  /// The figure with that name, as markup.
  private func figure(_ id: String, _ html: String) throws -> String {
    let start = try #require(html.range(of: "<figure id=\"\(id)\""))
    let rest = html[start.lowerBound...]
    let end = try #require(rest.range(of: "</figure>"))
    return String(rest[..<end.upperBound])
  }

  /// The words of the drawings, element by element.
  private func words(_ figure: String) -> [String] {
    figure.components(separatedBy: "<text").dropFirst().map { part in
      let text = part.components(separatedBy: "</text>")[0]
      return text.components(separatedBy: ">").dropFirst().joined(separator: ">")
    }
  }

  private let names = ["everybody alike", "own agent for 2 min", "own agent for 1 h"]

  @Test func `name every strategy in full`() throws {
    let html = Page(of: Fixture.named(names)).html
    for id in ["decide", "wait0a", "wait0b", "day0", "agents0a", "agents0b", "moved", "runs0"] {
      let shown = words(try figure(id, html))
      for name in names { #expect(shown.contains(name), "\(id): \(name)") }
      #expect(!shown.contains { $0.contains("…") }, "\(id)")
    }
  }

  @Test func `tell agents apart`() throws {
    var document = Fixture.comparison()
    let agents = document.lanes[0].agents.indices.map { "adviser \($0 + 1)" }
    for place in document.lanes.indices { document.lanes[place].agents = agents }
    let shown = words(try figure("lanes0", Page(of: document).html))
    #expect(Set(agents).isSubset(of: shown))
  }

  @Test func `leave out of an axis what cannot be`() throws {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      for step in document.strategies[place].timeline.indices {
        // A quarter of an hour in which nobody is answered in time, with an interval around it.
        let share = step == 5 ? 0.02 : 0.99
        document.strategies[place].timeline[step].within = .init(
          mean: share, low: share - 0.3, high: share + 0.3)
      }
      document.strategies[place].values[0].mean = 0.99
      document.strategies[place].values[0].low = 0.93
      document.strategies[place].values[0].high = 1.05
    }
    let html = Page(of: document).html
    for id in ["day0", "decide", "agents0b", "runs0"] {
      for word in words(try figure(id, html)) {
        let number = word.hasSuffix(" %") ? String(word.dropLast(2)) : word
        // Labels of ticks are plain numbers; changes carry a sign.
        guard !number.hasPrefix("+"), id != "decide" || !number.hasPrefix("−") else { continue }
        #expect(!number.hasPrefix("−"), "\(id): \(word)")
        if id == "agents0b", let value = Double(number) { #expect(value <= 100) }
      }
    }
    let scale = Scale(low: 0, high: 100, room: 4, within: 0...100, from: 0, to: 1)
    #expect(scale.low == 0 && scale.high == 100)
    #expect(Scale(low: 20, high: 40, room: 4, within: 0...100, from: 0, to: 1).low == 16)
  }

  @Test func `say nothing of moves where nothing moves`() {
    var document = Fixture.comparison()
    let none = ResultDocument.Estimate(mean: 0, low: 0, high: 0)
    for place in document.strategies.indices {
      document.strategies[place].moves = .init(
        helped: none, noSooner: none, pingPong: none, distribution: [1])
    }
    let html = Page(of: document).html
    #expect(!html.contains("id=\"moves\"") && !html.contains("#moves"))
    #expect(!html.contains("0.0000"))
    document.strategies[1].moves?.helped = .init(mean: 0.01, low: 0.005, high: 0.015)
    #expect(Page(of: document).html.contains("id=\"moves\""))
  }

  @Test func `are hatched where fewer than half of the fates are known`() throws {
    var document = Fixture.comparison()
    #expect(!Page(of: document).html.contains("unknown0-"))
    for place in document.strategies.indices {
      for step in document.strategies[place].timeline.indices {
        document.strategies[place].timeline[step].known = 1
      }
    }
    #expect(!Page(of: document).html.contains("unknown0-"))
    document.strategies[2].timeline[31].known = 0.49
    document.strategies[2].timeline[30].known = 0.5
    let day = try figure("day0", Page(of: document).html)
    for width in [1160, 720, 360] {
      #expect(day.components(separatedBy: "url(#unknown0-\(width))").count == 2)
      #expect(day.contains("<pattern id=\"unknown0-\(width)\""))
    }
    #expect(day.contains("Hatched: the run ends before the fate of half of those"))
  }

  @Test func `each name the table that holds their numbers`() throws {
    let html = Page(of: Fixture.comparison()).html
    let summaries = html.components(separatedBy: "<summary>").dropFirst().map {
      $0.components(separatedBy: "</summary>")[0]
    }
    #expect(Set(summaries).count == summaries.count)
    #expect(summaries.contains("Numbers: Busy share of online time"))
  }
}

@Suite struct `Parts of the page` {
  @Test func `are listed and can be reached`() {
    for (_, document) in `The page`.documents {
      let html = Page(of: document).html
      let links = Markup.attributes("href", html)
      #expect(links.count >= 2 && Set(links).count == links.count)
      let ids = Markup.attributes("id", html)
      for link in links { #expect(ids.contains(String(link.dropFirst())), "\(link)") }
      let sections = html.components(separatedBy: "<section id=").count - 1
      #expect(links.count == sections + 1)
    }
  }

  @Test func `show only parameters that differ where a strategy has no description`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      document.strategies[place].description = ""
      document.strategies[place].parameters = ["limit=3", "logic=\(place)"]
    }
    document.strategies[2].description = "looks first"
    let html = Page(of: document).html
    #expect(html.contains("<span>logic=0</span>") && html.contains("<span>logic=1</span>"))
    #expect(html.contains("<span>looks first</span>") && !html.contains("<span>logic=2</span>"))
    #expect(!html.contains("limit=3"))
  }

  @Test func `show what each kind of customers met with under its own heading`() throws {
    let html = Page(of: Fixture.scoped()).html
    let table = try #require(html.range(of: "<table class=\"cmp\""))
    let rest = html[table.lowerBound...]
    let end = try #require(rest.range(of: "</table>"))
    let groups = rest[..<end.lowerBound].components(separatedBy: "<tr class=\"grp\"")
    let vip = try #require(groups.last)
    #expect(
      vip.contains(">Customers: vip</th>")
        && vip.contains("title=\"population vip: first_response.mean\""))
    #expect(vip.contains(">First response, mean <span"))
    #expect(groups.count { $0.contains("First response, mean") } == 3)
  }

  @Test func `begin with the lanes of the strategy that the verdict is about`() {
    let html = Page(of: Fixture.comparison()).html
    #expect(html.contains("<figure id=\"lanes0\"><figcaption><h3>Run 7, look first"))
    #expect(html.contains("The same minutes of <bdi>round robin</bdi>"))
  }
}

extension `The page` {
  /// Web Content Accessibility Guidelines 2.2, 1.4.3: 4.5 to 1 for text, on what it stands on.
  @Test(arguments: ["light", "dark", "print"])
  func `colours of words stand out from tints`(theme: String) throws {
    let blocks = PageStyle.text.components(separatedBy: "@media (prefers-color-scheme:dark)")
    let print = PageStyle.text.components(separatedBy: "@media print")
    var colors = Markup.variables(blocks[0])
    if theme == "dark" { colors.merge(Markup.variables(blocks[1])) { _, new in new } }
    if theme == "print" { colors.merge(Markup.variables(print[1])) { _, new in new } }
    let paper = try #require(colors["paper"])
    let tint = try #require(colors["tint"])
    let zone = Self.mixed(try #require(colors["good"]), paper, 0.07)
    for name in ["ink", "text", "muted", "s0", "s1", "s2", "s3", "s4", "good", "bad", "link"] {
      let color = try #require(colors[name])
      for (place, ground) in [("tint", tint), ("the goal's side", zone)] {
        #expect(Markup.contrast(color, ground) >= 4.5, "\(name) on \(place)")
      }
    }
  }

  /// A colour over another, so much of it.
  static func mixed(_ color: String, _ ground: String, _ share: Double) -> String {
    func channels(_ text: String) -> [Double] {
      var digits = text.dropFirst().map(String.init)
      if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
      return stride(from: 0, to: 6, by: 2).map {
        Double(Int(digits[$0] + digits[$0 + 1], radix: 16) ?? 0)
      }
    }
    let mixed = zip(channels(color), channels(ground)).map { $0 * share + $1 * (1 - share) }
    return "#" + mixed.map { String(format: "%02x", Int($0.rounded())) }.joined()
  }
}
