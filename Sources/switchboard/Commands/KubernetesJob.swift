import Reporting
import Scenarios

/// An indexed Job of Kubernetes that makes the shares, one a pod.
struct KubernetesJob {
  private let submission: Submission

  init(_ submission: Submission) { self.submission = submission }

  /// A name as Kubernetes allows them: small letters, digits, dashes; at most 50 characters.
  private var name: String {
    let raw = "switchboard-\(submission.command)-\(submission.title)".lowercased()
    let allowed = raw.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    var name = String(String(allowed).prefix(50))
    while name.hasSuffix("-") { name.removeLast() }
    return name
  }

  /// The manifest.
  var text: String {
    let image = submission.arguments.text(.image) ?? "switchboard:latest"
    let claim = submission.arguments.text(.claim) ?? "switchboard"
    // Pods count from 0, shares from 1.
    let call =
      CommandText(
        words: ["exec", "switchboard", submission.command] + submission.words + [
          "--output", submission.shares, "--threads", "\(submission.cpus)", "--quiet",
        ]
      ).line
      + " --shard \"$((JOB_COMPLETION_INDEX + 1))/\(submission.shards)\" --round \"${ROUND:-1}\""
    // Kubernetes reads $(NAME) itself; a doubled dollar is one for the shell.
    let argument = call.replacing("$", with: "$$")
    return """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: \(name)
      spec:
        completionMode: Indexed
        completions: \(submission.shards)
        parallelism: \(min(submission.shards, 1_000))
        backoffLimitPerIndex: 3
        template:
          metadata:
            labels:
              app: \(name)
          spec:
            restartPolicy: Never
            containers:
              - name: share
                image: \(YAMLText.quoted(image))
                workingDir: /work
                command: ["/bin/sh", "-c"]
                args:
                  - \(YAMLText.quoted(argument))
                resources:
                  requests:
                    cpu: "\(submission.cpus)"
                    memory: 512Mi
                volumeMounts:
                  - name: work
                    mountPath: /work
            volumes:
              - name: work
                persistentVolumeClaim:
                  claimName: \(YAMLText.quoted(claim))
      """
  }
}
