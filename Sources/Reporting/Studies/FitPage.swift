import Measurement

/// The page of `fit`: the profile, the laws and how they fit, export and simulation side by side.
struct FitPage: Sendable {
  let document: FitDocument
  private let words: FitWords

  init(document: FitDocument) {
    self.document = document
    words = FitWords(document: document)
  }

  var page: StudyPage {
    StudyPage(
      title: "fitted to the export",
      lead: ([words.read] + [words.leftOut, words.daysLeftOut].compactMap { $0 })
        .map { $0.capitalizedFirst + "." }.joined(separator: " "),
      verdict: escaped(words.verdict), details: "",
      sections: [unknown, check, laws, arrivals, quantiles, patience, people])
  }

  private var unknown: StudyPage.Section {
    var table = DataTable([
      .init(title: "the export does not tell", isText: true),
      .init(title: "what stands in its place", isText: true, isWrapped: true),
    ])
    table.rows = document.assumptions.map { [$0.unknown, $0.instead] }
    return StudyPage.Section(
      id: "unknown", words: "What the export does not tell",
      title: "What the export does not tell, and what is assumed instead",
      body: table.rows.isEmpty ? "" : table.html(style: "plain stack"))
  }

  private var check: StudyPage.Section {
    var table = DataTable(
      [
        .init(title: "", isText: true), .init(title: "unit", isText: true),
        .init(title: "export"), .init(title: "simulated"), .init(title: "±95 %"),
        .init(title: "", isText: true),
      ])
    table.rows = document.checks.map { check in
      let decimals = decimalsForTwoDigits(
        of: check.simulated.halfWidth ?? 0,
        atMost: (check.export ?? check.simulated.mean ?? 0).magnitude >= 100 ? 1 : 2)
      return [
        check.name, check.unit, check.export.map { fixed($0, decimals) } ?? "none",
        check.simulated.mean.map { fixed($0, decimals) } ?? "none",
        check.simulated.halfWidth.map { "±" + fixed($0, decimals) } ?? "",
        FitWords.words(check.outcome),
      ]
    }
    var body = ""
    if !table.rows.isEmpty {
      body += "<p>The scenario was run \(grouped(Int64(document.source.runs))) times. They agree "
      body += "where the gap is no wider than chance makes it at 95 %, in runs and between days."
      body += "</p>" + table.html(style: "plain stack")
    }
    if !document.hourly.isEmpty { body += FitFigures.hourly(document.hourly).html }
    return StudyPage.Section(
      id: "check", words: "Export and simulation", title: checkTitle, body: body)
  }

  private var checkTitle: String {
    let known = document.checks.filter { $0.outcome != .unknown }
    let agree = known.count { $0.outcome == .agrees }
    guard !known.isEmpty else { return "Export and simulation side by side" }
    return "Export and simulation agree in \(agree) of \(known.count) numbers"
  }

  private var laws: StudyPage.Section {
    var table = DataTable([
      .init(title: "", isText: true), .init(title: "best fit", isText: true, isWrapped: true),
      .init(title: "95 % intervals", isText: true, isWrapped: true), .init(title: "n"),
      .init(title: "distance"),
    ])
    for quantity in document.quantities {
      table.rows.append([
        quantity.name, quantity.law, quantity.parameters, grouped(Int64(quantity.count)),
        quantity.distance.map { fixed($0, 3) } ?? "",
      ])
    }
    guard !table.rows.isEmpty else {
      return StudyPage.Section(id: "laws", words: "Laws", title: "Laws", body: "")
    }
    var body = table.html(style: "plain stack")
    body += "<p class=\"note\">Chosen by Akaike's criterion among those that maximum likelihood "
    body += "fits. Distance: the largest gap between the fitted and the observed distribution. "
    body += "The probabilities are those of samples drawn from the fitted law, cut as the export "
    body += "is and fitted again, to lie at least so far away (Kolmogorov and Smirnov's gap, "
    body += "Anderson and Darling's distance).</p>"
    body += candidates.folded(of: "all laws that were tried")
    var fits = DataTable([
      .init(title: "", isText: true),
      .init(title: "does it fit, and what is to be kept in mind", isText: true, isWrapped: true),
    ])
    fits.rows = document.quantities.map { [$0.name, fitWords($0)] }.filter { !$0[1].isEmpty }
    if !fits.rows.isEmpty { body += fits.html(style: "plain stack") }
    return StudyPage.Section(
      id: "laws", words: "Laws", title: "The laws of times and numbers", body: body)
  }

  private func fitWords(_ quantity: FitDocument.Fitted) -> String {
    var text = ""
    if let goodness = quantity.goodness {
      text = FitWords.probability(goodness.distancePValue) + " by the gap, "
      text += FitWords.probability(goodness.andersonDarlingPValue) + " by Anderson and Darling"
      text += ", \(grouped(Int64(goodness.count))) observations"
      if goodness.count < quantity.count { text += " drawn from all" }
      text += ", \(goodness.resamples) resamples. "
    }
    return text + quantity.warnings.joined(separator: " ")
  }

