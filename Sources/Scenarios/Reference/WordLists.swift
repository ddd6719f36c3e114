import Engine
import Sampling

/// What stands in files beside keys: kinds, laws, subjects, operators, sources.
public enum WordLists {
  /// A distribution with the ways in which its parameters can be given.
  public static let distributions: [(name: String, ways: String)] =
    ValueReader.distributionNames.map { family in
      let forms = DistributionForm.allCases.filter { $0.family == family }
      return (family, forms.isEmpty ? special(family) : ValueReader.ways(forms))
    }

  private static func special(_ family: String) -> String {
    family == "empirical" ? "file and column" : "a list of share and of"
  }

  /// A kind of channel with what it sets.
  public static let channelKinds: [(name: String, sets: String)] = ChannelKind.allCases.map {
    kind in
    (kind.rawValue, kind.presets.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
  }

  /// What a condition can look at.
  public static let subjects: [(name: String, about: String)] =
    [("contact.FIELD", "A contact field.")]
    + plainSubjects.map { name, subject in (name, about(subject)) }
    + [("$variable", "A variable of the run, or `$trigger.NAME`.")]

  private static func about(_ subject: Subject) -> String {
    switch subject {
    case .contactField: "A contact field."
    case .conversationStatus: "`open`, `closed` or `snoozed`."
    case .contactType: "`new` or `returning`, by the policy `new_contact_rule`."
    case .tags: "Each tag that the contact has."
    case .assigneeStatus: "`online`, `busy` or `offline`; it does not exist without an assignee."
    case .lastChannel: "The name of the channel that the contact wrote on last."
    case .lastIncomingMessage: "Its text."
    case .timeSinceLastIncomingMessage: "A time."
    case .timeSinceLastOutgoingMessage:
      "A time; by the policies `last_outgoing_scope` and `last_outgoing_counts`."
    case .variable: "A variable."
    }
  }

  /// How a condition compares.
  public static let operators: [(name: String, about: String)] = Comparison.allCases.map {
    ($0.rawValue, about($0))
  }

  private static func about(_ comparison: Comparison) -> String {
    switch comparison {
    case .equals: "Equal, by the policy `compare_text`."
    case .differs: "Not equal; holds for what is not set."
    case .above: "Greater: numbers, times, dates."
    case .atLeast: "Greater or equal."
    case .below: "Less."
    case .atMost: "Less or equal."
    case .contains: "A text within the text, or a tag among the tags."
    case .lacks: "The opposite."
    case .exists: "It is set; takes no value."
    case .isMissing: "It is not set; takes no value."
    case .isOneOf: "Equal to one of several, with commas between them."
    }
  }

  /// Who opens and closes conversations and changes assignees, in triggers, exports and expectations.
  public static let sources: [(name: String, about: String)] = Source.allCases.map {
    ($0.description, about($0))
  }

  private static func about(_ source: Source) -> String {
    switch source {
    case .contact: "The contact, by writing."
    case .user: "A user, by hand or by answering."
    case .workflow: "A step of a workflow."
    case .bot: "A bot's parameter."
    case .merge: "The merge of two contacts."
    case .api: "The Developer API."
    case .zapier: "Zapier."
    case .make: "Make."
    case .n8n: "n8n."
    case .aiAgent: "The AI agent."
    case .autoClose: "The auto-close timer."
    case .ctcAds: "A click-to-chat ad."
    case .growthWidget: "A growth widget on a web site."
    case .system: "The workspace itself: the legacy toggle, the removal of a user."
    }
  }

  /// How one of the users who qualify is chosen.
  public static let logics: [(name: String, about: String)] =
    Logic.Rule.allCases.map { ($0.name, about($0)) }
    + [
      (
        "sticky",
        "The user who had the contact last; waits so long for that one, then another logic."
      )
    ]

  private static func about(_ rule: Logic.Rule) -> String {
    switch rule {
    case .roundRobin: "The next in turn."
    case .leastOpen: "The fewest open contacts."
    case .random: "Anyone, each as likely."
    case .powerOfTwo: "Of two at random, the one with fewer open contacts."
    case .longestIdle: "Whose last conversation ended longest ago; who ended none comes first."
    case .longestSinceAssignment: "Whose last automatic assignment, in any pool, is longest ago."
    case .fewestHandled: "Who handled the fewest conversations."
    case .weightedRoundRobin: "In turn, by weight, spread evenly."
    case .weightedLeastOpen: "The fewest open contacts for the weight."
    case .mostSpareCapacity:
      "The most room below the smaller of own and step's limit; no limit is more room than any."
    case .leastUnanswered: "The fewest contacts who wait for the user's answer."
    case .expectedWait: "The shortest predicted time to a first answer."
    }
  }
}
