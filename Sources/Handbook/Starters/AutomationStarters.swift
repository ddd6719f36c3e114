extension Starter {
  static let awayMessage = Starter(
    name: "away-message", summary: "Welcome and Away Messages, by business hours",
    lines: [
      "The platform's guide \"Automated Welcome and Away Messages\": a welcome in business hours, an away message",
      "outside them. Office hours of the metrics are the same hours: first_response.office leaves the night out.",
    ],
    question: "How soon is answered what came outside business hours?",
    duration: "5 d",
    parameters: """
      office_hours: {days: mon-fri, hours: 09:00-18:00}
      parameters: {most: 5}
      strategies:
        no limit: {most: 1000}            # the first who comes in the morning gets the whole night
        5 open contacts: {most: 5}

      """,
    contacts: """
        customers:
          arrivals:
            profile: {"00:00": 2 per hour, "08:00": 25 per hour, "12:00": 40 per hour, "18:00": 12 per hour, "22:00": 2 per hour}
          patience: {exponential: 1 d}

      """,
    teams: """
        support:
          agents: 8
          reply_time: {lognormal: {median: 5 min, p90: 12 min}}
          shift: {days: mon-fri, hours: 09:00-18:00}

      """,
    workflows: """
        messages:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - date_and_time: {days: mon-fri, hours: 09:00-18:00}
              outside:
                - send_message: We are away and will answer in the morning.
                - assign_to: {team: support, logic: round_robin, only_online: true, fewer_than: $most}
            - send_message: Welcome! Somebody will be with you in a moment.
            - assign_to: {team: support, logic: least_open, only_online: true, fewer_than: $most}

      """,
    goals: """
        - first_response.office.p90 <= 30 min

      """)

  static let broadcast = Starter(
    name: "broadcast", summary: "A broadcast and its wave of replies",
    lines: [
      "A broadcast to 2,000 contacts at ten o'clock, and what its replies do to everybody else:",
      "sent at once, or slowly.",
    ],
    question: "At once or slowly: who waits because of a broadcast?",
    parameters: """
      parameters: {pace: off}
      strategies:
        at once: {pace: off}
        10 a minute: {pace: 10 per minute}

      """,
    contacts: Starter.customers + """
      broadcasts:
        sale:
          recipients: 2000
          at: 1 h
          pace: $pace
          replies: {share: 6%, after: {lognormal: {median: 10 min, p90: 2 h}}}

      """,
    workflows: """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: least_open, only_online: true}

      """)

  static let aiAgent = Starter(
    name: "ai-agent", summary: "An AI agent in front of people",
    lines: [
      "An AI agent talks first; what it cannot do goes to people. Compared with people alone.",
      "Look at first_response: it counts messages of people only, as the platform's reports do.",
    ],
    question: "How many people does an AI agent save, and who waits longer for one?",
    parameters: """
      parameters: {ai: published, plain: stopped}
      strategies:
        people alone: {ai: stopped, plain: published}
        AI agent first: {ai: published, plain: stopped}

      """,
    workflows: plain() + """
        AI first:
          status: $ai
          trigger: {conversation_opened: {source: contact}}
          steps:
            - ai_agent: {outcomes: {success: 45%, to_human: 40%, unable: 15%}, latency: {lognormal: {median: 40 s, p90: 2 min}}}
              on:
                success: [close_conversation: {category: solved}]
                to_human: [assign_to: {team: support, logic: least_open, only_online: true}]
                unable: [assign_to: {team: support, logic: least_open, only_online: true}]
                others: [assign_to: {team: support, logic: least_open, only_online: true}]
                idle: [close_conversation: {category: gone}]

      """,
    goals: """
        - abandoned <= 5%

      """)
}
