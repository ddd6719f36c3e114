/// Which features a story has: each is on or off by the seed, so that many meet in few places.
///
/// Swarm testing (Groce and others, 2012): a story that can do everything rarely does one thing often
/// enough; a story that can do only half of it does.
struct Swarm {
  private let features: UInt64

  /// Something that a story may have or do.
  enum Feature: UInt64, CaseIterable {
    case rarePolicies, limits, timeouts, otherLogics, sticky, waits, branches, messages, questions
    case services, agentAI, jumps, transfers, calendar, tags, fields, comments
    case absences, logOuts, joining, teamChanges, manualAssigning, snoozing, blocking, merging
    case otherWaysIn, imports, forms, broadcasts, publishing, autoClose, inactivity, deliveryFaults
    case roles, programs, nonsense, bursts, longTimes
  }

  init(_ dice: inout Dice) {
    // Some stories are plain, some have nearly everything, most have half.
    let percent = dice.pick([15, 50, 50, 50, 85])
    var features: UInt64 = 0
    for feature in Feature.allCases where dice.chance(percent) { features |= 1 << feature.rawValue }
    self.features = features
  }

  /// Whether the story has it.
  subscript(_ feature: Feature) -> Bool { features & 1 << feature.rawValue != 0 }
}
