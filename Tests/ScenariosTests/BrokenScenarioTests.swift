import Testing

@testable import Scenarios

/// Two hundred ways to break the example.
///
/// One a line: what is replaced, by what, and with «» around the defect; `⏎` is a line break.
private let defects = #"""
  name: Support desk, Monday ⇒ «nmae»: Support desk, Monday
  name: Support desk, Monday ⇒ name: «[a]»
  name: Support desk, Monday ⇒ name:«»
  name: Support desk, Monday ⇒ name: «''»
  description: Which way of assigning answers customers sooner? ⇒ description: «{a: b}»
  description: Which way of assigning answers customers sooner? ⇒ descr«»iption: a: b
  - reassigned <= 5% ⇒ - «"open»
  description: Which way of assigning answers customers sooner? ⇒ name: x⏎description: «&a» b
  seed: 20261123 ⇒ seed: «-1»
  seed: 20261123 ⇒ seed: «1.5»
  seed: 20261123 ⇒ seed: «random»
  seed: 20261123 ⇒ seed: «1e30»
  seed: 20261123 ⇒ seed: 1⏎«seed»: 2
  seed: 20261123 ⇒ seed: «!!int» 1
  seed: 20261123 ⇒ seed: «*a»
  seed: 20261123 ⇒ «<<»: {seed: 1}
  seed: 20261123 ⇒ seed: «$seed»
  start: 2026-11-23 09:00 ⇒ start: «2026-02-30 09:00»
  start: 2026-11-23 09:00 ⇒ start: «tomorrow»
  start: 2026-11-23 09:00 ⇒ start: «2026-11-23 24:00»
  start: 2026-11-23 09:00 ⇒ start: «1969-01-01»
  time_zone: UTC ⇒ time_zone: «Lisbon»
  time_zone: UTC ⇒ time_zone: «../../etc/passwd»
  time_zone: UTC ⇒ time_zone: «[UTC]»
  duration: 8 h ⇒ duration: «8»
  duration: 8 h ⇒ duration: «0 s»
  duration: 8 h ⇒ duration: «-8 h»
  duration: 8 h ⇒ duration: 8 «hours»
  duration: 8 h ⇒ duration: «101 d 1000 h 40000 d»
  duration: 8 h ⇒ duration: «40000 d»
  duration: 8 h ⇒ duration: 30 min 1 «h»
  duration: 8 h ⇒ «durations»: 8 h
  warmup: 30 min ⇒ warmup: «8 h»
  warmup: 30 min ⇒ warmup: «half»
  warmup: 30 min ⇒ warmup: «30»
  replications: 30 ⇒ replications: «0»
  replications: 30 ⇒ replications: «1e7»
  replications: 30 ⇒ replications: «many»
  replications: 30 ⇒ replications: 30⏎«precision»: {metric: wait.mean, within: 2%}
  replications: 30 ⇒ precision: {metric: «wiat.mean», within: 2%}
  replications: 30 ⇒ precision: {metric: wait.mean, within: «0.02»}
  replications: 30 ⇒ precision: {metric: wait.mean, within: «0%»}
  replications: 30 ⇒ precision: {metric: wait.mean, within: 2%, at_most: «1»}
  replications: 30 ⇒ precision: «{metric: wait.mean}»
  replications: 30 ⇒ precision: «2%»
  parameters: {logic: round_robin, agents: 12, online_only: true, volume: 100%} ⇒ parameters: «[logic]»
  agents: 12, ⇒ agents: «twelve»,
  agents: 12, ⇒ agents: «0»,
  agents: 12, ⇒ agents: «1000001»,
  agents: 12, ⇒ agents: «$agents»,
  agents: 12, ⇒ agents: «{count: 12}»,
  agents: 12, ⇒ agent: 12, agents: «$agnet»,
  agents: 12, ⇒ agents: 12, «contact»: x,
  agents: 12, ⇒ agents: 12, «my-name»: x,
  parameters: {logic: round_robin, ⇒ parameters: {logic: «round-robin»,
  online_only: true, ⇒ online_only: «maybe»,
  volume: 100%} ⇒ volume: «-5%»}
  volume: 100%} ⇒ volume: «lots»}
  round robin: {logic: round_robin} ⇒ round robin: {«logics»: round_robin}
  round robin: {logic: round_robin} ⇒ round robin: {logic: «least_closed»}
  round robin: {logic: round_robin} ⇒ round robin: «round_robin»
  round robin: {logic: round_robin} ⇒ round robin: {description: «[in turn]»}
  round robin: {logic: round_robin} ⇒ round robin: {description: «''»}
  agents: 12, ⇒ agents: 12, «description»: x,
  round robin: {logic: round_robin} ⇒ least open: {logic: round_robin}⏎  «least open»: {}
  round robin: {logic: round_robin} ⇒ «round/robin»: {logic: round_robin}
  channels:⏎  whatsapp: ⇒ channels:⏎  «what/sapp»:
  web:      {kind: website_chat} ⇒ web:      {kind: «websitechat2»}
  web:      {kind: website_chat} ⇒ web:      {«knid»: website_chat}
  web:      {kind: website_chat} ⇒ web:      «website_chat»
  web:      {kind: website_chat} ⇒ web:      {window: «0 s»}
  web:      {kind: website_chat} ⇒ web:      {templates: «sometimes»}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {lognormal: {median: 600 ms, p95: «500 ms»}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {lognormal: {median: 600 ms, «p99»: 3 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {lognormal: «{median: 600 ms}»}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {lognormal: {median: «600», p95: 3 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {«normal»: {median: 600 ms, p95: 3 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: «[1 s]»
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {exponential: 1 s, «gamma»: 2 s}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {empirical: {file: «x.csv», column: y}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {gamma: {mean: 1 s, cv: «-1»}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {erlang: {k: «0», mean: 1 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {uniform: {from: 2 s, to: «1 s»}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {triangular: {from: 1 s, mode: «9 s», to: 2 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {hyperexponential: {mean: 1 s, cv: «0.5»}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {pareto: {minimum: «-1 s», shape: 2}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {weibull: {shape: «x», scale: 1 s}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {beta: {a: 1, b: 1, from: 0 s, to: «-1 s»}}
  delivery: {lognormal: {median: 600 ms, p95: 3 s}} ⇒ delivery: {mixture: «[{share: 50%, of: 1 s}]»}
  failure: 0.5%, ⇒ failure: «0.5»,
  failure: 0.5%, ⇒ failure: «101%»,
  throughput: 80 per second} ⇒ throughput: «80»}
  throughput: 80 per second} ⇒ throughput: «80 per fortnight»}
  throughput: 80 per second} ⇒ throughput: «0 per second»}
  crm: {latency: ⇒ crm: {«latncy»:
  failure: 1%, answers: ⇒ failure: «1% %», answers:
  customerType: $contact.customer_type, ⇒ customerType: «$contact»,
  customerType: $contact.customer_type, ⇒ customerType: «$assignee.name»,
  customerType: $contact.customer_type, ⇒ customerType: «$5»,
  customerType: $contact.customer_type, ⇒ customerType: «[VIP]»,
  seconds: {exponential: 15 min}}} ⇒ seconds: {«exponental»: 15 min}}}
  everyday:⏎    arrivals: {poisson: 90 per hour} ⇒ everyday:⏎    «arivals»: {poisson: 90 per hour}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: «{}»
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {poisson: «90»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {poisson: «0 per hour»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: «90 per hour»
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {«possion»: 90 per hour}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {poisson: 90 per hour, «shape»: linear}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {poisson: 90 per hour, «renewal»: 5 s}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {poisson: 90 per hour, busyness: «{gamma: {mean: 2, cv: 1}}»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {renewal: «0 s»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {profile: {«"25:00"»: 5 per hour}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {profile: {"08:00": «5»}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {profile: {"08:00": 5 per hour}, shape: «round»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {profile: «{}»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {weekly: {«moonday»: {"08:00": 5 per hour}}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {mmpp: «[{rate: 1 per hour, stay: 1 h}]»}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {mmpp: [{rate: 1 per hour, stay: «0 s»}, {rate: 2 per hour, stay: 1 h}]}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {batch: {of: {poisson: 1 per hour}, size: «0.5»}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {batch: {«off»: {poisson: 1 per hour}, size: 2}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {hawkes: {rate: 1 per hour, jump: «3 per hour», decay: 2 per hour}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {replay: {file: «../x.csv», column: at}}
  arrivals: {poisson: 90 per hour} ⇒ arrivals: {replay: {file: «/etc/passwd», column: at}}
  volume: $volume ⇒ volume: «$volum»
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: «{whatsapp: 80%, web: 30%}»
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: {whatsapp: 80%, «wep»: 20%}
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: {whatsapp: «80», web: 20%}
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: «sms»
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: «{}»
  questions: {geometric: 2.5} ⇒ questions: {geometric: «0.5»}
  questions: {geometric: 2.5} ⇒ questions: «2.5»
  questions: {geometric: 2.5} ⇒ questions: «0»
  questions: {geometric: 2.5} ⇒ questions: {«binomial»: 2.5}
  questions: {geometric: 2.5} ⇒ questions: {uniform: {from: 5, to: «1»}}
  think_time: {lognormal: ⇒ «thinktimes»: {lognormal:
  patience: {exponential: 40 min} ⇒ patience: {exponential: «40»}
  patience: {exponential: 40 min} ⇒ patience: «forever»
  patience_until: start ⇒ patience_until: «begin»
  giving_up: closes ⇒ giving_up: «leaves»
  known: {share: 35%, assigned: 0%} ⇒ known: «35%»
  known: {share: 35%, assigned: 0%} ⇒ known: {share: «135%», assigned: 0%}
  known: {share: 35%, assigned: 0%} ⇒ known: {«shares»: 35%}
  returns: {chance: 10%, after: {exponential: 1 d}} ⇒ returns: «{chance: 10%}»
  returns: {chance: 10%, after: {exponential: 1 d}} ⇒ returns: {chance: 10%, after: «1»}
  fields: {email: 60%, ⇒ fields: {email: «60»,
  customer_type: {VIP: 5%, regular: 95%}} ⇒ customer_type: «{VIP: 5%, regular: 94%}»}
  answers: {valid: 85%, ⇒ answers: {«vaild»: 85%,
  never: 3%} ⇒ never: «3»}
  support:⏎    agents: $agents ⇒ support:⏎    agents: «$agent»
  support:⏎    agents: $agents ⇒ support:⏎    agents: «[]»
  support:⏎    agents: $agents ⇒ support:⏎    agents: [zed, «zed»]
  support:⏎    agents: $agents ⇒ support:⏎    agents: [{«nam»: zed}]
  support:⏎    agents: $agents ⇒ support:⏎    agents: [«[zed]»]
  support:⏎    agents: $agents ⇒ support:⏎    agents: [{name: zed, limit: «-1»}]
  support:⏎    agents: $agents ⇒ support:⏎    agents: [{name: zed, weight: «0»}]
  support:⏎    agents: $agents ⇒ support:«»
  attention: serial ⇒ attention: «twice»
  attention: serial ⇒ attention: {parallel: «0»}
  attention: serial ⇒ attention: {shared: «[]»}
  attention: serial ⇒ attention: {shared: [1, «-1»]}
  attention: serial ⇒ attention: {parallel: 2, «shared»: [1]}
  reply_time: {lognormal: {median: 50 s, p90: 2 min}} ⇒ «replytime»: {lognormal: {median: 50 s, p90: 2 min}}
  reply_time: {lognormal: {median: 50 s, p90: 2 min}} ⇒ reply_time: {lognormal: {median: 50 s, p90: 2 «mins»}}
  wrap_up: 20 s ⇒ wrap_up: «20»
  greets: false ⇒ greets: «0»
  picks: nothing ⇒ picks: «all»
  shift: {days: mon-fri, ⇒ shift: {days: «mon-fry»,
  hours: ["09:00-13:00", "14:00-18:00"]} ⇒ hours: ["09:00-13:00", «"12:00-18:00"»]}
  hours: ["09:00-13:00", "14:00-18:00"]} ⇒ hours: [«"9-13"»]}
  hours: ["09:00-13:00", "14:00-18:00"]} ⇒ hours: [«"09:00-09:00"»]}
  hours: ["09:00-13:00", "14:00-18:00"]} ⇒ «hour»: []}
  away: {after: {exponential: 50 min}, for: {exponential: 8 min}} ⇒ away: «{after: {exponential: 50 min}}»
  away: {after: {exponential: 50 min}, for: {exponential: 8 min}} ⇒ away: «often»
  away: {after: {exponential: 50 min}, for: {exponential: 8 min}} ⇒ away: «{after: 0 s, for: 0 s}»
  leaving: finish_first ⇒ leaving: «finish-first»
  forgets_to_close: 0% ⇒ forgets_to_close: «0»
  finishes_anyway: false ⇒ finishes_anyway: «perhaps»
  cost: 24 per hour ⇒ cost: «24»
  cost: 24 per hour ⇒ cost: «-24 per hour»
  agents: [zoe, {name: yan, ⇒ agents: [zoe, {name: «zoe»,
  attention: {parallel: 4} ⇒ attention: {parallel: «4.5»}
  maria: {reply_time: {exponential: 3 min}, ⇒ maria: «»{
  maria: {reply_time: {exponential: 3 min}, ⇒ «zoe»: {reply_time: {exponential: 3 min},
  role: manager, ⇒ role: «boss»,
  unassign_on_close: false ⇒ unassign_on_close: «17»
  auto_close: off ⇒ auto_close: «5 min»
  inactivity: off ⇒ inactivity: «2 h»
  limits: {jumps: 10, ⇒ limits: {«jump»: 10,
  wait: 7 d, branches: 9, ⇒ wait: «7», branches: 9,
  policies: {last_outgoing_counts: users} ⇒ policies: {«last_outgoing_count»: users}
  policies: {last_outgoing_counts: users} ⇒ policies: {last_outgoing_counts: «user»}
  policies: {last_outgoing_counts: users} ⇒ policies: {round_robin_form: «pointers»}
  trigger: {conversation_opened: {source: contact}} ⇒ trigger: {«conversation_open»: {source: contact}}
  trigger: {conversation_opened: {source: contact}} ⇒ trigger: {conversation_opened: {source: «contacts»}}
  trigger: {conversation_opened: {source: contact}} ⇒ trigger: «shortcut»
  - send_message: Hello! We will be with you shortly. ⇒ - «sent_message»: Hello!
  - send_message: Hello! We will be with you shortly. ⇒ - send_message: Hello «$name»!
  - send_message: Hello! We will be with you shortly. ⇒ - send_message: {text: Hello, channel: «wap»}
  - send_message: Hello! We will be with you shortly. ⇒ - «Hello»
  - assign_to: {team: support, logic: $logic, ⇒ - assign_to: {team: «suport», logic: $logic,
  - assign_to: {team: support, logic: $logic, ⇒ - assign_to: {team: support, logic: «$logik»,
  fewer_than: 6, timeout: 2 h} ⇒ fewer_than: «few», timeout: 2 h}
  fewer_than: 6, timeout: 2 h} ⇒ fewer_than: 6, timeout: «8 d»}
  - wait: 15 min ⇒ - wait: «15»
  - wait: 15 min ⇒ - wait: «8 d»
  - wait: 15 min ⇒ - wait: «$timer»
  - wait: 15 min ⇒ - {wait: 15 min, «on_timeout»: []}
  - wait: 15 min ⇒ - jump_to: {step: «nowhere», at_most: 3}
  - wait: 15 min ⇒ - branch: [{steps: [{wait: 1 s}]}]«»
  when: {all: [conversation_status = open, ⇒ when: {all: [conversation_status «is» open,
  when: {all: [conversation_status = open, ⇒ when: {all: [«conversation_state» = open,
  when: {all: [conversation_status = open, ⇒ when: {«al»: [conversation_status = open,
  - add_comment: Moved after 15 minutes without an answer. ⇒ - add_comment: «[Moved]»
  - first_response.within(5 min) >= 80% ⇒ - «first_answer».within(5 min) >= 80%
  - first_response.within(5 min) >= 80% ⇒ - first_response.within(5 min) >= «8 min»
  - first_response.p90 <= 10 min ⇒ - first_response.«p42» <= 10 min
  - first_response.p90 <= 10 min ⇒ - first_response.p90 <= «10»
  - reassigned <= 5% ⇒ - «reassigned is 5%»
  - reassigned <= 5% ⇒ - reassigned <= «5 min»
  - reassigned <= 5% ⇒ - «population evryday»: reassigned <= 5%
  - reassigned <= 5% ⇒ - «"team suport: reassigned <= 5%"»
  - reassigned <= 5% ⇒ - «chanel web»: reassigned <= 5%
  - reassigned <= 5% ⇒ - «between 12:00 and 12:00»: reassigned <= 5%
  - reassigned <= 5% ⇒ - population everyday: «busy» <= 5%
  - reassigned <= 5% ⇒ - {population everyday: reassigned <= 5%, «more»: reassigned <= 5%}
  spam: {share: 4%, ⇒ spam: {«shares»: 4%,
  spam: {share: 4%, ⇒ spam: «{»
  spam: {share: 4%, recognition: {exponential: 15 s}, blocked: 50%, category: junk} ⇒ spam: «4%»
  spam: {share: 4%, recognition: {exponential: 15 s}, blocked: 50%, category: junk} ⇒ spam: «{recognition: 1 s}»
  spam: {share: 4%, ⇒ spam: {share: «104%»,
  recognition: {exponential: 15 s}, ⇒ recognition: {exponential: «15»},
  blocked: 50%, category: junk ⇒ blocked: «0.5», category: junk
  blocked: 50%, category: junk ⇒ blocked: 50%, category: «''»
  second_channel: {share: 8%, channel: web, ⇒ second_channel: {share: 8%, channel: «wab»,
  second_channel: {share: 8%, channel: web, ⇒ second_channel: «{share: 8%»,
  second_channel: {share: 8%, channel: web, ⇒ second_channel: {share: «8», channel: web,
  after: {exponential: 10 min}, noticed: 70%} ⇒ after: «10», noticed: 70%}
  after: {exponential: 10 min}, noticed: 70%} ⇒ after: {exponential: 10 min}, «notices»: 70%}
  after: {exponential: 10 min}, noticed: 70%} ⇒ after: {exponential: 10 min}, noticed: «-1%»}
  channels: {whatsapp: 80%, web: 20%} ⇒ channels: web⏎    second_channel: {share: 1%, channel: «web», after: 1 s}⏎  other:⏎    arrivals: {poisson: 9 per hour}⏎    channels: web
  winter sale: {recipients: 4000, ⇒ winter sale: {recipients: «0»,
  winter sale: {recipients: 4000, ⇒ winter sale: {recipients: «4000.5»,
  winter sale: {recipients: 4000, ⇒ winter sale: {recipients: «all»,
  winter sale: {recipients: 4000, ⇒ winter sale: {«receivers»: 4000,
  population: everyday, channel: whatsapp, at: 1 h, ⇒ population: «everyone», channel: whatsapp, at: 1 h,
  population: everyday, channel: whatsapp, at: 1 h, ⇒ population: everyday, channel: «whatsup», at: 1 h,
  population: everyday, channel: whatsapp, at: 1 h, ⇒ population: everyday, channel: whatsapp, at: «1»,
  population: everyday, channel: whatsapp, at: 1 h, ⇒ population: everyday, channel: whatsapp, at: «"09:30"»,
  winter sale: {recipients: 4000, population: everyday, channel: whatsapp, ⇒ «winter sale»: {recipients: 4000, population: everyday,
  repeats: never, ⇒ repeats: «monthly»,
  pace: 30 per second, ⇒ pace: «30»,
  pace: 30 per second, ⇒ pace: «0 per second»,
  replies: {share: 12%, ⇒ replies: {share: «12»,
  replies: {share: 12%, ⇒ replies: {«shar»: 12%,
  replies: {share: 12%, ⇒ replies: «12%», repeats: {x: y,
  grabs: {chance: 30%, after: {exponential: 5 s}} ⇒ grabs: {chance: «30», after: {exponential: 5 s}}
  grabs: {chance: 30%, after: {exponential: 5 s}} ⇒ grabs: «{chance: 30%}»
  grabs: {chance: 30%, after: {exponential: 5 s}} ⇒ grabs: «often»
  grabs: {chance: 30%, after: {exponential: 5 s}} ⇒ sees: own⏎    grabs: «{chance: 30%, after: 5 s}»
  role: manager, sees: own, ⇒ role: agent, sees: own, «»
  supervises: {every: {exponential: 10 min}, ⇒ supervises: {every: «0 s»,
  supervises: {every: {exponential: 10 min}, ⇒ supervises: {«evry»: {exponential: 10 min},
  waiting: 15 min, away: true, overloaded: 6, ⇒ waiting: «15», away: true, overloaded: 6,
  waiting: 15 min, away: true, overloaded: 6, ⇒ waiting: 15 min, away: «sometimes», overloaded: 6,
  waiting: 15 min, away: true, overloaded: 6, ⇒ waiting: 15 min, away: true, overloaded: «0»,
  supervises: {every: {exponential: 10 min}, waiting: 15 min, away: true, overloaded: 6, ⇒ supervises: «{every: 1 min, waiting: 15 min, away: false,»
  at_most: 5, to: support}} ⇒ at_most: «none», to: support}}
  at_most: 5, to: support}} ⇒ at_most: 5, to: «suport»}}
  """#

/// A broken scenario and where in it the defect lies.
struct Defect: CustomTestStringConvertible {
  let line: String
  let text: String
  let from: SourcePosition
  let to: SourcePosition
  var isMissing: Bool { from == to }

  var testDescription: String { line }

  init?(_ line: Substring) {
    let sides = line.split(separator: " ⇒ ", maxSplits: 1).map { part in
      part.replacing("⏎", with: "\n")
    }
    guard sides.count == 2, let place = example.firstRange(of: sides[0]) else { return nil }
    var broken = example
    broken.replaceSubrange(place, with: sides[1])
    guard let open = broken.firstIndex(of: "«"), let close = broken.firstIndex(of: "»") else {
      return nil
    }
    func position(_ index: String.Index, _ markers: Int) -> SourcePosition {
      let before = broken[..<index].split(separator: "\n", omittingEmptySubsequences: false)
      let column = (before.last?.unicodeScalars.count ?? 0) + 1 - markers
      return SourcePosition(line: before.count, column: column)
    }
    from = position(open, 0)
    let isSameLine = !broken[open..<close].contains("\n")
    to = position(close, isSameLine ? 1 : 0)
    text = broken.replacing("«", with: "").replacing("»", with: "")
    self.line = String(line)
  }
}

@Suite struct `Broken scenarios` {
  static let lines = defects.split(separator: "\n")

  @Test func `there are two hundred of them, each from the example`() {
    #expect(Self.lines.count >= 200)
    for line in Self.lines { #expect(Defect(line) != nil, "\(line)") }
  }

  @Test(arguments: lines.compactMap(Defect.init))
  func `each has a position inside its defect`(defect: Defect) {
    do throws(Diagnostics) {
      _ = try Scenario.read(SourceFile(name: "broken.yaml", text: defect.text))
      Issue.record("nothing was found")
    } catch {
      let places = error.errors.compactMap { $0.span?.start }
      #expect(!places.isEmpty)
      let inside = places.contains { place in
        // An empty mark stands for something that is missing: it is missed there or in the line
        // after it.
        place >= defect.from
          && (place < defect.to || defect.isMissing && place.line <= defect.to.line + 1)
      }
      #expect(inside, "\(defect.from) to \(defect.to)\n\(error.rendered())")
      #expect(error.rendered().contains("broken.yaml:"))
    }
  }
}