  private var candidates: DataTable {
    var table = DataTable([
      .init(title: "", isText: true), .init(title: "law", isText: true, isWrapped: true),
      .init(title: "AIC, behind"), .init(title: "distance"),
    ])
    for quantity in document.quantities {
      for candidate in quantity.candidates {
        table.rows.append([
          quantity.name, candidate.law, fixed(candidate.behind, 1, separator: ","),
          candidate.distance.map { fixed($0, 3) } ?? "",
        ])
      }
    }
    return table
  }

  private var arrivals: StudyPage.Section {
    let all = document.allArrivals
    guard !all.isEmpty else {
      return StudyPage.Section(id: "arrivals", words: "Arrivals", title: "Arrivals", body: "")
    }
    var body = ""
    var number = 0
    for arrivals in all {
      if let population = arrivals.population {
        body += "<h3>" + escaped(population.capitalizedFirst) + "</h3>"
      }
      body += self.body(of: arrivals, number: &number)
    }
    let isOnly = all.count == 1
    return StudyPage.Section(
      id: "arrivals", words: "Arrivals",
      title: all.contains { $0.profiles.count > 1 }
        ? "Arrivals have a profile for each group of days"
        : isOnly
          ? "Arrivals have one profile for all days"
          : "Arrivals of each population have one profile for all days",
      body: body)
  }

  /// What is known of the arrivals of one population; figures are numbered through the page.
  private func body(of arrivals: FitDocument.Arrivals, number: inout Int) -> String {
    let sentences = [FitWords.busyness(arrivals), FitWords.poisson(arrivals)].compactMap { $0 }
    var body = sentences.map { "<p>" + escaped($0.capitalizedFirst + ".") + "</p>" }.joined()
    var figures: [String] = []
    for profile in arrivals.profiles {
      if profile.perDay > 0 {
        figures.append(
          FitFigures.profile(profile, of: arrivals.population, number: number).html)
      }
      number += 1
    }
    body +=
      figures.count > 1 ? "<div class=\"two\">" + figures.joined() + "</div>" : figures.joined()
    let silent = arrivals.profiles.filter { $0.perDay == 0 }.map(\.days)
    if !silent.isEmpty { body += "<p>No arrivals: " + escaped(listed(silent)) + ".</p>" }
    body += tests(arrivals)
    if !arrivals.leftOut.isEmpty { body += daysLeftOut(arrivals) }
    return body
  }

  private func tests(_ arrivals: FitDocument.Arrivals) -> String {
    guard !arrivals.tests.isEmpty else { return "" }
    var table = DataTable(
      [
        .init(title: "what is looked at", isText: true), .init(title: "largest gap"),
        .init(title: "probability", isText: true),
      ])
    table.rows = arrivals.tests.map {
      [$0.name, fixed($0.distance, 4), FitWords.probability($0.pValue)]
    }
    var note =
      "<p class=\"note\">After Kim and Whitt (2014): given their number, the arrivals of a "
    note += "Poisson process are uniform in a short interval, whatever its rate. "
    if arrivals.cut > 0 {
      note +=
        "Times were cut to \(spokenDuration(arrivals.cut)); that is undone by a random fraction. "
    }
    note += "Once a day's total is given, the counts of its hours vary "
    note += "\(fixed(arrivals.dispersionWithinDays, 2)) times as much as Poisson counts.</p>"
    let title = "Poisson inside \(spokenDuration(arrivals.testedInterval))? The first row decides."
    return "<figure><figcaption><h3>" + escaped(title) + "</h3></figcaption></figure>"
      + table.html(style: "plain stack") + note
  }

  private func daysLeftOut(_ arrivals: FitDocument.Arrivals) -> String {
    var table = DataTable(
      [
        .init(title: "day left out", isText: true), .init(title: "arrivals"),
        .init(title: "why", isText: true),
      ])
    table.rows = arrivals.leftOut.map { [$0.date, grouped(Int64($0.count)), $0.reason] }
    return table.html(style: "plain stack")
  }

  private var quantiles: StudyPage.Section {
    let figures = document.quantities.enumerated().filter { $0.element.quantiles.count > 1 }
      .map { FitFigures.quantiles($0.element, number: $0.offset).html }
    return StudyPage.Section(
      id: "quantiles", words: "How times fit",
      title: "How the times fit their laws, from the shortest to the longest",
      body: figures.isEmpty ? "" : "<div class=\"two\">" + figures.joined() + "</div>")
  }

  private var patience: StudyPage.Section {
    let figures = document.quantities.enumerated().filter { $0.element.survival.count > 1 }
      .map { FitFigures.survival($0.element, number: $0.offset).html }
    return StudyPage.Section(
      id: "patience", words: "Times not seen to their end",
      title: "Times that are not all seen to their end", body: figures.joined())
  }

  private var people: StudyPage.Section {
    var table = DataTable([
      .init(title: "", isText: true), .init(title: "handled"), .init(title: "days"),
      .init(title: "at work", isText: true), .init(title: "at once"), .init(title: "median time"),
    ])
    table.rows = document.people.map { person in
      [
        person.name, grouped(Int64(person.handled)), grouped(Int64(person.days)), person.shift,
        person.atOnce.map { fixed($0, 1) } ?? "", person.median.map(spokenDuration) ?? "",
      ]
    }
    return StudyPage.Section(
      id: "people", words: "People", title: "Who worked when",
      body: table.rows.isEmpty
        ? "" : "<div class=\"scroll\">" + table.html(style: "data") + "</div>")
  }
}
