import Engine
import Testing

/// What a field of each kind takes (PLATFORM.md 1.1).
@Suite struct FieldKindTests {
  @Test(
    arguments: [
      (.number, "5", .number(5)), (.number, "-4.5", .number(-4.5)),
      (.number, "2e3", .number(2_000)),
      (.number, "many", nil), (.number, "", nil), (.number, "0x4", nil), (.number, "nan", nil),
      (.number, "inf", nil), (.number, "1e999", nil), (.number, "5 ", nil), (.number, "--5", nil),
      (.checkbox, "true", .flag(true)), (.checkbox, "false", .flag(false)),
      (.checkbox, "maybe", nil),
      (.email, "a@b.c", .text("a@b.c")), (.email, "", .text("")), (.email, "a@b", nil),
      (.url, "https://example.com/x", .text("https://example.com/x")), (.url, "nowhere", nil),
      (.date, "2028-02-29", .text("2028-02-29")), (.date, "2026-02-29", nil),
      (.date, "+2026-01-01", nil), (.time, "09:00", .text("09:00")),
      (.time, "23:59:59", .text("23:59:59")), (.time, "24:00", nil), (.time, "9", nil),
      (.time, "09:60", nil), (.time, "+9:00", nil), (.phone, "+351 912 000", .text("+351 912 000")),
      (.phone, "none", nil), (.text, "5", .text("5")), (.list, "one", .text("one")),
    ] as [(FieldDefinition.Kind, String, Value?)])
  func `words are taken as what the kind says`(
    kind: FieldDefinition.Kind, words: String, held: Value?
  ) {
    #expect(kind.accept(.text(words)) == held)
  }

  @Test func `a value of another kind is taken where its words are`() {
    #expect(FieldDefinition.Kind.text.accept(.number(17)) == .text("17"))
    #expect(FieldDefinition.Kind.text.accept(.flag(true)) == .text("true"))
    #expect(FieldDefinition.Kind.number.accept(.number(.infinity)) == nil)
    #expect(FieldDefinition.Kind.number.accept(.flag(true)) == nil)
    #expect(FieldDefinition.Kind.checkbox.accept(.number(1)) == nil)
  }

  @Test func `what is taken is taken again and stays the same`() {
    let words = [
      "5", "-0.1", "1e300", "true", "a@b.c", "example.com", "2026-01-31", "09:00", "12345",
    ]
    for kind in FieldDefinition.Kind.allCases {
      for held in words.compactMap({ kind.accept(.text($0)) }) {
        #expect(kind.accept(held) == held)
        #expect(kind.accept(.text(held.text)) == held)
      }
    }
  }
}
