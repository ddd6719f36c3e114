extension Starter {
  static let vip = Starter(
    name: "vip", summary: "Routing: VIP Contacts, found by a look-up in a CRM",
    lines: [
      "The platform's guide \"Route VIP Contacts\": a CRM says who is a VIP, and VIPs have agents of their own.",
      "Look at CUSTOMERS: what VIPs gain, and what everybody else pays.",
    ],
    question: "What do VIPs gain, and who pays?",
    parameters: """
      parameters: {routing: published, plain: stopped}
      strategies:
        everybody alike: {routing: stopped, plain: published}
        VIPs apart: {routing: published, plain: stopped}

      """,
    services: """
      services:
        crm:
          latency: {lognormal: {median: 300 ms, p95: 2 s}}
          failure: 1%                     # then a VIP is treated as everybody else
          answers: {customerType: $contact.customer_type}

      """,
    contacts: """
        regular:
          arrivals: {poisson: 62 per hour}
          patience: {exponential: 45 min}
          fields: {customer_type: {regular: 100%}}
        vip:
          arrivals: {poisson: 6 per hour}
          patience: {exponential: 45 min}
          fields: {customer_type: {VIP: 100%}}

      """,
    teams: team(agents: 3) + team("key accounts", agents: 1),
    workflows: plain("workspace: true") + """
        routing:
          status: $routing
          trigger: {conversation_opened: {source: contact}}
          steps:
            - http_request: {service: crm, url: https://crm.example/customers, save: {CustomerType: $.customerType}}
            - branch:
                - name: VIP
                  when: {all: [$CustomerType = VIP]}
                  steps:
                    - assign_to: {team: key accounts, logic: least_open, only_online: true, timeout: 5 min}
                      on_timeout: [assign_to: {workspace: true, logic: least_open, only_online: true}]
                - name: Regular
                  steps: [assign_to: {team: support, logic: least_open, only_online: true}]

      """,
    goals: """
        - population vip: first_response.within(10 min) >= 90%
        - first_response.within(15 min) >= 80%

      """)

  static let newReturning = Starter(
    name: "new-returning", summary: "Routing: New & Returning Contacts",
    lines: [
      "The platform's template \"Routing: New & Returning Contacts\": newcomers are welcomed and asked what it is",
      "about, who returns goes straight to the team.",
    ],
    question: "What does it cost to ask newcomers first?",
    parameters: """
      parameters: {ask: published, plain: stopped}
      strategies:
        everybody alike: {ask: stopped, plain: published}
        newcomers are asked: {ask: published, plain: stopped}

      """,
    contacts: """
        newcomers:
          arrivals: {poisson: 40 per hour}
          patience: {exponential: 45 min}
          answers: {valid: 90%, after: {lognormal: {median: 20 s, p90: 90 s}}, never: 4%}
        regulars:
          arrivals: {poisson: 40 per hour}
          patience: {exponential: 45 min}
          known: {share: 100%}            # in the address book, with a past

      """,
    workspace: """
      workspace:
        policies: {new_contact_rule: first_conversation}

      """,
    workflows: plain() + """
        new and returning:
          status: $ask
          trigger: {conversation_opened: {source: contact}}
          steps:
            - branch:
                - name: New
                  when: {all: [contact_type = new]}
                  steps:
                    - ask_question: {text: Welcome! What is it about, save: {field: topic}, timeout: 5 min}
                      on_timeout: [assign_to: {team: support, logic: least_open, only_online: true}]
                    - assign_to: {team: support, logic: least_open, only_online: true}
                - name: Returning
                  steps: [assign_to: {team: support, logic: least_open, only_online: true}]

      """)

  static let shifts = Starter(
    name: "shifts", summary: "Route Contacts by Shifts, with an away message at night",
    lines: [
      "The platform's guide \"Route Contacts by Shifts\": two teams by day, an away message at night, and who wrote",
      "at night is answered in the morning. Without fewer_than the first who comes gets the whole night.",
    ],
    question: "How long does the morning need for what came at night?",
    duration: "3 d",
    parameters: """
      parameters: {early: 6, late: 5}
      strategies:
        6 early and 5 late: {early: 6, late: 5}
        8 early and 3 late: {early: 8, late: 3}

      """,
    contacts: """
        customers:
          arrivals:
            profile: {"00:00": 3 per hour, "07:00": 25 per hour, "10:00": 40 per hour, "18:00": 15 per hour, "22:00": 3 per hour}
          patience: {exponential: 12 h}

      """,
    teams: """
        early:
          agents: $early
          reply_time: {lognormal: {median: 4 min, p90: 10 min}}
          shift: {hours: 07:00-15:00}
        late:
          agents: $late
          reply_time: {lognormal: {median: 4 min, p90: 10 min}}
          shift: {hours: 15:00-23:00}

      """,
    workflows: """
        shifts:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - date_and_time: {hours: 07:00-15:00}
              outside:
                - date_and_time: {hours: 15:00-23:00}
                  outside:
                    - send_message: We are back at seven.
                    - assign_to: {team: early, logic: round_robin, only_online: true, fewer_than: 5}
                - assign_to: {team: late, logic: least_open, only_online: true}
            - assign_to: {team: early, logic: least_open, only_online: true}

      """,
    goals: """
        - between 08:00 and 22:00: first_response.within(10 min) >= 80%

      """)

  static let chatMenu = Starter(
    name: "chat-menu", summary: "A chat menu that routes customers to the right team",
    lines: [
      "The platform's guide \"Route Customers to the Right Team\": a menu first, then the team that can help.",
      "Compared with one team for everything.",
    ],
    question: "Is a menu worth the question?",
    parameters: """
      parameters: {menu: published, plain: stopped}
      strategies:
        no menu: {menu: stopped, plain: published}
        menu: {menu: published, plain: stopped}

      """,
    contacts: """
        buyers:
          arrivals: {poisson: 30 per hour}
          patience: {exponential: 45 min}
          answers: {valid: 92%, after: {lognormal: {median: 15 s, p90: 60 s}}, never: 5%}
        owners:
          arrivals: {poisson: 48 per hour}
          patience: {exponential: 45 min}
          answers: {valid: 92%, after: {lognormal: {median: 15 s, p90: 60 s}}, never: 5%}

      """,
    teams: team("sales", agents: 2) + team(agents: 3),
    workflows: plain("workspace: true") + """
        menu:
          status: $menu
          trigger: {conversation_opened: {source: contact}}
          steps:
            - id: menu
              ask_question: {text: How can we help, type: choice, choices: [Buy, Help], save: {variable: topic}, timeout: 5 min}
              on_invalid:
                - jump_to: {step: menu, at_most: 2}
                - assign_to: {team: support, logic: least_open, only_online: true}
              on_timeout:
                - assign_to: {team: support, logic: least_open, only_online: true}
            - branch:
                - name: Buy
                  when: {all: [$topic = Buy]}
                  steps: [assign_to: {team: sales, logic: least_open, only_online: true}]
                - name: Help
                  steps: [assign_to: {team: support, logic: least_open, only_online: true}]

      """)
}
