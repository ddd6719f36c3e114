import Measurement
import Scenarios

/// The pages of the reference.
public enum Handbook {
  /// Every page that is made from the tables of scenarios, cases, metrics and files.
  public static let topics: [Topic] = [
    scenario, values, workflows, logics, policies, metrics, cases, files,
  ]

  private static let scenario = Topic(
    "scenario", "Scenario files", "Every key of a scenario, but for workflows",
    [
      .text(
        "One YAML document, or JSON. A key that is left out has its default. Durations, rates and shares "
          + "carry their units; `switchboard help values` says how they are written, "
          + "`switchboard help workflows` how workflows are. `$name` stands for a parameter anywhere."
      ),
      .code(
        """
        name: Two agents and a queue
        duration: 8 h
        contacts:
          everyday:
            arrivals: {poisson: 20 per hour}
        teams:
          support: {agents: 2, reply_time: {exponential: 4 min}}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - assign_to: {team: support, logic: round_robin, only_online: true}
        """),
    ] + KeyReference.scenario.filter { $0.subject != policiesSubject }.sections + [
      .heading("Kinds of channels, and what they set"),
      .entries(WordLists.channelKinds.map { Topic.Entry($0.name, "`\($0.sets)`") }),
    ])

  private static let policiesSubject = "policies"

  private static let policies = Topic(
    "policies", "Policies", "Decisions that the platform's documents leave open",
    [
      .text(
        "Each stands under `workspace: policies:` of a scenario or a case file. The default is what "
          + "the platform does as far as it is known.")
    ] + (KeyReference.scenario.filter { $0.subject == policiesSubject }).sections)

  private static let values = Topic(
    "values", "Values", "How durations, rates, distributions and arrivals are written",
    [
      .heading("Plain values"),
      .entries([
        Topic.Entry(
          "duration", takes: "90 s, 1 h 30 min, 2 d", "A number with a unit: `d h min s ms us ns`."),
        Topic.Entry("rate", takes: "90 per hour", "Per `second`, `minute`, `hour` or `day`."),
        Topic.Entry("share", takes: "35%", "A part of a whole."),
        Topic.Entry("multiple", takes: "150% or 1.5", "So many times."),
        Topic.Entry("date", takes: "2026-11-23 09:00", "By the clock of `time_zone`."),
        Topic.Entry("days", takes: "mon-fri, sun", "Days of the week, or `every day`."),
        Topic.Entry(
          "hours", takes: "22:00-06:00", "By the clock on the wall; may go past midnight."),
      ]),
      .heading("Distributions"),
      .text(
        "Where a distribution may stand, a bare value is always the same. Else a map with its name: "
          + "`{exponential: 40 s}`, `{lognormal: {median: 40 s, p90: 4 min}}`."),
      .entries(
        WordLists.distributions.map { Topic.Entry($0.name, takes: "", "By \($0.ways).") }),
      .heading("Counts"),
      .entries([
        Topic.Entry(
          "geometric", takes: "its mean", "1, 2, 3 ..., each further one as likely as the last."),
        Topic.Entry("poisson", takes: "its mean", "Many chances, each small."),
        Topic.Entry(
          "uniform", takes: "from and to", "Each number from one to the other as likely."),
      ]),
    ] + KeyReference.values.sections)

  private static let workflows = Topic(
    "workflows", "Workflows", "Triggers, steps, conditions and variables",
    [
      .text(
        "A step is a map with one of the keys below, and beside it `id`, `name` and the lists of its "
          + "outcomes. A list of steps that ends, ends the run."),
      .code(
        """
        name: Own agents for VIPs
        duration: 8 h
        contacts: {everyday: {arrivals: {poisson: 20 per hour}}}
        teams:
          key accounts: {agents: 1, reply_time: {exponential: 4 min}}
          support: {agents: 2, reply_time: {exponential: 4 min}}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - branch:
                  - name: VIP
                    when: {all: [contact.type = VIP]}
                    steps: [assign_to: {team: key accounts, only_online: true}]
                  - name: everybody else
                    steps: [assign_to: {workspace: true, logic: least_open, only_online: true}]
        """),
    ] + KeyReference.workflows.sections + [
      .heading("Subjects of conditions"),
      .entries(WordLists.subjects.map { Topic.Entry($0.name, $0.about) }),
      .heading("Operators of conditions"),
      .entries(WordLists.operators.map { Topic.Entry($0.name, $0.about) }),
      .heading("Sources"),
      .entries(WordLists.sources.map { Topic.Entry($0.name, $0.about) }),
      .heading("Dollar signs"),
      .entries([
        Topic.Entry("$name", "A parameter of the scenario; else a variable that a step saves."),
        Topic.Entry("$contact.FIELD", "A field of the contact."),
        Topic.Entry("$assignee.name", "The assignee's name."),
        Topic.Entry("$conversation.id", "The conversation's number."),
        Topic.Entry("$trigger.NAME", "What the trigger brought along; further in with more dots."),
        Topic.Entry("$.path", "A path into a JSON answer, under `save` of `http_request`."),
        Topic.Entry("$$", "A dollar sign."),
      ]),
    ])

  private static let logics = Topic(
    "logics", "Logics", "How one of the users who qualify is chosen",
    [
      .text(
        "`logic:` of `assign_to`. Each keeps its own turn in a pool; a choice costs the same for ten "
          + "users and for a hundred thousand."),
      .entries(WordLists.logics.map { Topic.Entry($0.name, $0.about) }),
    ])

  private static let cases = Topic(
    "cases", "Case files", "Every key of a case file: one rule of the engine, told as a story",
    [
      .text(
        "`switchboard check` plays them. Nothing is drawn: the file says all that happens. "
          + "Workflows stand in it as in a scenario.")
    ] + KeyReference.caseFile.filter { $0.subject != policiesSubject }.sections)
}
