import Testing

@testable import switchboard

@Suite struct `Names after --strategies` {
  private let list = NameList(known: [
    "plain", "VIP routing", "VIP routing, least open", "at 9:00", "it's", "a", "a,b", "default",
  ])

  @Test(arguments: [
    ("plain", ["plain"]), ("plain,VIP routing", ["plain", "VIP routing"]),
    (" plain , at 9:00 ,", ["plain", "at 9:00"]),
    ("VIP routing, least open", ["VIP routing, least open"]),
    ("VIP routing, least open,plain", ["VIP routing, least open", "plain"]),
    (
      "plain, VIP routing,VIP routing, least open",
      ["plain", "VIP routing", "VIP routing, least open"]
    ),
    ("'VIP routing',\"VIP routing, least open\"", ["VIP routing", "VIP routing, least open"]),
    ("it's,'a','b'", ["it's", "a", "b"]), ("a,b", ["a,b"]), ("'a',b", ["a", "b"]),
    // What is not known ends at a comma, unless it comes close to a name with one.
    ("plane,at 9:00", ["plane", "at 9:00"]),
    ("VIP routng, least open,a", ["VIP routng, least open", "a"]),
    ("xyz, VIP routing", ["xyz", "VIP routing"]), ("VIP routing2", ["VIP routing2"]),
    ("", []), (" , ,", []), ("'a", ["'a"]),
  ])
  func `the longest name that fits is meant, or what stands in quotes`(
    text: String, names: [String]
  ) {
    #expect(list.names(in: text) == names)
  }
}
