/// Something that workflows may be triggered by, as it was when it happened.
enum Occasion: Sendable, Codable, BitwiseCopyable {
  case opened(ContactID, Source)
  /// With the place of the conversation's account, where its category stands.
  case closed(ContactID, Source, ClosedConversation)
  case tag(ContactID, TagID, TagAction)
  case field(ContactID, FieldID)
  case transfer(ContactID, WorkflowID, Int32)
  /// One that carries texts, by its place in the list of those.
  case named(ContactID, Int32)
}

/// An occasion that carries texts.
enum NamedOccasion: Sendable, Codable {
  case shortcut(String, [FormInput], UserID)
  case webhook(String, JSON)
  case ad(String)
}

/// Which published workflows wait for what, in the order of their numbers.
struct Listeners: Sendable, Codable {
  var opened: [ConversationListener] = []
  var closed: [ConversationListener] = []
  var tag: [Int32] = []
  var field: [Int32] = []
  var shortcut: [Int32] = []
  var webhook: [Int32] = []
  var ad: [Int32] = []
  /// Whether one of them looks at what the contact wrote last.
  var readsWords = false
  /// Whether one of them asks when a message went out last.
  var readsOutgoing = false
  /// The only workflow that waits for openings, where it takes those by contacts and remembers nothing
  /// of them; or negative.
  var arrivalWorkflow: Int32 = -1
  /// Its only step, where that asks for anybody of a pool, so that contacts only pass; or negative.
  var passedStep: Int32 = -1
}

/// A workflow that waits for openings or closings by some sources.
struct ConversationListener: Sendable, Codable, BitwiseCopyable {
  var workflow: Int32
  /// A bit for each source.
  var sources: UInt32
  /// Whether it also asks for a category.
  var asksForCategory = false
  /// Whether its runs remember what came with the trigger.
  var needsMemory = false

  init(
    _ workflow: Int32, _ sources: [Source], asksForCategory: Bool = false,
    needsMemory: Bool = false
  ) {
    self.workflow = workflow
    self.sources = sources.isEmpty ? .max : sources.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    self.asksForCategory = asksForCategory
    self.needsMemory = needsMemory
  }

  @inline(__always)
  func accepts(_ source: Source) -> Bool { sources & (1 &<< UInt32(source.rawValue)) != 0 }
}
