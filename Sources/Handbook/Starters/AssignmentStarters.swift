extension Starter {
  /// Every template, in the order of the help.
  public static let all: [Starter] = [
    roundRobinOnline, leastOpen, dedicated, unassignOnClose, vip, newReturning, promptTransfer,
    shifts, chatMenu, awayMessage, broadcast, aiAgent,
  ]

  private static let roundRobinOnline = Starter(
    name: "round-robin-online", summary: "Assignment: Round Robin + Online Only",
    lines: [
      "The platform's template \"Assignment: Round Robin + Online Only\": each agent in turn, whoever is online.",
      "Compared with the same without the online filter, where agents on a break get conversations too.",
    ],
    question: "What does the online filter save?",
    parameters: """
      parameters: {online: true}
      strategies:
        everybody in turn: {online: false}
        online in turn: {online: true}

      """,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - send_message: Hello! Somebody will be with you in a moment.
            - assign_to: {team: support, logic: round_robin, only_online: $online}

      """)

  private static let leastOpen = Starter(
    name: "least-open", summary: "Assignment: Least Open Contacts, beside round robin",
    lines: [
      "The platform's template \"Assignment: Least Open Contacts\", with the online filter turned on, beside",
      "round robin: who has the fewest open contacts gets the next one.",
    ],
    question: "Round robin, or the fewest open contacts?",
    parameters: """
      parameters: {logic: least_open}
      strategies:
        round robin: {logic: round_robin}
        least open: {logic: least_open}

      """,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: $logic, only_online: true}

      """)

  private static let returning = """
      customers:
        arrivals: {poisson: 30 per hour}
        questions: {geometric: 1.6}     # in one conversation, on average
        think_time: {lognormal: {median: 40 s, p90: 4 min}}
        patience: {exponential: 45 min} # who waits longer for an answer gives up
        returns: {chance: 40%, after: {exponential: 90 min}}

    """

  private static let dedicated = Starter(
    name: "dedicated",
    summary: "A dedicated agent: who comes back meets the same one, if soon enough",
    lines: [
      "Dedicated agents: who comes back waits a while for the agent of last time, then gets anybody.",
      "same_agent says how often it works; first_response what it costs.",
    ],
    question: "How long should a customer wait for the own agent?",
    parameters: """
      parameters: {wait: 5 min}
      strategies:
        no wait: {wait: 0 s}
        5 minutes: {wait: 5 min}
        1 hour: {wait: 1 h}

      """,
    contacts: returning,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: {sticky: {wait: $wait, then: least_open}}, only_online: true}

      """,
    goals: """
        - first_response.within(10 min) >= 80%
        - same_agent >= 50%

      """)

  private static let unassignOnClose = Starter(
    name: "unassign-on-close", summary: "Assignment: Unassign After Conversation Closes",
    lines: [
      "The platform's template \"Unassign After Conversation Closes\". Without it a contact keeps the assignee,",
      "and a workflow that leaves assigned contacts alone brings everybody back to the same agent, there or not.",
    ],
    question: "What is it worth to unassign when a conversation closes?",
    parameters: """
      parameters: {unassign: published}
      strategies:
        keep the agent: {unassign: stopped}
        unassign on close: {unassign: published}

      """,
    contacts: returning,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - branch:
                - name: Nobody has the contact
                  when: {all: [assignee_status does not exist]}
                  steps: [assign_to: {team: support, logic: least_open, only_online: true}]
                - name: Somebody has
                  steps: [add_comment: Stays with the agent of the last conversation.]
        unassign:
          status: $unassign
          trigger: conversation_closed
          steps:
            - assign_to: {unassign: true}

      """)

  private static let promptTransfer = Starter(
    name: "prompt-transfer",
    summary: "Transfer to another agent when nobody answers within 15 minutes",
    lines: [
      "The platform's guide \"Promptly Transfer Conversation\": who has had no answer for 15 minutes goes to",
      "somebody else of the team who is online. Beware: a welcome message counts as an answer.",
    ],
    question: "Does a transfer after 15 minutes help, and whom?",
    parameters: """
      parameters: {after: 15 min}
      strategies:
        no transfer: {after: 6 d}
        after 15 minutes: {after: 15 min}

      """,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: round_robin}    # on a break or not: that is why it is needed
            - wait: $after
            - branch:
                - name: Open and unanswered
                  when: {all: [conversation_status = open, time_since_last_outgoing_message does not exist]}
                  steps:
                    - assign_to: {team: support, logic: least_open, only_online: true, exclude_current: true}
                    - add_comment: Moved after 15 minutes without an answer.

      """,
    goals: """
        - first_response.within(30 min) >= 90%
        - abandoned <= 10%

      """)
}
