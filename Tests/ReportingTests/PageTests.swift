import Foundation
import Measurement
import Testing

@testable import Reporting

@Suite struct `The page` {
  static let documents: [(String, ResultDocument)] = [
    ("compare", Fixture.comparison()), ("run", Fixture.run()), ("extended", Fixture.extended()),
    ("hostile", Fixture.hostile()), ("wide", Fixture.wide(strategies: 7)), ("bare", Fixture.bare()),
  ]

  @Test func `everything stands in its order`() {
    let html = Page(of: Fixture.extended()).html
    let order = [
      "<header>", "class=\"verdict\"", "class=\"key\"", "class=\"cards\"", "id=\"decide\"",
      "class=\"cmp\"", "id=\"waiting\"", "id=\"day\"", "id=\"agents\"", "id=\"moves\"",
      "id=\"run\"", "id=\"sanity\"", "id=\"robustness\"", "id=\"best\"", "id=\"pairs\"",
      "id=\"inputs\"", "id=\"repeat\"", "<footer>",
    ]
    let places = order.map { html.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func `the verdict, the goals and the numbers are those of the terminal`() {
    let html = Page(of: Fixture.comparison()).html
    #expect(
      html.contains(
        "<p class=\"verdict\"><em class=\"x2t\"><bdi>Look first</bdi></em> is the only strategy that "
          + "meets all three goals: 6.6 ±\u{A0}0.7 points more of the customers answered within 5 "
          + "minutes than <bdi>round robin</bdi>, with about a quarter of the moves.</p>"))
    #expect(html.contains("6.5 min <span class=\"pm\">± 0.3</span>"))
    #expect(html.contains("<h3>Nine in ten first answers in 6 minutes</h3>"))
    #expect(html.contains("−26.7 <span class=\"pm hw\">± 3.1</span>"))
    #expect(html.contains("<td class=\"sg sg1 sg-same\" role=\"cell\" title=\"about 90 more runs"))
  }

  @Test(arguments: documents.map(\.0))
  func `tags are balanced and names are used once`(name: String) throws {
    let document = try #require(Self.documents.first { $0.0 == name }?.1)
    let html = Page(of: document).html
    #expect(Markup.imbalance(html) == nil)
    let ids = Markup.attributes("id", html)
    #expect(Set(ids).count == ids.count)
    for reference in Markup.attributes("aria-labelledby", html).flatMap({ $0.split(separator: " ") }
    ) {
      #expect(ids.contains(String(reference)))
    }
  }

  @Test func `every figure has its numbers in a table`() {
    for document in [Fixture.comparison(), Fixture.run()] {
      let html = Page(of: document).html
      let figures = html.components(separatedBy: "<figure").dropFirst()
      #expect(figures.count >= 10)
      for figure in figures {
        let own = figure.components(separatedBy: "</figure>")[0]
        #expect(own.contains("<table class=\"data\">"), "\(own.prefix(60))")
        #expect(own.contains("role=\"img\""))
      }
    }
  }

  @Test func `nothing is loaded from anywhere`() {
    let html = Page(of: Fixture.comparison()).html
    for request in [
      "src=", "href=\"h", "href=\"/", "@import", "fetch(", "XMLHttp", "url(h", "<link", "<iframe",
    ] {
      #expect(!html.contains(request), "\(request)")
    }
    #expect(html.contains("default-src 'none'"))
    // Without the script nothing is missing: it makes no text and no drawing of its own.
    #expect(html.components(separatedBy: "<script").count == 2)
  }

  @Test func `three strategies take less than a megabyte`() {
    #expect(Page(of: Fixture.comparison()).html.utf8.count < 1_000_000)
    var long = Fixture.comparison()
    for place in long.strategies.indices {
      // A week in quarters of an hour, five hundred runs, three hundred agents.
      let strategy = long.strategies[place]
      let row = strategy.timeline[5]
      long.strategies[place].timeline = (0..<672).map { step in
        var row = row
        row.start = Double(step) * 900
        return row
      }
      long.strategies[place].values = strategy.values.map { value in
        var value = value
        value.samples = (0..<500).map { value.samples[$0 % 30] }
        return value
      }
      long.strategies[place].agents = (0..<300).map { strategy.agents[$0 % 12] }
    }
    #expect(Page(of: long).html.utf8.count < 1_000_000)
  }

  @Test func `the page is made again byte for byte`() throws {
    for document in [Fixture.comparison(), Fixture.run()] {
      let read = try ResultJSON.document(in: ResultJSON.text(of: document))
      #expect(Page(of: read).html == Page(of: document).html)
    }
  }

  @Test func `hostile names are inert`() {
    let html = Page(of: Fixture.hostile()).html
    #expect(html.components(separatedBy: "<script").count == 2)
    #expect(html.components(separatedBy: "</style>").count == 2)
    #expect(!html.contains("<b>\" "))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    let steering = html.unicodeScalars.filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x202A...0x202E).contains(scalar.value)
    }
    #expect(steering.isEmpty)
    // A long name is cut where it would burst its place.
    let label = String(repeating: "long name ", count: 10)
    let drawings = html.components(separatedBy: "<text").dropFirst()
    #expect(drawings.allSatisfy { !$0.components(separatedBy: "</text>")[0].contains(label) })
  }

  @Test func `a result without pictures still has an answer`() {
    let html = Page(of: Fixture.bare()).html
    #expect(html.contains("class=\"verdict\""))
    #expect(html.contains("id=\"repeat\""))
    #expect(!html.contains("id=\"waiting\"") && !html.contains("id=\"run\""))
  }

  @Test func `the security policy lets our script run and no other`() {
    #expect(PageScript.digest == SHA256.base64(PageScript.text))
    let html = Page(of: Fixture.run()).html
    #expect(html.contains("script-src 'sha256-\(PageScript.digest)'"))
    #expect(html.contains("<script>\(PageScript.text)</script>"))
  }

  @Test(arguments: ["light", "dark"])
  func `colours of words stand out from the paper`(theme: String) throws {
    let blocks = PageStyle.text.components(separatedBy: "@media (prefers-color-scheme:dark)")
    let colors = Markup.variables(theme == "light" ? blocks[0] : blocks[1])
    let paper = try #require(colors["paper"])
    for name in ["ink", "text", "muted", "s0", "s1", "s2", "s3", "s4", "good", "bad", "link"] {
      let color = try #require(colors[name])
      // Web Content Accessibility Guidelines 2.2, 1.4.3: 4.5 to 1 for text.
      #expect(Markup.contrast(color, paper) >= 4.5, "\(name)")
    }
    let soft = try #require(colors["badsoft"])
    #expect(Markup.contrast(soft, paper) >= 3)
  }
}
