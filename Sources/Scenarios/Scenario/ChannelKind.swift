/// What a channel is: the numbers of PLATFORM.md section 7 stand in where a scenario names none.
public enum ChannelKind: String, Sendable, Hashable, CaseIterable {
  /// No delay, failure or limit: for models and tests.
  case direct
  /// WhatsApp Cloud API.
  case whatsapp
  /// Facebook Messenger.
  case messenger
  /// Instagram.
  case instagram
  /// Telegram.
  case telegram
  /// SMS from one long-code number.
  case sms
  /// WeChat.
  case wechat
  /// LINE.
  case line
  /// Viber.
  case viber
  /// Twitter.
  case twitter
  /// Google Business Messages.
  case googleBusinessMessage = "google_business_message"
  /// E-mail.
  case email
  /// The chat widget of a web site.
  case websiteChat = "website_chat"
  /// A channel of one's own.
  case custom

  /// The settings that a scenario leaves out, as it would write them.
  var presets: KeyValuePairs<String, String> {
    // Chat channels: log-normal with a median of half a second; failures of 0.5 % (PLATFORM.md 7).
    let chat = "{lognormal: {median: 500 ms, p95: 2 s}}"
    return switch self {
    case .direct, .websiteChat:
      [
        "delivery": "0 s", "failure": "0%", "throughput": "off", "queue": "off", "window": "off",
        "templates": "false",
      ]
    case .whatsapp:
      [
        "delivery": chat, "failure": "0.5%", "throughput": "80 per second", "queue": "off",
        "window": "24 h", "templates": "true",
      ]
    case .messenger, .instagram:
      // 24 hours, 7 days with the human-agent tag that the platform sets.
      [
        "delivery": chat, "failure": "0.5%", "throughput": "300 per second", "queue": "off",
        "window": "7 d", "templates": "false",
      ]
    case .telegram:
      [
        "delivery": chat, "failure": "0.5%", "throughput": "30 per second", "queue": "off",
        "window": "off", "templates": "false",
      ]
    case .sms:
      // A queue of ten hours for each number, then error 21611.
      [
        "delivery": "{lognormal: {median: 3 s, p95: 15 s}}", "failure": "1%",
        "throughput": "1 per second", "queue": "10 h", "window": "off", "templates": "false",
      ]
    case .wechat:
      [
        "delivery": chat, "failure": "0.5%", "throughput": "off", "queue": "off",
        "window": "48 h", "templates": "false",
      ]
    case .line, .viber, .twitter, .googleBusinessMessage:
      // Not confirmed (PLATFORM.md 7): no window and no limit.
      [
        "delivery": chat, "failure": "0.5%", "throughput": "off", "queue": "off",
        "window": "off", "templates": "false",
      ]
    case .email:
      [
        "delivery": "{lognormal: {median: 20 s, p95: 2 min}}", "failure": "1%",
        "throughput": "off", "queue": "off", "window": "off", "templates": "false",
      ]
    case .custom:
      [
        "delivery": chat, "failure": "0.5%", "throughput": "20 per second", "queue": "off",
        "window": "off", "templates": "false",
      ]
    }
  }
}
