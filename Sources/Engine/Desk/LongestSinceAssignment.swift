/// The user whose last automatic assignment is longest ago, in whatever pool it was; whoever had
/// none yet comes first.
///
/// Like a rotation over all pools at once: who was passed over keeps the place in front.
enum LongestSinceAssignment: AssignmentLogic {
  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 { user.lastAssignment }
}
