import Foundation
import Testing

/// The Job that `submit --on kubernetes` prints, held to the fields and types of the schema of `batch/v1`.
@Suite struct `The Job for Kubernetes` {
  /// Of the schemas of Job, JobSpec, PodTemplateSpec, PodSpec, Container and Volume (OpenAPI of Kubernetes 1.29 and
  /// later): the fields that a Job of this kind has, and what each holds.
  private static let schema: [String: String] = [
    "apiVersion": "string", "kind": "string", "metadata": "object", "metadata.name": "string",
    "spec": "object", "spec.completionMode": "string", "spec.completions": "integer",
    "spec.parallelism": "integer", "spec.backoffLimitPerIndex": "integer",
    "spec.template": "object", "spec.template.metadata": "object",
    "spec.template.metadata.labels": "object", "spec.template.metadata.labels.app": "string",
    "spec.template.spec": "object", "spec.template.spec.restartPolicy": "string",
    "spec.template.spec.containers": "object", "spec.template.spec.containers[]": "object",
    "spec.template.spec.containers[].name": "string",
    "spec.template.spec.containers[].image": "string",
    "spec.template.spec.containers[].workingDir": "string",
    "spec.template.spec.containers[].command": "strings",
    "spec.template.spec.containers[].args": "object",
    "spec.template.spec.containers[].args[]": "string",
    "spec.template.spec.containers[].resources": "object",
    "spec.template.spec.containers[].resources.requests": "object",
    "spec.template.spec.containers[].resources.requests.cpu": "string",
    "spec.template.spec.containers[].resources.requests.memory": "string",
    "spec.template.spec.containers[].volumeMounts": "object",
    "spec.template.spec.containers[].volumeMounts[].name": "string",
    "spec.template.spec.containers[].volumeMounts[].mountPath": "string",
    "spec.template.spec.volumes": "object", "spec.template.spec.volumes[].name": "string",
    "spec.template.spec.volumes[].persistentVolumeClaim": "object",
    "spec.template.spec.volumes[].persistentVolumeClaim.claimName": "string",
  ]

  /// What is required there.
  private static let required = [
    "apiVersion", "kind", "metadata.name", "spec.template",
    "spec.template.spec.containers[].name", "spec.template.spec.volumes[].name",
    "spec.template.spec.containers[].volumeMounts[].name",
    "spec.template.spec.containers[].volumeMounts[].mountPath",
    "spec.template.spec.volumes[].persistentVolumeClaim.claimName",
  ]

  /// Every path of a manifest in blocks, with its value; `""` where a block follows.
  private func paths(_ text: String) -> [(path: String, value: String)] {
    var open: [(indent: Int, path: String)] = []
    var found: [(path: String, value: String)] = []
    for line in text.split(separator: "\n") {
      var indent = line.prefix { $0 == " " }.count
      var rest = line.drop { $0 == " " }
      while let last = open.last, last.indent >= indent { open.removeLast() }
      var path = open.last?.path ?? ""
      if rest.hasPrefix("- ") {
        path += "[]"
        rest = rest.dropFirst(2)
        open.append((indent, path))
        indent += 2
      }
      guard let colon = rest.firstIndex(of: ":"), !rest.hasPrefix("\"") else {
        found.append((path, String(rest)))
        continue
      }
      path += (path.isEmpty ? "" : ".") + rest[..<colon]
      let value = rest[rest.index(after: colon)...].drop { $0 == " " }
      open.append((indent, path))
      found.append((path, String(value)))
    }
    return found
  }

  private func fits(_ value: String, _ type: String) -> Bool {
    switch type {
    case "object": value.isEmpty
    case "integer": Int32(value) != nil
    case "strings": value.hasPrefix("[\"") && value.hasSuffix("\"]")
    default: !value.isEmpty && Double(value) == nil
    }
  }

  private func job(_ words: String...) throws -> [(path: String, value: String)] {
    let found = try Program.run(["submit"] + words + ["--on", "kubernetes"])
    #expect(found.code == 0, "\(found.err)")
    return paths(found.out)
  }

  @Test(arguments: ["4", "1000000"], ["Scenarios/support-desk.yaml", "a b/It's $(HOME) “x”.yaml"])
  func `has the fields of the schema`(shards: String, scenario: String) throws {
    let job = try job(
      "compare", scenario, "--shards", shards, "--cpus", "2", "--image", "registry/switchboard:1",
      "--claim", "desk")
    for (path, value) in job {
      let type = try #require(Self.schema[path], "\(path) is no field")
      #expect(fits(value, type), "\(path): \(value) is no \(type)")
    }
    for path in Self.required { #expect(job.contains { $0.path == path }, "\(path) is missing") }
    func value(_ path: String) -> String? { job.first { $0.path == path }?.value }
    #expect(value("apiVersion") == "batch/v1")
    #expect(value("kind") == "Job")
    // An own limit for each index is for indexed Jobs whose pods are never started again in place.
    #expect(value("spec.completionMode") == "Indexed")
    #expect(value("spec.template.spec.restartPolicy") == "Never")
    #expect(value("spec.completions") == shards)
    let name = try #require(value("metadata.name"))
    #expect(name.count <= 63)
    #expect(name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil)
    // Kubernetes replaces $(NAME) itself, unless the dollar is doubled.
    let call = try #require(value("spec.template.spec.containers[].args[]"))
    #expect(call.replacing("$$", with: "").contains("$") == false)
    #expect(call.contains("$$((JOB_COMPLETION_INDEX + 1))/\(shards)"))
  }
}
