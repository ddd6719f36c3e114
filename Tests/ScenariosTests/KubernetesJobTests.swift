import Foundation
import Testing

@testable import Scenarios
@testable import switchboard

/// The Job that `submit --on kubernetes` prints, held to the published schema of `batch/v1`.
@Suite struct `The Job for Kubernetes` {
  private let schema: SchemaChecker

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Reference/kubernetes-job.schema.json")
    schema = try SchemaChecker(try String(contentsOf: file, encoding: .utf8))
  }

  private func job(_ words: String...) throws -> String {
    let parsed = Arguments.parse(
      words + ["--on", "kubernetes"], options: Command.submit.options)
    #expect(parsed.problems == [])
    return KubernetesJob(try #require(Submission(parsed.arguments))).text
  }

  /// The value at a path of names and places.
  private func value(_ path: String, of job: String) -> String? {
    var node = tree(job).root
    for step in path.split(separator: ".") {
      if let place = Int(step), case .list(let items)? = node?.content {
        node = items.indices.contains(place) ? items[place] : nil
      } else {
        node = node?.value(of: String(step))
      }
    }
    return node.map { plain($0) }
  }

  @Test(arguments: ["4", "1000000"], ["Scenarios/support-desk.yaml", "a b/It's $(HOME) “x”.yaml"])
  func `fits the schema`(shards: String, scenario: String) throws {
    let job = try job(
      "compare", scenario, "--shards", shards, "--cpus", "2", "--image", "registry/switchboard:1",
      "--claim", "desk")
    #expect(tree(job).problems == [])
    #expect(schema.accepts(job), "\(job)")
    // The schema asks for none of these, the server does.
    #expect(value("apiVersion", of: job) == "batch/v1")
    #expect(value("kind", of: job) == "Job")
    let name = try #require(value("metadata.name", of: job))
    #expect(name.count <= 63)
    #expect(name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil)
    // An own limit for each index is for indexed Jobs whose pods are never started again in place.
    #expect(value("spec.completionMode", of: job) == "Indexed")
    #expect(value("spec.template.spec.restartPolicy", of: job) == "Never")
    #expect(value("spec.completions", of: job) == shards)
    #expect(value("spec.template.spec.containers.0.image", of: job) == "registry/switchboard:1")
    #expect(
      value("spec.template.spec.volumes.0.persistentVolumeClaim.claimName", of: job) == "desk")
    // Kubernetes replaces $(NAME) itself, unless the dollar is doubled.
    let call = try #require(value("spec.template.spec.containers.0.args.0", of: job))
    #expect(call.replacing("$$", with: "").contains("$") == false)
    #expect(call.contains("$$((JOB_COMPLETION_INDEX + 1))/\(shards)"))
  }

  /// A change of the manifest, and what is wrong with it then.
  @Test(arguments: [
    ("kind: Job", "kind: Jobs"), ("completions:", "completion:"),
    ("completionMode: Indexed", "completionMode: ByIndex"), ("completions: 4", "completions: four"),
    ("completions: 4", "completions: 4294967296"), ("command: [", "command: ["),
    ("restartPolicy: Never", "restartPolicy: Sometimes"), ("mountPath:", "mount:"),
    ("claimName:", "claim:"), ("  - name: share", "  - title: share"), ("containers:", "pods:"),
    ("cpu: ", "cpu: [1]  # "), ("image: \"registry/switchboard:1\"", "image: [a]"),
  ])
  func `the schema refuses what is no Job`(from: String, to: String) throws {
    let job = try job(
      "run", "Scenarios/support-desk.yaml", "--shards", "4", "--image", "registry/switchboard:1")
    #expect(job.contains(from))
    #expect(schema.accepts(job.replacing(from, with: to)) == (from == to))
  }
}
