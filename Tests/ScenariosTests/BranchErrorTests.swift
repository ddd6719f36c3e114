import Testing

@testable import Scenarios

/// What somebody is told who writes the conditions of a branch as another program would have them.
@Suite struct `Conditions in another form` {
  private func problems(_ when: String) -> [String] {
    scenario(
      small(
        """
        workflows:
          w:
            trigger: conversation_opened
            steps: [{branch: [{\(when), steps: [{assign_to: {team: support}}]}]}]
        """, contacts: ", fields: {customer_type: {VIP: 5%, other: 95%}}")
    ).problems
  }

  @Test(arguments: [
    ("when: conversation_status = open", "write '{all: [conversation_status = open]}'"),
    ("when: conversation_status == open", "write '{all: [conversation_status = open]}'"),
    ("when: true", "write '{all: [conversation_status = open]}'"),
    ("when: ", "write '{all: [conversation_status = open]}'"),
    ("when: {}", "write '{all: [conversation_status = open]}'"),
    ("when: []", "write '{all: [conversation_status = open]}'"),
    (
      "when: [contact.email exists, tags contains vip]",
      "write '{all: [contact.email exists, tags contains vip]}'"
    ),
    (
      "when: {subject: tags, operator: contains, value: vip}",
      "write '{all: [{subject: tags, operator: contains, value: vip}]}'"
    ),
    ("when: {conversation_status: open}", "write '{all: [conversation_status = open]}'"),
    ("when: {any: tags contains vip}", "write 'any: [tags contains vip]'"),
    ("when: {all: {tags: vip}}", "write 'all: [tags = vip]'"),
    ("when: {and: [tags contains vip]}", "did you mean 'all'?"),
    ("when: {or: [tags contains vip]}", "did you mean 'any'?"),
    ("if: {all: [tags contains vip]}", "did you mean 'when'?"),
    ("when: {all: [[tags contains vip]]}", "for example 'conversation_status = open'"),
    (
      "when: {all: [{tags: vip}]}",
      "write 'tags contains vip' or {subject: tags, operator: contains, value: vip}"
    ),
    ("when: {all: [customer_type = VIP]}", "did you mean 'contact.customer_type'?"),
    (
      "when: {all: [not tags contains vip]}",
      "write '!=', 'does not contain' or 'does not exist' after the subject"
    ),
    (
      "when: {all: [tags contains vip and conversation_status = open]}",
      "write 'all: [tags contains vip, conversation_status = open]'"
    ),
    (
      "when: {any: [tags contains vip or contact.email exists]}",
      "write 'any: [tags contains vip, contact.email exists]'"
    ),
  ])
  func `one problem with the form to write`(when: String, hint: String) {
    let problems = problems(when)
    #expect(problems.count == 1, "\(problems)")
    // The first four lines are the small scenario's, then come workflows, w, trigger, steps.
    #expect(problems.first?.hasPrefix("8:") == true, "\(problems)")
    #expect(problems.first?.hasSuffix("; " + hint) == true, "\(problems)")
  }

  /// Every form that a hint names is one that can be read.
  @Test(arguments: [
    "when: {all: [conversation_status = open]}",
    "when: {all: [tags contains terms and conditions]}",
    "when: {all: [{subject: tags, operator: contains, value: vip}]}",
    "when: {any: [tags contains vip, contact.email exists]}",
    "when: {all: [contact.customer_type = salt and pepper or vinegar]}",
  ])
  func `what is right stays right`(when: String) {
    #expect(problems(when) == [])
  }
}
