import Measurement

/// The page of `plan`.
struct PlanPage: Sendable {
  let document: PlanDocument

  var page: StudyPage {
    StudyPage(title: "agents needed", lead: "", verdict: escaped(PlanWords(document: document).text), sections: [])
  }
}
