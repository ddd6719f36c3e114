import Web

/// The figures of a service as Prometheus reads them: each family once, with a line for each workspace.
struct ServiceMetrics {
  let workspaces: [LiveWorkspace]
  let web: WebCounts

  var text: String {
    var families: [String] = []
    var lines: [String: [Substring]] = [:]
    for workspace in workspaces {
      var family = ""
      let text = workspace.metrics.prometheus(workspace: workspace.name)
      for line in text.split(separator: "\n") {
        if line.hasPrefix("# HELP ") {
          family = String(line)
          if lines[family] == nil {
            families.append(family)
            lines[family] = []
          }
        } else if !line.hasPrefix("# TYPE ") || lines[family]?.isEmpty == true {
          lines[family, default: []].append(line)
        }
      }
    }
    var result = ""
    for family in families {
      result += family + "\n" + (lines[family] ?? []).joined(separator: "\n") + "\n"
    }
    result +=
      "# HELP switchboard_http_responses_total Answers by the first digit of their status.\n"
    result += "# TYPE switchboard_http_responses_total counter\n"
    for place in 1..<web.answers.count {
      result += "switchboard_http_responses_total{class=\"\(place)xx\"} \(web.answers[place])\n"
    }
    result += "# HELP switchboard_http_connections Connections that are open.\n"
    result += "# TYPE switchboard_http_connections gauge\n"
    result += "switchboard_http_connections \(web.connections)\n"
    result += "# HELP switchboard_http_cut_off_total Connections that were cut off.\n"
    result += "# TYPE switchboard_http_cut_off_total counter\n"
    return result + "switchboard_http_cut_off_total \(web.cutOff)\n"
  }
}
