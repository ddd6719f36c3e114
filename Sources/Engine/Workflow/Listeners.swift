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

  /// Notes what a published workflow waits for.
  mutating func add(_ workflow: Int32, _ trigger: Trigger, needsMemory: Bool) {
    switch trigger {
    case .conversationOpened(let sources):
      opened.append(ConversationListener(workflow, sources, needsMemory: needsMemory))
    case .conversationClosed(let sources, let categories):
      // The contact whose conversation a merge closes is gone: only who asks for merges is told of the
      // one that remains. Unassigning after any close must not reach a conversation that goes on.
      let heard = sources.isEmpty ? Source.closing.filter { $0 != .merge } : sources
      closed.append(
        ConversationListener(workflow, heard, asksForCategory: !categories.isEmpty))
    case .contactTagUpdated: tag.append(workflow)
    case .contactFieldUpdated: field.append(workflow)
    case .shortcut: shortcut.append(workflow)
    case .incomingWebhook: webhook.append(workflow)
    case .clickToChatAd: ad.append(workflow)
    case .manual: break
    }
  }
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
